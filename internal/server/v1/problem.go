// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/server/request"
)

// Problem is what is answered when something is wrong (RFC 9457).
type Problem struct {
	Type      string           `json:"type" about:"A link to what this kind of problem is."`
	Title     string           `json:"title" about:"The kind of the problem, in a few words."`
	Status    int              `json:"status" about:"The status of the answer."`
	Detail    string           `json:"detail" about:"What is wrong, and what would be right."`
	RequestID string           `json:"requestId,omitempty" about:"The id of the request, which the audit log has, too."`
	Findings  []finding.Linked `json:"findings,omitempty" about:"What is wrong with what was sent, as gwr validate has it."`
}

// problemKinds is where the kinds of problems are explained.
const problemKinds = "/v1/problem-kinds/"

// kinds are the kinds of problems, for those who read of them.
var kinds = []struct {
	kind   string
	status int
	about  string
}{
	{"bad-input", 400, "The request is not what the operation takes; `findings` say where."},
	{"bad-request", 400, "It cannot be done as it is, in AWS's words. With `findings` a document would not work with it, and nothing was changed."},
	{"validation", 400, "A value breaks the model of AWS."},
	{"unauthenticated", 401, "It is not known who asks: no key, a wrong one, or one that has expired."},
	{"access-denied", 403, "The key is not for this; the detail says which role on what is missing."},
	{"not-found", 404, "Something that the request names is not there."},
	{"no-such-path", 404, "The API has no such path."},
	{"no-such-method", 405, "The path does not take this method; `Allow` has those that it takes."},
	{"conflict", 409, "It is there already, or was changed meanwhile: read it again, and decide."},
	{"too-large", 413, "The body is larger than any operation takes."},
	{"unsupported-media-type", 415, "The body has a type that the operation does not take."},
	{"unusable-content", 422, "The request is well-formed, and a document or another text in it cannot be used."},
	{"too-many-requests", 429, "The caller is too fast; `Retry-After` says when to go on."},
	{"limit-exceeded", 429, "A quota is used up."},
	{inner, 500, "The server could not do it, and nothing was changed; its log says why."},
	{unsure, 500, "The store was lost while it changed: it may be done, or not. Read it again, and decide."},
	{unavailable, 503, "The store cannot be reached or written at the moment, and nothing was changed; `Retry-After` says when to try again."},
}

// problem is an error that says itself what is answered.
type problem struct {
	// kind names it in the link, and with spaces in the title.
	kind   string
	status int
	detail string
	found  finding.List
}

func (p *problem) Error() string { return p.kind + ": " + p.detail }

// badInput says what is wrong with a request as it was written.
func badInput(detail string, found finding.List) *problem {
	return &problem{"bad-input", http.StatusBadRequest, detail, found}
}

// unfit says what is wrong with a document, or another text, that a well-formed request holds or names.
func unfit(detail string, found finding.List) *problem {
	return &problem{"unusable-content", http.StatusUnprocessableEntity, detail, found}
}

// unauthenticated is why it is not known who asks. AWS answers that with 403, which here means that one is known and may not.
func unauthenticated(err error) error {
	var aws *apigateway.Error
	if errors.As(err, &aws) && aws.Status == http.StatusForbidden {
		return &problem{kind: "unauthenticated", status: http.StatusUnauthorized, detail: aws.Message}
	}
	return err
}

// The kinds of what is our fault.
const (
	inner       = "server-error"
	unsure      = "outcome-unknown"
	unavailable = "unavailable"
)

// problemOf is what an error says to the caller. isOurs reports that it is our own fault: then it says nothing of the cause, which
// belongs into the log.
func problemOf(err error) (p *problem, isOurs bool) {
	var own *problem
	var aws *apigateway.Error
	var broken *control.Problem
	switch {
	case errors.As(err, &own):
		return own, false
	case errors.As(err, &aws):
		p = &problem{kind: kindOf(aws.Type), status: aws.Status, detail: aws.Message}
		if errors.As(err, &broken) {
			p.found = broken.Findings
		}
		return p, false
	case request.Unsure(err):
		return &problem{kind: unsure, status: http.StatusInternalServerError, detail: "the store was lost while it changed, so that this may be done or not; read it again, and decide"}, true
	case request.Unavailable(err):
		return &problem{kind: unavailable, status: http.StatusServiceUnavailable, detail: "the store is away at the moment, and nothing was changed; try again"}, true
	default:
		return &problem{kind: inner, status: http.StatusInternalServerError, detail: "the server could not do it, and nothing was changed; its log says why"}, true
	}
}

// humps finds where the words of a name of AWS begin.
var humps = regexp.MustCompile(`[a-z][A-Z]`)

// kindOf is what AWS calls an error, in words: "NotFoundException" is "not-found".
func kindOf(name string) string {
	name = humps.ReplaceAllStringFunc(strings.TrimSuffix(name, "Exception"), func(s string) string { return s[:1] + "-" + s[1:] })
	return strings.ToLower(name)
}

// shown is the problem as it is written.
func (p *problem) shown(requestID string) Problem {
	shown := Problem{Type: problemKinds + p.kind, Title: strings.ReplaceAll(p.kind, "-", " "), Status: p.status, Detail: p.detail, RequestID: requestID}
	if len(p.found) > 0 {
		shown.Findings = p.found.Linked()
	}
	return shown
}

// retryAfter is when the caller may try again, in seconds; "" where nobody says.
func retryAfter(err error) string {
	var aws *apigateway.Error
	switch {
	case request.Unavailable(err):
		return apigateway.Unavailable().RetrySeconds()
	case errors.As(err, &aws):
		return aws.RetrySeconds()
	}
	return ""
}
