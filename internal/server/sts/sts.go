// SPDX-License-Identifier: Apache-2.0

// Package sts answers the one question of AWS's Security Token Service that tools
// ask before they do anything: who am I? They send it as a form, and want XML, or
// JSON if they say so.
package sts

import (
	"io"
	"net/http"
	"net/url"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/request"
)

// Options are what a Handler works with.
type Options struct {
	// Account is the AWS account number that ARNs are given with.
	Account string
	// Authenticate says who sent a request with this body. Its errors are apigateway.Error, or failures of the server.
	Authenticate func(*http.Request, []byte) (control.Caller, error)
}

// Handler answers requests to the Security Token Service: POST and GET of /.
type Handler struct{ options Options }

// New makes a Handler.
func New(options Options) *Handler { return &Handler{options: options} }

// maxBody is what a form may hold, in bytes.
const maxBody = 64 << 10

// version is that of the service's API.
const version = "2011-06-15"

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	info := request.From(r.Context())
	w.Header().Set("X-Amzn-Requestid", info.ID)
	identity, err := h.callerIdentity(w, r, info)
	if err != nil {
		refuse(w, r, info, err)
		return
	}
	write(w, r, http.StatusOK, answer{
		Namespace: namespace, Result: identity, Metadata: metadata{RequestID: info.ID},
	})
}

// callerIdentity carries out GetCallerIdentity. Everybody with a key may ask.
func (h *Handler) callerIdentity(w http.ResponseWriter, r *http.Request, info *request.Info) (identity, error) {
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		return identity{}, &apigateway.Error{Type: "InvalidRequest", Status: http.StatusMethodNotAllowed, Message: "The request must be a POST or a GET."}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return identity{}, apigateway.BadRequest("the body of the request ended early, or has more than %d KiB", maxBody>>10)
	}
	by, err := h.options.Authenticate(r, body)
	if err != nil {
		return identity{}, err
	}
	info.By(by)
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return identity{}, &apigateway.Error{Type: "MalformedQueryString", Status: http.StatusBadRequest, Message: "The body of the request is no form: " + err.Error()}
	}
	if len(body) == 0 {
		form = r.URL.Query()
	}
	if err := known(form); err != nil {
		return identity{}, err
	}
	info.Operation = "GetCallerIdentity"
	return identity{ARN: "arn:aws:iam::" + h.options.Account + ":user/" + userName(by), UserID: by.Key, Account: h.options.Account}, nil
}

// known refuses what is not GetCallerIdentity.
func known(form url.Values) error {
	action := form.Get("Action")
	switch {
	case action == "":
		return &apigateway.Error{Type: "MissingAction", Status: http.StatusBadRequest, Message: "The request must contain the parameter Action."}
	case action != "GetCallerIdentity" || form.Get("Version") != version:
		return &apigateway.Error{Type: "InvalidAction", Status: http.StatusBadRequest, Message: "Could not find operation " + cut(action) + " for version " + cut(form.Get("Version")) +
			". Of the Security Token Service this server has GetCallerIdentity, version " + version + "."}
	}
	return nil
}

// userName is the name of a caller in the characters that AWS allows in names of users.
func userName(by control.Caller) string {
	name := strings.Map(func(c rune) rune {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("+=,.@_-", c) {
			return c
		}
		return '-'
	}, by.Name)
	return name[:min(len(name), 64)]
}

func cut(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), 100)], "\uFFFD")
}

// refuse answers with an error.
func refuse(w http.ResponseWriter, r *http.Request, info *request.Info, err error) {
	known := info.Refused(err)
	blame := "Sender"
	if known.Status >= http.StatusInternalServerError {
		blame = "Receiver"
	}
	if after := known.RetrySeconds(); after != "" {
		w.Header().Set("Retry-After", after)
	}
	write(w, r, known.Status, failure{
		Namespace: namespace, Error: failureError{Type: blame, Code: code(known.Type), Message: known.Message}, RequestID: info.ID,
	})
}

// codes are the names that the service has for errors which API Gateway calls otherwise. The others lose their "Exception".
var codes = map[string]string{
	"InvalidSignatureException":   "SignatureDoesNotMatch",
	"UnrecognizedClientException": "InvalidClientTokenId",
	"TooManyRequestsException":    "Throttling",
	"BadRequestException":         "MalformedInput",
}

func code(errorType string) string {
	if code, ok := codes[errorType]; ok {
		return code
	}
	return strings.TrimSuffix(errorType, "Exception")
}
