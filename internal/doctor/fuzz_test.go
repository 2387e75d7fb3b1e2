// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// FuzzExamine: whatever a text holds, there is a report or an error; the report is the same the second time, each finding has a code
// that is one of doctor's or the text's own, and stands within the text.
func FuzzExamine(f *testing.F) {
	for _, pattern := range []string{"testdata/dumps/*.json", "testdata/texts/*.txtar"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add("a.json", text)
			f.Add("a.yaml", text)
		}
	}
	f.Add("x", []byte(`{"configs": [1, {"@type": []}, {"@type": "x.ListenersConfigDump", "static_listeners": {"listener": 1}}]}`))
	f.Add("x", []byte("---\na: 1\n---\nb: [\n"))
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		if len(text) > 16<<10 {
			return
		}
		report, err := Examine(name, text, Options{})
		if err != nil {
			return
		}
		again, err := Examine(name, text, Options{})
		if err != nil || reportText(again) != reportText(report) {
			t.Errorf("the second report differs: %v", err)
		}
		for _, finding := range report.Findings {
			if finding.Message == "" || !utf8.ValidString(finding.Message) {
				t.Errorf("message %q", finding.Message)
			}
			if finding.Line < 0 || finding.Line > len(text)+1 {
				t.Errorf("%s is no place of the text", finding.Place)
			}
		}
	})
}
