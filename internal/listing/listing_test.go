// SPDX-License-Identifier: Apache-2.0

package listing

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTable(t *testing.T) {
	rows := [][]string{{"TYPE", "", "AT"}, {"THROTTLED", "", ""}, {"é", "", "a.yaml:1:2, which is long"}}
	want := `  TYPE       AT
  THROTTLED
  é          a.yaml:1:2, which is long
`
	if diff := cmp.Diff(want, Table("  ", rows)); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	if got := Table("", nil); got != "" {
		t.Errorf("a table without rows is %q", got)
	}
}

func TestWords(t *testing.T) {
	type kind string
	for want, words := range map[string][]kind{"": nil, "a": {"a"}, "a, b": {"a", "b"}} {
		if got := Words(words); got != want {
			t.Errorf("Words(%q) = %q, want %q", words, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 entries", 1: "1 entry", 999: "999 entries", 1000: "1,000 entries", 1234567: "1,234,567 entries"} {
		if got := Count(n, "entry", "entries"); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}
