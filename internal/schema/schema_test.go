// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite docs/document.schema.json")

// path is where the schema stands for editors. What it takes and refuses is tested in package config.
const path = "../../docs/document.schema.json"

// TestText holds that docs/document.schema.json is made of the manual.
func TestText(t *testing.T) {
	want, err := Text()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is out of date, run make generate (-want +got):\n%s", path, diff)
	}
}
