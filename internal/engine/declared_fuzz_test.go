// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// declaredDocument quotes what a producer says, in each kind of slot.
const declaredDocument = `{"declared":{"header":"X-Type","filter":["waf*"]},"gatewayResponses":{"X_BOT":{"statusCode":"451"},"BAD_REQUEST_BODY":{
	"headers":{"x-m":"<$context.error.message>"},
	"responseTemplates":{"application/json":"{\"m\":$context.error.messageString,\"v\":\"$context.error.validationErrorString\"}"}}}}`

// FuzzDeclared holds that whatever a producer says arrives as the text that it is, that its headers arrive not at all, and
// that no word of it becomes a type, hence a counter, which does not exist.
func FuzzDeclared(f *testing.F) {
	f.Add("waf", "BAD_REQUEST_BODY", "Not a pet", `missing ["name"]`)
	f.Add("waf2", " BAD_REQUEST_BODY\t", `","m":"`, "\xff\x00\r\n$context.path")
	f.Add("lua", "BAD_REQUEST_BODY", "a", "")
	f.Add("waf", "THROTTLED", "", "")
	f.Add("waf", "X_BOT", "", "")
	f.Add("waf", "X_BOTS", "", "")
	program, findings := Load([]byte(declaredDocument), Everything())
	if program == nil {
		f.Fatalf("the document is refused:\n%s", findings)
	}
	f.Fuzz(func(t *testing.T, owner, name, message, validation string) {
		if len(owner)+len(message)+len(validation) > 4<<10 {
			return
		}
		decision := program.Decide(&facts.Facts{Reply: facts.Reply{
			Status: 400, Details: "acme", Owner: owner, HasBody: true,
			Headers: facts.Headers{{Name: "x-type", Value: name}, {Name: "x-type-message", Value: message}, {Name: "x-type-validation-error", Value: validation}},
		}})
		named := decision.Trace.Class.Type
		if named != "X_BOT" && !slices.Contains(config.ResponseTypes(), named) {
			t.Errorf("a producer has made the type %q", named)
		}
		if decision.Reply != nil && named != "X_BOT" {
			checkDeclared(t, decision, message, validation)
		}
		trusted := strings.HasPrefix(owner, "waf")
		for _, header := range []string{"x-type", "x-type-message", "x-type-validation-error"} {
			if slices.Contains(decision.Headers.Remove, header) != trusted {
				t.Errorf("header %s is removed: %v, want %v", header, !trusted, trusted)
			}
		}
		if decision.Reply != nil && !trusted {
			t.Errorf("filter %q is not trusted, but names the type", owner)
		}
	})
}

// checkDeclared holds that the body is JSON with the two texts of the producer in it.
func checkDeclared(t *testing.T, decision Decision, message, validation string) {
	t.Helper()
	var body struct{ M, V string }
	if err := json.Unmarshal(decision.Reply.Body, &body); err != nil {
		t.Fatalf("the body is not JSON: %v: %q", err, decision.Reply.Body)
	}
	// Invalid UTF-8 becomes U+FFFD, byte by byte.
	if want := string([]rune(message)); message != "" && body.M != want {
		t.Errorf("message %q, want %q", body.M, want)
	}
	if want := string([]rune(validation)); body.V != want {
		t.Errorf("validation error %q, want %q", body.V, want)
	}
	for _, line := range decision.Headers.Set {
		if !validValue(line.Value) {
			t.Errorf("header %s: %q", line.Name, line.Value)
		}
	}
}
