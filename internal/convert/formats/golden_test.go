// SPDX-License-Identifier: Apache-2.0

package formats

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/golden"
)

// sample is a source with what must become of it, a file in testdata: the files of the source, then
//
//	options     the format that must be recognised, and lines "api NAME" and "parameter name=value"
//	document    the document as YAML
//	losses      a line for each
//	inventory   a line for each type and feature, with all places
//	extension   the extension that AWS's own tool makes of the source, as JSON; only where a vector says it
type sample struct {
	path    string
	archive *txtar.Archive
	golden  map[string]string
	source  *convert.Source
	options convert.Options
	format  string
}

// goldens are the sections that the import writes.
var goldens = []string{"document", "losses", "inventory"}

// samples reads all samples.
func samples(t testing.TB) []*sample {
	t.Helper()
	paths, err := filepath.Glob("../testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	var all []*sample
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s := &sample{
			path: path, archive: archive, golden: map[string]string{}, source: &convert.Source{Name: filepath.Base(path)},
			options: convert.Options{Parameters: map[string]string{}},
		}
		for _, f := range archive.Files {
			switch {
			case f.Name == "options":
				s.setOptions(string(f.Data))
			case f.Name == "extension" || slices.Contains(goldens, f.Name):
				s.golden[f.Name] = string(f.Data)
			default:
				file, err := tree.Read(f.Name, f.Data)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				s.source.Files = append(s.source.Files, file)
			}
		}
		all = append(all, s)
	}
	return all
}

func (s *sample) setOptions(text string) {
	for line := range strings.Lines(text) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "api":
			s.options.API = rest
		case "parameter":
			name, value, _ := strings.Cut(rest, "=")
			s.options.Parameters[name] = value
		default:
			s.format = word
		}
	}
}

// imported imports a sample as gwr does.
func (s *sample) imported(t testing.TB) *convert.Result {
	t.Helper()
	format, err := Find("", s.source)
	if err != nil {
		t.Fatal(err)
	}
	if format.Name != s.format {
		t.Errorf("recognised as %s, want %s", format.Name, s.format)
	}
	result, err := format.Import(s.source, s.options)
	if err != nil {
		t.Fatal(err)
	}
	text, spots := result.Document.Compact()
	_, found := engine.Load(text, engine.Everything())
	if found.HasErrors() {
		t.Errorf("the document has errors:\n%v", found)
	}
	result.Judge(spots, found)
	return result
}

// TestSamples imports all samples.
func TestSamples(t *testing.T) {
	for _, s := range samples(t) {
		t.Run(strings.TrimSuffix(filepath.Base(s.path), ".txtar"), func(t *testing.T) {
			result := s.imported(t)
			var losses, inventory strings.Builder
			for _, f := range result.Findings() {
				fmt.Fprintf(&losses, "%s: %s: %s: %s\n", f.Place, f.Severity, f.Path, f.Message)
			}
			for _, r := range result.Inventory {
				fmt.Fprintf(&inventory, "%s: %s: %s\n  %s\n", r.Type, r.Feature, r.By, fmt.Sprint(r.Places))
			}
			got := map[string]string{"document": string(result.Document.YAML(result.Comments())), "losses": losses.String(), "inventory": inventory.String()}
			if *golden.Update {
				s.write(t, got)
				return
			}
			for _, name := range goldens {
				if diff := cmp.Diff(s.golden[name], got[name]); diff != "" {
					t.Errorf("%s differs (-want +got):\n%s", name, diff)
				}
			}
			if want := s.golden["extension"]; want != "" {
				text, err := json.Marshal(result.Document.Get("gatewayResponses"))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(meaning(t, []byte(want)), meaning(t, text)); diff != "" {
					t.Errorf("the extension differs (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// write writes the golden sections of a sample anew, behind the others.
func (s *sample) write(t *testing.T, got map[string]string) {
	t.Helper()
	s.archive.Files = slices.DeleteFunc(s.archive.Files, func(f txtar.File) bool { return slices.Contains(goldens, f.Name) })
	for _, name := range goldens {
		s.archive.Files = append(s.archive.Files, txtar.File{Name: name, Data: []byte(got[name])})
	}
	if err := os.WriteFile(s.path, txtar.Format(s.archive), 0o600); err != nil {
		t.Fatal(err)
	}
}

// meaning is what gateway responses say: a status is a string, and an empty map is none.
func meaning(t testing.TB, text []byte) map[string]map[string]any {
	t.Helper()
	var responses map[string]map[string]any
	if err := json.Unmarshal(text, &responses); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, response := range responses {
		maps.DeleteFunc(response, func(_ string, value any) bool {
			members, ok := value.(map[string]any)
			return ok && len(members) == 0
		})
		if status, ok := response["statusCode"].(float64); ok {
			response["statusCode"] = fmt.Sprint(status)
		}
	}
	return responses
}

// TestHeaderLength holds that a static value may be as long as a document's.
func TestHeaderLength(t *testing.T) {
	for length, kept := range map[int]bool{config.MaxHeaderValue: true, config.MaxHeaderValue + 1: false} {
		text := fmt.Sprintf(`{"openapi": "3", %q: {"THROTTLED": {"responseParameters": {"gatewayresponse.header.x": "'%s'"}}}}`, openapi.Extension, strings.Repeat("x", length))
		made, _ := importText(t, text).Compact()
		if _, found := engine.Load(made, engine.Everything()); found.HasErrors() {
			t.Errorf("%d bytes: %v", length, found)
		}
		if got := strings.Contains(string(made), "'xx"); got != kept {
			t.Errorf("%d bytes: kept %v, want %v", length, got, kept)
		}
	}
}
