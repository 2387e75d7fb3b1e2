// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTally reads what go test -json wrote of tests that ran, that failed, and that did not run.
func TestTally(t *testing.T) {
	const leftOut = `{"Action":"run","Package":"p","Test":"TestA"}{"Action":"attr","Package":"p","Test":"TestA/x","Key":"left-out","Value":"a reason"}` + "\n" +
		`{"Action":"skip","Package":"p","Test":"TestA/x"}` + "\n"
	for _, tc := range []struct{ name, events, report, verdict string }{
		{
			"all ran", `{"Action":"run","Package":"p","Test":"TestA"}
				{"Action":"pass","Package":"p","Test":"TestA/x over HTTP/2"}
				{"Action":"attr","Package":"p","Test":"TestA","Key":"count","Value":"3 of 4 cases"}
				{"Action":"pass","Package":"p","Test":"TestA"}
				{"Action":"pass","Package":"p"}
				{"Action":"skip","Package":"without-tests"}`, "p: 1 of 1 tests ran\n  3 of 4 cases\n", "",
		},
		{"left out", leftOut + `{"Action":"pass","Package":"p","Test":"TestA/y"}{"Action":"pass","Package":"p","Test":"TestA"}`, "p: 1 of 2 tests ran\n  1 left out: a reason\n", ""},
		{
			"skipped", `{"Action":"output","Package":"p","Test":"TestA","Output":"why\n"}{"Action":"skip","Package":"p","Test":"TestA"}`,
			"p TestA: skipped, and the table of envoytest has no reason\nwhy\np: 0 of 1 tests ran\n", "1 tests and packages are not as they should be",
		},
		{
			"failed", `{"Action":"output","Package":"p","Test":"TestA","Output":"got 1\n"}{"Action":"fail","Package":"p","Test":"TestA"}{"Action":"fail","Package":"p"}`,
			"p TestA: failed\ngot 1\np : failed\np: 1 of 1 tests ran\n", "2 tests and packages are not as they should be",
		},
		{"died", `{"Action":"run","Package":"p","Test":"TestA"}{"Action":"fail","Package":"p"}`, "p TestA: did not end\np : failed\np: 1 of 1 tests ran\n", "2 tests and packages are not as they should be"},
		{"nothing", ``, "", "there were no tests"},
		{"no JSON", `ok p`, "", "this is not what go test -json writes: invalid character 'o' looking for beginning of value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var report strings.Builder
			verdict := ""
			if err := run(strings.NewReader(tc.events), &report); err != nil {
				verdict = err.Error()
			}
			if diff := cmp.Diff(tc.report, report.String()); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
			if verdict != tc.verdict {
				t.Errorf("verdict %q, want %q", verdict, tc.verdict)
			}
		})
	}
}
