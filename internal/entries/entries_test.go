// SPDX-License-Identifier: Apache-2.0

package entries

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"gatewayresponses/config"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/source"
)

// base is a document with an entry of each kind, and rules.
const base = `# The rules of the house.
gatewayResponses:
  # Everybody's.
  DEFAULT_4XX: {responseTemplates: {application/json: '{"a": 1}'}}   # kept
  # Slow down.
  THROTTLED:
    statusCode: 429 # a number
    headers: {Retry-After: "30"}
    x-owner: [ann]
  X_LOGIN: {statusCode: "401"}
classification:
- {name: waf, when: {filter: [coraza]}, responseType: WAF_FILTERED}
- name: login # 302 of oauth2
  when: {filter: [envoy.filters.http.oauth2], status: ["302"]}
  responseType: X_LOGIN
  message: Sign in
`

func checked(t testing.TB, text string) check.Checked {
	t.Helper()
	document, found := source.Read("base.yaml", []byte(text))
	if document == nil {
		t.Fatal(found)
	}
	c := check.Read(document)
	if c.Program == nil {
		t.Fatal(c.Findings)
	}
	return c
}

func TestList(t *testing.T) {
	list := func(text string) map[config.ResponseType]string {
		all, err := List(checked(t, text))
		if err != nil {
			t.Fatal(err)
		}
		shown := map[config.ResponseType]string{}
		for _, a := range all {
			shown[a.Type] = fmt.Sprintf("%s %s %s%v", a.State, a.From, a.StatusCode, a.Templates)
			for _, r := range a.Rules {
				shown[a.Type] += fmt.Sprintf(" %d %s %q %v", r.Place, r.Name, r.Message, r.When[0].Name)
			}
		}
		return shown
	}
	for _, tc := range []struct {
		text string
		want map[config.ResponseType]string
	}{
		{base, map[config.ResponseType]string{
			"THROTTLED": "customised  429map[]", "UNAUTHORIZED": `inherited DEFAULT_4XX map[application/json:{"a": 1}]`, "INTEGRATION_FAILURE": "left  map[]",
			"WAF_FILTERED": `inherited DEFAULT_4XX map[application/json:{"a": 1}] 1 waf "" filter`, "X_LOGIN": `customised  401map[] 2 login "Sign in" filter`,
		}},
		{"{mode: observe, gatewayResponses: {DEFAULT_4XX: {}}}", map[config.ResponseType]string{"THROTTLED": "inherited DEFAULT_4XX map[]"}},
		{"{emulate: aws}", map[config.ResponseType]string{"THROTTLED": "builtIn  map[]"}},
		{"{mode: 'off', gatewayResponses: {DEFAULT_5XX: {}}}", map[config.ResponseType]string{"THROTTLED": "left  map[]"}},
		{
			"gatewayResponses: {UNAUTHORIZED: {statusCode: 403}}\nroutes: [{name: all, match: {pathPrefix: /}, gatewayResponses: {THROTTLED: {statusCode: 503}}}]",
			map[config.ResponseType]string{"EXPIRED_TOKEN": "inherited UNAUTHORIZED 403map[]", "THROTTLED": "inherited all/THROTTLED map[]"},
		},
	} {
		got := list(tc.text)
		for responseType, want := range tc.want {
			if got[responseType] != want {
				t.Errorf("%s: %s is %s, want %s", tc.text, responseType, got[responseType], want)
			}
		}
	}
}

// TestChange holds which lines of the text change.
func TestChange(t *testing.T) {
	c := checked(t, base)
	const throttled = "    statusCode: 429 # a number\n    headers: {Retry-After: \"30\"}\n    x-owner: [ann]\n"
	for _, tc := range []struct {
		name, without, with string
		change              func() (string, error)
	}{
		{"nothing", "", "", func() (string, error) {
			return Set("base", base, "X_LOGIN", Parts{StatusCode: "401"})
		}},
		{"an entry", throttled, "    statusCode: \"503\"\n    responseTemplates:\n      text/plain: nope\n    x-owner:\n      - ann\n", func() (string, error) {
			return Set("base", base, "THROTTLED", Parts{StatusCode: "503", Templates: map[string]string{"text/plain": "nope"}})
		}},
		{"a new one", "classification:\n", "  UNAUTHORIZED:\n    headers:\n      A: x\nclassification:\n", func() (string, error) {
			return Set("base", base, "UNAUTHORIZED", Parts{Headers: map[string]string{"A": "x"}})
		}},
		{"one goes", "  # Slow down.\n  THROTTLED:\n" + throttled, "", func() (string, error) {
			return Remove("base", base, KeyOf(c, config.Throttled))
		}},
		{"a rule", "  message: Sign in\n", "  message: Sign in\n- name: block\n  when:\n    status:\n      - \"403\"\n  responseType: X_LOGIN\n", func() (string, error) {
			return AddRule("base", base, "block", "", `{"status": ["403"]}`, "X_LOGIN")
		}},
	} {
		got, err := tc.change()
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		if want := strings.Replace(base, tc.without, tc.with, 1); got != want {
			t.Errorf("%s gives\n%s\nwant\n%s", tc.name, got, want)
		}
		checked(t, got)
	}
	if _, err := Remove("base", base, "UNAUTHORIZED"); err == nil || err.Error() != "base has no entry UNAUTHORIZED" {
		t.Errorf("an entry that is not there goes: %v", err)
	}
	if got := KeyOf(checked(t, "gatewayResponses: {UNSUPPORTED_MEDIA_TYPES: {}}"), config.UnsupportedMediaType); got != "UNSUPPORTED_MEDIA_TYPES" {
		t.Errorf("the alias has the key %s", got)
	}
}

// FuzzSet holds that an entry that was set is read as it was given, and that to set it once more changes nothing.
func FuzzSet(f *testing.F) {
	f.Add(base, "429", "text/plain", "no\n")
	f.Add("{}", "", "a", "b")
	f.Add("gatewayResponses: &a {THROTTLED: {}}\nx-a: *a\n", "1", "", "")
	f.Fuzz(func(t *testing.T, text, status, name, value string) {
		if !utf8.ValidString(status+name+value) || strings.ContainsRune(status+name+value, 0) {
			return
		}
		parts := Parts{StatusCode: status, Templates: map[string]string{name: value}}
		made, err := Set("base", text, "X_A", parts)
		if err != nil {
			return
		}
		again, err := read("base", made)
		if err != nil {
			t.Fatalf("%v: %q", err, made)
		}
		if got := partsOf(entriesOf(again).Get("X_A")); got.StatusCode != status || got.Templates[name] != value || len(got.Templates) != 1 {
			t.Errorf("%q becomes %q", text, made)
		}
		if twice, err := Set("base", made, "X_A", parts); err != nil || twice != made {
			t.Errorf("a second time %q becomes %q, %v", made, twice, err)
		}
	})
}
