// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func TestPathOfLongKeys(t *testing.T) {
	long := strings.Repeat("k", maxPathKey)
	for _, tc := range []struct{ path, key, want string }{
		{"a", long, "a." + long},
		{"a", long + "k", `a["` + long + `"...]`},
		{"", strings.Repeat("é", maxPathKey), `["` + strings.Repeat("é", maxPathKey/2) + `"...]`},
	} {
		if got := Below(tc.path, tc.key); got != tc.want {
			t.Errorf("%q with %q is %s, want %s", tc.path, tc.key, got, tc.want)
		}
	}
}

func TestPathOfKeys(t *testing.T) {
	for _, tc := range []struct{ name, path, key, want string }{
		{"root", "", "mode", "mode"},
		{"word", "api", "id", "api.id"},
		{"digits and underscore", "gatewayResponses", "DEFAULT_4XX", "gatewayResponses.DEFAULT_4XX"},
		{"hyphen", "stageVariables", "docs-2", `stageVariables["docs-2"]`},
		{"hyphen in the root", "", "x-note", `["x-note"]`},
		{"empty", "stageVariables", "", `stageVariables[""]`},
		{"quote and line feed", "stageVariables", "a\"\n", `stageVariables["a\"\n"]`},
		{"letter beyond ASCII", "stageVariables", "ä", `stageVariables["ä"]`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Below(tc.path, tc.key); got != tc.want {
				t.Errorf("%q with %q is %s, want %s", tc.path, tc.key, got, tc.want)
			}
		})
	}
}

// TestPath asks for the path of every byte of a text.
func TestPath(t *testing.T) {
	const source = ` {"a":[1,{"b c":[]}], "d":{"e":"f"} }`
	const want = `0"" 2"a" 7"a[0]" 9"a[1]" 10"a[1][\"b c\"]" 22"d" 27"d.e"`
	var got []string
	var p Places
	for i := range len(source) + 1 {
		path := strconv.Quote(p.Path([]byte(source), i))
		if len(got) == 0 || !strings.HasSuffix(got[len(got)-1], path) {
			got = append(got, strconv.Itoa(i)+path)
		}
	}
	if got := strings.Join(got, " "); got != want {
		t.Errorf("paths are\n%s, want\n%s", got, want)
	}
}

// TestPathReserves holds that the first path takes memory for the keys and elements that there are, once.
func TestPathReserves(t *testing.T) {
	const elements = 100_000
	source := []byte("[" + strings.Repeat(`",[{",`, elements) + "0]")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := new(Places).Path(source, len(source)-2)
	runtime.ReadMemStats(&after)
	if want := "[" + strconv.Itoa(elements) + "]"; got != want {
		t.Errorf("the path of the last element is %s, want %s", got, want)
	}
	if got, most := after.TotalAlloc-before.TotalAlloc, uint64(13*elements); got > most {
		t.Errorf("a path in an array of %d elements takes %d bytes, want at most %d", elements, got, most)
	}
}

// TestPathInBrokenText holds that a path leads to what stands before a syntax error, and to the value that has it.
func TestPathInBrokenText(t *testing.T) {
	for _, tc := range []struct {
		source string
		offset int
		want   string
	}{
		{`{"a":[1,tru`, 8, "a[1]"},
		{`{"a":[1,tru`, 1, "a"},
		{`{"a`, 0, ""},
		{`{"a\`, 1, "a"},
		{`]`, 0, ""},
		{``, Nowhere, ""},
	} {
		if got := new(Places).Path([]byte(tc.source), tc.offset); got != tc.want {
			t.Errorf("the path of byte %d of %s is %s, want %s", tc.offset, tc.source, got, tc.want)
		}
	}
}
