// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCompiled looks at entries without an exchange.
func TestCompiled(t *testing.T) {
	program := load(t, `{"gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.A":"context.path","gatewayresponse.header.B":"''"},
"headers":{"C":" c ","D":"$context.path-$context.status"},"responseTemplates":{"text/plain":"a $context.path","text/html ":"b"}}},
"routes":[{"name":"a","escaping":"aws","gatewayResponses":{"THROTTLED":{}}}]}`)
	of, found := program.Compiled(-1, "THROTTLED")
	if !found || of.IsRaw() {
		t.Fatalf("Compiled(-1, THROTTLED): found %t, raw %t; want an entry that escapes", found, of.IsRaw())
	}
	headers := []CompiledHeader{
		{Name: "a", Variables: []string{"context.path"}},
		{Name: "b", Removes: true},
		{Name: "c", Static: "c"},
		{Name: "d", Variables: []string{"context.path", "context.status"}},
	}
	if diff := cmp.Diff(headers, of.Headers()); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
	var bodies []string
	for _, body := range of.Bodies() {
		text, _ := body.Template.Render(nil, 100, body.Plain)
		bodies = append(bodies, body.MediaType+": "+string(text))
	}
	if diff := cmp.Diff([]string{"text/html: b", "text/plain: a x0"}, bodies); diff != "" {
		t.Errorf("bodies (-want +got):\n%s", diff)
	}
	if of, found := program.Compiled(0, "THROTTLED"); !found || !of.IsRaw() {
		t.Errorf("Compiled(0, THROTTLED): found %t, raw %t; want the route's", found, of.IsRaw())
	}
	if _, found := program.Compiled(0, "UNAUTHORIZED"); found {
		t.Error("Compiled(0, UNAUTHORIZED) is found, and there is none")
	}
}

func TestIsJSON(t *testing.T) {
	for text, want := range map[string]bool{`{"a":1}`: true, `{"a":1,"a":2}`: false, `{} x`: false, ``: false, `"a`: false, ` 1 `: true} {
		if got := IsJSON([]byte(text)); got != want {
			t.Errorf("IsJSON(%q) = %t, want %t", text, got, want)
		}
	}
}
