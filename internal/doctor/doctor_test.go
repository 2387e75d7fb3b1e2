// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// TestTexts examines bootstraps, listeners and manifests: each file of testdata/texts is an input and, behind "-- want --", what
// is found: place, code, and the beginning of the message.
func TestTexts(t *testing.T) {
	paths, err := filepath.Glob("testdata/texts/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d texts, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			input, want := archive.Files[0], strings.Split(strings.TrimSuffix(string(archive.Files[1].Data), "\n"), "\n")
			report := examineText(t, input.Name, string(input.Data))
			var got []string
			for i, f := range report.Findings {
				line := f.String() + " " + f.Code.String() + " " + f.Message
				if i < len(want) && len(line) > len(want[i]) {
					line = line[:len(want[i])]
				}
				got = append(got, line)
			}
			if want[0] == "" {
				want = nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	for _, tc := range []struct{ name, file, text, want string }{
		{"not JSON", "dump.json", `{"configs": [}`, "dump.json is not JSON"},
		{"text behind", "dump.json", `{} {}`, "dump.json is not JSON"},
		{"deep", "dump.json", `{"a":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + "}", "dump.json nests deeper than 1000 levels; Envoy writes nothing like that"},
		{"not UTF-8", "dump.json", "{\"a\": \"\xff\"}", "dump.json is not UTF-8"},
		{"a word", "word.yaml", "yes", "word.yaml: a configuration of Envoy or a manifest is an object, and http_filters a list; this is something else"},
		{"too much YAML", "large.yaml", "a: " + strings.Repeat("x", 2<<20), "large.yaml has a YAML document of more than 2 MiB; give it as JSON"},
		{"too many documents", "many.yaml", strings.Repeat("---\n", 2001), "many.yaml has more than 2000 YAML documents"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			report, err := Examine(tc.file, []byte(tc.text), Options{})
			if err == nil || err.Error() != tc.want {
				t.Errorf("Examine = %+v, %v, want %s", report, err, tc.want)
			}
		})
	}
}

// TestFilterOption names the filter that has another name.
func TestFilterOption(t *testing.T) {
	const bootstrap = `{"static_resources": {"listeners": [{"name": "a", "filter_chains": [{"filters": [{"typed_config": {
		"@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
		"httpFilters": [{"name": "errors", "typedConfig": {"@type": "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
			"config": {"failurePolicy": "FAIL_OPEN"}}}]}}]}]}]}}`
	for filter, want := range map[string]string{"": "GWR301", "errors": "", "others": "GWR301"} {
		report, err := Examine("a", []byte(bootstrap), Options{Filter: filter})
		if err != nil {
			t.Fatal(err)
		}
		if got := codesOf(report); got != want {
			t.Errorf("with --filter %q: %q, want %q", filter, got, want)
		}
	}
}

// TestMany holds that an Envoy with very many routes that are wrong has a report that can be read.
func TestMany(t *testing.T) {
	text, err := os.ReadFile("testdata/dumps/off-by-route.json")
	if err != nil {
		t.Fatal(err)
	}
	var dump map[string]any
	if err := json.Unmarshal(text, &dump); err != nil {
		t.Fatal(err)
	}
	host := at(dump, "configs", 2, "static_listeners", 0, "listener", "filter_chains", 0, "filters", 0, "typed_config", "route_config", "virtual_hosts", 0).(map[string]any)
	routes := host["routes"].([]any)
	for range 199 {
		routes = append(routes, routes[0])
	}
	host["routes"] = routes
	if text, err = json.Marshal(dump); err != nil {
		t.Fatal(err)
	}
	report := examineText(t, "dump.json", string(text))
	if n := len(report.Findings); n != maxOfOne {
		t.Errorf("%d findings, want %d", n, maxOfOne)
	}
	last := report.Findings[len(report.Findings)-1]
	if !strings.HasSuffix(last.Message, "; there are 150 more like it that are not listed") {
		t.Errorf("the last finding says %q", last.Message)
	}
	if last.Excerpt != "" {
		t.Error("a line of very many bytes is shown")
	}
}

// at walks down what encoding/json has read.
func at(value any, steps ...any) any {
	for _, step := range steps {
		switch step := step.(type) {
		case string:
			value = value.(map[string]any)[step]
		case int:
			value = value.([]any)[step]
		}
	}
	return value
}

// TestPlaces leads every byte of a text, which is longer than a block, to its line and column.
func TestPlaces(t *testing.T) {
	lines := []string{"{", "", strings.Repeat("x", 2*blockSize), "\ty\r", strings.Repeat("z\n", blockSize/2-3), "end"}
	f := &file{name: "a", text: strings.Join(lines, "\n")}
	line, column := 1, 1
	for at := range len(f.text) {
		if at%97 == 0 || at%blockSize < 3 || at%blockSize > blockSize-3 {
			if place := f.place(at); place.Line != line || place.Column != column {
				t.Fatalf("byte %d is at %d:%d, want %d:%d", at, place.Line, place.Column, line, column)
			}
		}
		column++
		if f.text[at] == '\n' {
			line, column = line+1, 1
		}
	}
	if place := f.place(strings.Index(f.text, "y")); place.Excerpt != "\ty" {
		t.Errorf("the line is shown as %q", place.Excerpt)
	}
}

func TestFetch(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/config_dump", "/behind/config_dump":
			_, _ = w.Write([]byte(r.URL.String()))
		case "/moved/config_dump":
			http.Redirect(w, r, "/config_dump", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for address, want := range map[string]string{
		"": "/config_dump", "/": "/config_dump", "/config_dump?mask=a": "/config_dump?mask=a", "/behind": "/behind/config_dump",
	} {
		got, err := Fetch(t.Context(), server.URL+address)
		if err != nil || string(got) != want {
			t.Errorf("Fetch(%q) asked for %q, %v, want %q", address, got, err, want)
		}
	}
	for address, want := range map[string]string{
		"/moved":   "/moved/config_dump: 302 Found; give the address of Envoy's admin interface",
		"/nowhere": "/nowhere/config_dump: 404 Not Found; give the address of Envoy's admin interface",
	} {
		if got, err := Fetch(t.Context(), server.URL+address); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("Fetch(%q) = %q, %v, want %q", address, got, err, want)
		}
	}
}
