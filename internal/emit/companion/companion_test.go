// SPDX-License-Identifier: Apache-2.0

package companion

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/emit/localreply"
	"gatewayresponses/internal/envoyfacts"
	"gatewayresponses/internal/glob"
)

// has reports whether one of some replies is for an entry.
func has(replies []localreply.Reply, entry envoyfacts.Fact) bool {
	details, _, _ := strings.Cut(entry.Details, "<")
	status, _, _ := strings.Cut(strings.TrimPrefix(entry.Status, "cfg:"), "|")
	number, err := strconv.Atoi(status)
	return err == nil && slices.ContainsFunc(replies, func(r localreply.Reply) bool {
		return glob.Match(r.Details, details) && slices.Contains(r.Statuses, number)
	})
}

// TestBefore: each error that Envoy makes before any filter sees the request is there, and no other one.
func TestBefore(t *testing.T) {
	unused := slices.Clone(before)
	for _, e := range envoyfacts.All() {
		isBefore := e.Kind == "local_reply" && (e.Phase == "pre_chain" || e.Phase == "codec") && !strings.HasPrefix(e.Status, "3")
		if has(before, e) != isBefore && e.Details != "overload" { // the router says it, too
			t.Errorf("%s %s: among those before the filters is %v, want %v", e.Details, e.Status, !isBefore, isBefore)
		}
		unused = slices.DeleteFunc(unused, func(r localreply.Reply) bool { return has([]localreply.Reply{r}, e) })
	}
	if len(unused) > 0 {
		t.Errorf("Envoy does not make %v", unused)
	}
}

// TestBare: each error without a body that the filter sees is there, but those that are somebody's own and those without details.
func TestBare(t *testing.T) {
	var replies []localreply.Reply
	for _, b := range bare {
		replies = append(replies, b.Reply)
	}
	for _, e := range envoyfacts.All() {
		if e.Kind == "local_reply" && e.Seen == "yes" && e.HeaderOnly == "yes" && e.Details != "" && !strings.HasPrefix(e.Status, "2") &&
			!strings.HasPrefix(e.Details, "health_check_") && e.Details != "websocket_handshake_unsuccessful" && !has(replies, e) {
			t.Errorf("%s %s has no body, and is not there", e.Details, e.Status)
		}
	}
}

// TestCompile says which replies get what, and what the findings say of it.
func TestCompile(t *testing.T) {
	for _, tc := range []struct{ name, document, mappers, findings string }{
		{name: "a type that nothing before the filters has", document: `{"gatewayResponses": {"QUOTA_EXCEEDED": {}}}`},
		{
			name: "some have another status", document: `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"statusCode": 410}, "REQUEST_TOO_LARGE": {}}}`,
			mappers: `replies to clients of gRPC are left as they are
RESOURCE_NOT_FOUND 410 {"message":"Not Found"}
a body that the filter replaces no route
a body that the filter replaces no route
`,
		},
		{
			name: "on some routes it may be left", document: `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"statusCode": 410}}, "routes": [{"name": "v0", "mode": "off", "match": {"pathPrefix": "/v0"}}]}`,
			mappers: `replies to clients of gRPC are left as they are
RESOURCE_NOT_FOUND 410 {"message":"Not Found"}
`,
		},
		{
			name:     "what the request would say",
			document: `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/html": "<p>$context.path</p>", "application/json": "[\"$context.requestId\", $context.path]"}}}}`,
			mappers: `replies to clients of gRPC are left as they are
ACCESS_DENIED ["", null]
`,
			findings: `gatewayResponses.ACCESS_DENIED (line 1, column 23): replies that Envoy makes before any filter are application/json whatever Accept says
gatewayResponses.ACCESS_DENIED (line 1, column 23): "context.requestId" has no value in replies that Envoy makes before any filter
gatewayResponses.ACCESS_DENIED (line 1, column 23): "context.path" has no value in replies that Envoy makes before any filter`,
		},
		{name: "mode off", document: `{"mode": "off", "gatewayResponses": {"DEFAULT_4XX": {}}}`, findings: `mode (line 1, column 2): no reply changes in mode "off", so there are no mappers`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := config.Decode([]byte(tc.document))
			if found.HasErrors() {
				t.Fatal(found)
			}
			compiled, findings := Compile(document)
			var mappers strings.Builder
			for _, m := range compiled.Mappers {
				words := []string{m.About, strconv.Itoa(m.Status), m.Body}
				mappers.WriteString(strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" || word == "0" }), " ") + "\n")
			}
			if diff := cmp.Diff(tc.mappers, mappers.String()); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tc.findings, strings.TrimSpace(findings.String())); diff != "" {
				t.Error(diff)
			}
		})
	}
}
