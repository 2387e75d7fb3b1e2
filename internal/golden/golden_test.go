// SPDX-License-Identifier: Apache-2.0

package golden

import (
	"os"
	"path/filepath"
	"testing"
)

// failure remembers whether a test has failed.
type failure struct {
	testing.TB
	failed bool
}

func (f *failure) Errorf(string, ...any) { f.failed = true }

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	for _, tc := range []struct {
		update       bool
		made, text   string
		wantsFailure bool
	}{
		{true, "a", "a", false}, {false, "a", "a", false}, {false, "b", "a", true}, {true, "b", "b", false},
	} {
		*Update = tc.update
		of := &failure{TB: t}
		File(of, path, tc.made)
		*Update = false
		if of.failed != tc.wantsFailure {
			t.Errorf("%+v: failed %t", tc, of.failed)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != tc.text {
			t.Errorf("%+v: the file has %q, %v", tc, text, err)
		}
	}
}
