// SPDX-License-Identifier: Apache-2.0

package template

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gatewayresponses/internal/golden"
)

// errorsSuffix names the file of an archive that holds the errors of the template called as the rest.
const errorsSuffix = ": errors"

// TestErrors reads archives of templates. The first file is the media type, or the name of the header; then each template is followed by its
// errors, "offset code: message" a line, none when it is good.
func TestErrors(t *testing.T) {
	paths, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives in testdata/errors (%v)", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		options := Options{Resolve: resolve, Owners: ownersValues}
		if place := strings.TrimSpace(string(archive.Files[0].Data)); archive.Files[0].Name == "header" {
			options.Header = place
		} else {
			options.MediaType = place
		}
		for i := 1; i+1 < len(archive.Files); i += 2 {
			text, want := archive.Files[i], &archive.Files[i+1]
			if want.Name != text.Name+errorsSuffix {
				t.Fatalf("%s: %q follows %q, want %q", path, want.Name, text.Name, text.Name+errorsSuffix)
			}
			t.Run(filepath.Base(path)+"/"+text.Name, func(t *testing.T) {
				got := errorLines(strings.TrimSuffix(string(text.Data), "\n"), options)
				checkTolerated(t, strings.TrimSuffix(string(text.Data), "\n"), options, strings.Count(got, "\n"))
				if *golden.Update {
					want.Data = []byte(got)
				} else if diff := cmp.Diff(string(want.Data), got); diff != "" {
					t.Errorf("Parse(%q) errors mismatch (-want +got):\n%s", text.Data, diff)
				}
			})
		}
		if *golden.Update {
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// checkTolerated: what is an error is a warning where variables may be left empty or be inserted as they are, each at its place.
// A name that means nothing is an error all the same.
func checkTolerated(t *testing.T, text string, options Options, problems int) {
	t.Helper()
	for _, unsafe := range []Unsafe{Empty, Insert} {
		options.Unsafe = unsafe
		parsed, findings := Parse(text, options)
		unknown := strings.Contains(text, "context.unknown")
		if (parsed == nil) != unknown || len(findings) < problems {
			t.Errorf("Parse(%q) with Unsafe %d = %v with findings %v, want %d or more", text, unsafe, parsed, findings, problems)
		}
		for _, finding := range findings {
			if finding.Code == 0 {
				t.Errorf("Parse(%q) with Unsafe %d: a finding without a code: %s", text, unsafe, finding.Message)
			}
			if !finding.Warning && !strings.Contains(finding.Message, "context.unknown") {
				t.Errorf("Parse(%q) with Unsafe %d: an error: %s", text, unsafe, finding.Message)
			}
		}
	}
}

// errorLines writes the errors of a template as the archives do.
func errorLines(text string, options Options) string {
	parsed, findings := Parse(text, options)
	var b strings.Builder
	for _, finding := range findings {
		fmt.Fprintf(&b, "%d %s: %s\n", finding.Offset, finding.Code, finding.Message)
	}
	if (parsed == nil) != (len(findings) > 0) {
		fmt.Fprintf(&b, "template %v with %d findings\n", parsed, len(findings))
	}
	return b.String()
}
