// SPDX-License-Identifier: Apache-2.0

// Package golden compares what tests make with files of the repository, or writes the files anew with the flag -update. "make generate"
// sets it in every package whose tests import this one.
package golden

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Update reports whether the tests write their files anew (-update).
var Update = flag.Bool("update", false, "write the golden files and the generated pages anew")

// File holds that a file has the text that a test has made, or writes it.
func File(t testing.TB, path, made string) {
	t.Helper()
	if *Update {
		if err := os.WriteFile(path, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(text), made); diff != "" {
		t.Errorf("%s is out of date; make generate writes it (-file +made):\n%s", path, diff)
	}
}
