// SPDX-License-Identifier: Apache-2.0

package survey

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
)

// shown is a matrix as lines.
func shown(m Matrix) []string {
	all := []string{strings.Join(m.Media, " ")}
	for _, row := range m.Rows {
		line := fmt.Sprintf("%s [%s]", row.Type, strings.Join(row.Routes, " "))
		for _, cell := range row.Cells {
			line += fmt.Sprintf(" (%s: %d %s", strings.Join(cell.Media, " "), cell.Reply.Status, cell.Reply.Body)
			if cell.Before != nil {
				line += fmt.Sprintf(", was %d %s", cell.Before.Status, cell.Before.Body)
			}
			line += ")"
		}
		if row.Why != nil {
			line += " " + row.Why.Error()
		}
		all = append(all, line)
	}
	return all
}

// matrixOf wants a matrix.
func matrixOf(t *testing.T, document exchange.Document, q Question) Matrix {
	t.Helper()
	q.Most = math.MaxInt
	m, ok := MatrixOf(document, q)
	if !ok {
		t.Fatal("too many bytes")
	}
	return m
}

const matrixDocument = `{"emulate": "aws", "gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/html": "<p>", "application/json": "{}"}}},
	"routes": [
		{"name": "a", "match": {"pathPrefix": "/a"}, "resources": ["/pets"]},
		{"name": "b", "match": {"pathPrefix": "/b"}, "gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "$context.path $context.resourcePath"}}}},
		{"name": "c", "match": {"pathPrefix": "/c"}}]}`

// TestMatrix says that replies which are the same are told as one, over columns and over routes, and why a type cannot occur.
func TestMatrix(t *testing.T) {
	document := load(t, matrixDocument)
	types := []config.ResponseType{"EXPIRED_TOKEN", "THROTTLED", "QUOTA_EXCEEDED"}
	want := []string{
		"*/* application/json text/html",
		"EXPIRED_TOKEN [ a b c] jwt_authn_access_denied{Jwt_is_expired} is not EXPIRED_TOKEN here: the tables take it for UNAUTHORIZED, by its details",
		"THROTTLED [ a c] (*/* application/json: 429 {}) (text/html: 429 <p>)",
		"THROTTLED [b] (*/* application/json text/html: 429 /b /b)",
		`QUOTA_EXCEEDED [ a b c] (*/* application/json text/html: 429 {"message":"Limit Exceeded"})`,
	}
	if diff := cmp.Diff(want, shown(matrixOf(t, document, Question{Types: types}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want = []string{"*/*", "THROTTLED [b] (*/*: 429 /b/pets/petId /b/pets/petId)"}
	if diff := cmp.Diff(want, shown(matrixOf(t, document, Question{Types: types[1:2], Routes: []string{"b"}, Resource: "/pets/{petId}"}))); diff != "" {
		t.Errorf("a resource (-want +got):\n%s", diff)
	}
	html := exchange.Request{Path: "/x", Headers: facts.Headers{{Name: "accept", Value: "text/html"}}}
	want = []string{"", "THROTTLED [ a c] (: 429 <p>)", "THROTTLED [b] (: 429 /x /x)"}
	if diff := cmp.Diff(want, shown(matrixOf(t, document, Question{Types: types[1:2], Request: html}))); diff != "" {
		t.Errorf("a browser (-want +got):\n%s", diff)
	}
	grpc := exchange.Request{Headers: facts.Headers{{Name: "content-type", Value: "application/grpc"}}}
	want = []string{"", "THROTTLED [ a b c] (: 200 )"}
	if diff := cmp.Diff(want, shown(matrixOf(t, document, Question{Types: types[1:2], Request: grpc}))); diff != "" {
		t.Errorf("gRPC (-want +got):\n%s", diff)
	}
}

// TestMatrixBefore says what differs from another document: in replies, in media types, and in which types there are.
func TestMatrixBefore(t *testing.T) {
	before := load(t, `{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "slow", "application/json": "{}"}}, "QUOTA_EXCEEDED": {"statusCode": "400"}},
		"grpc": {"statuses": {"THROTTLED": "RESOURCE_EXHAUSTED"}}}`)
	after := load(t, `{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"application/json": "{}"}}},
		"classification": [{"name": "quota", "when": {"status": ["429"], "details": ["rate_limited_by_quota"]}, "responseType": "THROTTLED"}]}`)
	got := shown(matrixOf(t, after, Question{Types: []config.ResponseType{"THROTTLED", "QUOTA_EXCEEDED"}, Before: &before}))
	want := []string{
		"*/* application/json text/plain application/grpc",
		"THROTTLED [] (*/* application/json: 429 {}, was 429 {}) (text/plain: 429 {}, was 429 slow) (application/grpc: 200 , was 200 )",
		`QUOTA_EXCEEDED [] (*/* application/json text/plain: 429 {}, was 400 {"message":"Limit Exceeded"}) (application/grpc: 200 ) ` +
			`rate_limited_by_quota is not QUOTA_EXCEEDED here: the rule "quota" names it THROTTLED`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, row := range matrixOf(t, after, Question{Before: &after}).Rows {
		if slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Before != nil }) {
			t.Errorf("%s differs from itself", row.Type)
		}
	}
}

// TestMatrixAsSurvey says that a matrix has the replies of a survey, and no others, but for the addresses of requests that challenges quote.
func TestMatrixAsSurvey(t *testing.T) {
	document := load(t, matrixDocument)
	cells := map[Key]string{}
	for _, row := range matrixOf(t, document, Question{}).Rows {
		for _, cell := range row.Cells {
			for _, route := range row.Routes {
				for _, media := range cell.Media {
					cells[Key{route, row.Type, media}] = digestOf(&cell.Reply, addressOf(&cell.Facts.Request))
				}
			}
		}
	}
	for _, v := range Of(document).Views {
		key := v.Key
		if key.Media == "" {
			key.Media = Any
		}
		if cells[key] != digestOf(&v.Reply, addressOf(&v.Facts.Request)) {
			t.Errorf("%v: the matrix has another reply than the survey", key)
		}
	}
}

// TestMatrixBounds says that a matrix of very large replies is not made.
func TestMatrixBounds(t *testing.T) {
	document := load(t, `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "`+strings.Repeat("x", 20_000)+`"}}}}`)
	if _, ok := MatrixOf(document, Question{Most: 100_000}); ok {
		t.Error("more than 100,000 bytes of replies were made")
	}
}
