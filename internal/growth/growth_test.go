// SPDX-License-Identifier: Apache-2.0

package growth

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// recorder takes the place of a test that fails.
type recorder struct {
	testing.TB
	message string
}

func (*recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.message = fmt.Sprintf(format, args...) }

// sink keeps the compiler from dropping the work.
var sink int

// TestCheck: the square of the size is found, also where a fast search hides it; the size itself is not.
func TestCheck(t *testing.T) {
	for _, tc := range []struct {
		name  string
		work  func(text string)
		fails bool
	}{
		{"nothing", func(string) {}, false},
		{"one pass", func(text string) { sink += strings.Count(text, "b") }, false},
		{"a pass and copies", func(text string) { sink += len(strings.Split(text, "ab")) }, false},
		{"a search from each place", func(text string) {
			for at := 0; at < len(text); at += len("ab") {
				sink += strings.IndexByte(text[at:], 'c')
			}
		}, true},
		{"each byte with every eighth", func(text string) {
			for i := range len(text) {
				for j := 0; j < len(text); j += 8 {
					sink += int(text[i] ^ text[j])
				}
			}
		}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := &recorder{TB: t}
			Check(r, "the work", func(size int) func() {
				text := Repeat("", "ab", "", size)
				return func() { tc.work(text) }
			})
			if failed := r.message != ""; failed != tc.fails {
				t.Errorf("Check fails: %v, want %v: %s", failed, tc.fails, r.message)
			}
		})
	}
}

// TestWithin: work that takes too long each time is found, and work that did once is not.
func TestWithin(t *testing.T) {
	spin := func(d time.Duration) {
		for began := processorTime(); processorTime()-began < d; {
			sink++
		}
	}
	times := 0
	for _, tc := range []struct {
		name  string
		work  func()
		fails bool
	}{
		{"short", func() {}, false},
		{"long", func() { spin(20 * time.Millisecond) }, true},
		{"long at first", func() {
			if times++; times < 3 {
				spin(20 * time.Millisecond)
			}
		}, false},
	} {
		r := &recorder{TB: t}
		Within(r, tc.name, 10*time.Millisecond, tc.work)
		if failed := r.message != ""; failed != tc.fails {
			t.Errorf("Within fails for %s: %v, want %v: %s", tc.name, failed, tc.fails, r.message)
		}
	}
}

func TestRepeat(t *testing.T) {
	for _, tc := range []struct {
		head, fragment, tail string
		size                 int
		want                 string
	}{
		{"<", "ab", ">", 8, "<ababab>"},
		{"<", "ab", ">", 7, "<abab>"},
		{"<", "ab", ">", 0, "<ab>"},
		{"", "", "", 3, "xxx"},
	} {
		if got := Repeat(tc.head, tc.fragment, tc.tail, tc.size); got != tc.want {
			t.Errorf("Repeat(%q, %q, %q, %d) = %q, want %q", tc.head, tc.fragment, tc.tail, tc.size, got, tc.want)
		}
	}
}
