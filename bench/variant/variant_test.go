// SPDX-License-Identifier: Apache-2.0

package variant

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const good = `# title: a filter
# does: rewrite
# document: a.json
# reload: yes
# skip: upload, download: it has no time
# Words: these are only a comment.
local_reply_config: {}
http_filters:
- name: first
  typed_config:
    "@type": type.googleapis.com/a.Filter
    file: "$plugin"
    document: $document
- name: second
  typed_config: {}
`

func TestParse(t *testing.T) {
	v, err := parse("mine", good)
	if err != nil {
		t.Fatal(err)
	}
	if v.Name != "mine" || v.Title != "a filter" || v.Does != Rewrite || !v.Reload || v.documentFile != "a.json" {
		t.Errorf("parse = %+v", v)
	}
	if diff := cmp.Diff(map[string]string{"upload": "it has no time", "download": "it has no time"}, v.Skip); diff != "" {
		t.Errorf("skip (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"plugin"}, v.Modules); diff != "" {
		t.Errorf("modules (-want +got):\n%s", diff)
	}
}

func TestParseErrors(t *testing.T) {
	for _, tc := range []struct{ old, new, want string }{
		{"does: rewrite", "does: nothing", `does: "nothing"; want original, message or rewrite`},
		{"# title: a filter\n", "", `want the lines "# title: ..." and "# does: ..."`},
		{"reload: yes", "reload: no", `reload: "no"; want yes`},
		{": it has no time", "", `skip: "upload, download"; want scenarios`},
		{"# document:", "# file:", `# file: is not known`},
		{"http_filters:", "filters:", "want http_filters as the last field"},
		{"- name: second", "access_log: []\n- name: second", "want http_filters as the last field"},
	} {
		_, err := parse("mine", strings.Replace(good, tc.old, tc.new, 1))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q instead of %q: %v, want %s", tc.new, tc.old, err, tc.want)
		}
	}
}

func TestRender(t *testing.T) {
	v, err := parse("mine", good)
	if err != nil {
		t.Fatal(err)
	}
	values := Values{Upstream: 4711, Modules: map[string]string{"plugin": "/a/p.wasm"}, Document: []byte("{\"a\": \"$b\"}\n")}
	config, err := v.Render(values)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"          local_reply_config: {}\n          http_filters:\n          - name: first\n",
		`file: "/a/p.wasm"`, `document: "{\"a\": \"$b\"}\n"`, "- name: second", "port_value: 4711",
	} {
		if !strings.Contains(string(config), want) {
			t.Errorf("Render has no %q:\n%s", want, config)
		}
	}
	if _, err := v.Render(Values{}); err == nil || !strings.Contains(err.Error(), "$plugin is not known") || !strings.Contains(err.Error(), "no document for $document") {
		t.Errorf("Render without values: %v", err)
	}
}

// TestDiscovery holds that the first filter, and no other, goes from the configuration into the file.
func TestDiscovery(t *testing.T) {
	v, err := parse("mine", good)
	if err != nil {
		t.Fatal(err)
	}
	values := Values{Modules: map[string]string{"plugin": "p.wasm"}, Document: []byte("{}")}
	got, err := v.Discovery(values, "7")
	want := `version_info: "7"
resources:
- "@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig
  name: first
  typed_config:
    "@type": type.googleapis.com/a.Filter
    file: "p.wasm"
    document: "{}"
`
	if diff := cmp.Diff(want, string(got)); diff != "" || err != nil {
		t.Errorf("Discovery, %v (-want +got):\n%s", err, diff)
	}
	config, err := v.RenderDiscovered(values, "/a/filter.yaml")
	if err != nil || !strings.Contains(string(config), "- name: first\n            config_discovery:") ||
		!strings.Contains(string(config), "type_urls: [type.googleapis.com/a.Filter]") {
		t.Errorf("RenderDiscovered, %v:\n%s", err, config)
	}
}

// FuzzParse holds that a file that is taken says what it must, and can be rendered.
func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add("# title: a\n# does: original\nhttp_filters:\n")
	f.Add("# skip: :\n# does: original\n")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := parse("mine", text)
		if err != nil {
			return
		}
		if v.Title == "" || v.Does != Original && v.Does != Message && v.Does != Rewrite {
			t.Errorf("parse(%q) = %+v", text, v)
		}
		values := Values{Modules: map[string]string{}, Document: []byte("{}")}
		for _, name := range v.Modules {
			values.Modules[name] = name
		}
		config, err := v.Render(values)
		if err != nil || !strings.Contains(string(config), "http_filters:") {
			t.Errorf("parse(%q) cannot be rendered: %v", text, err)
		}
	})
}
