// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"io"
	"strings"
	"testing"

	"gatewayresponses/internal/catalogue"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// maxFuzzed is the longest input that is fuzzed, in bytes.
const maxFuzzed = 4 << 10

// FuzzCheck checks any text, and holds that each finding has a known code and a place in the text and can be printed, that an
// error of the engine hides what lints find, and that whoever allows all that is found has nothing left.
func FuzzCheck(f *testing.F) {
	for _, section := range catalogue.Sections() {
		for _, e := range section.Entries {
			if e.Code < 200 {
				f.Add(e.Example)
			}
		}
	}
	f.Add("gatewayResponses:\n  # gwr:allow GWR112 GWR107: why\n  THROTTLED: {statusCode: 200} # gwr:allow")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzzed {
			return
		}
		document, found := source.Read("gwr", []byte(text))
		if document == nil {
			return
		}
		checked := check.Read(document)
		found = append(found, Check(checked)...)
		checkFindings(t, text, found)
		if checked.Program == nil {
			if len(found) == 0 {
				t.Errorf("%q has no program and no findings", text)
			}
			return
		}
		allowAll(t, text, found)
	})
}

// checkFindings holds what is true of all findings.
func checkFindings(t *testing.T, text string, found finding.List) {
	lines := strings.Split(text, "\n")
	for _, f := range found {
		if _, known := catalogue.Of(f.Code); !known || f.Message == "" || strings.Contains(f.Message, "\n") {
			t.Errorf("%q: finding %+v", text, f)
		}
		if f.Line > len(lines) || f.Line > 0 && (f.Column < 1 || f.Column > len(lines[f.Line-1])+1) {
			t.Errorf("%q: %s stands at %d:%d", text, f.Message, f.Line, f.Column)
		}
	}
	for _, err := range []error{found.Text(io.Discard, true), found.GitHub(io.Discard), found.SARIF(io.Discard, "1")} {
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// allowAll allows all that was found in JSON, and holds that nothing is left but what is wrong with other allowances.
func allowAll(t *testing.T, text string, found finding.List) {
	rest, isObject := strings.CutPrefix(text, "{")
	if !isObject || strings.Contains(text, "x-gwr") || strings.Contains(text, `\u`) || len(found) == 0 {
		return
	}
	allow := map[code.Code]bool{}
	members := make([]string, 0, len(found))
	for _, f := range found {
		if !allow[f.Code] {
			allow[f.Code] = true
			members = append(members, `"`+f.Code.String()+`":"why"`)
		}
	}
	allowing := `{"x-gwr-allow":{` + strings.Join(members, ",") + `},` + rest
	document, _ := source.Read("gwr", []byte(allowing))
	if left := Check(check.Read(document)); len(left) > 0 {
		t.Errorf("%s\nhas %d findings left, the first is %+v", allowing, len(left), left[0])
	}
}
