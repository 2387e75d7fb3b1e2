// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/golden"
)

// template reads testdata/template.yaml, a small envoy.yaml.
func template(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRender(t *testing.T) {
	document, err := StringValue([]byte("{\n\t\"mode\": \"off\"}\x00é"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name     string
		settings Settings
	}{
		{"inline", Settings{
			AdminPort: 1, Plugin: "/x y/plugin.wasm", Environment: map[string]string{"B": "2", "A": "on"},
			Listeners: []Listener{{Name: "gateway", Port: 2, Configuration: document}},
		}},
		{"bare", Settings{NoCompanions: true, Listeners: []Listener{{Name: "gateway", Filter: FilterNone}}}},
		{"behind", Settings{
			Behind:    "- name: replier\n  config:\n    a: b\n- name: another",
			Listeners: []Listener{{Name: "gateway"}},
		}},
		{"given", Settings{Clusters: "- name: server\n", StatsSinks: "- name: metrics\n", Listeners: []Listener{{Name: "gateway", Filter: FilterGiven, Given: "- name: ours\n  config_discovery: {}\n"}}}},
		{"discovered", Settings{Listeners: []Listener{{Name: "gateway", Filter: FilterDiscovered, Discovery: "/tmp/filter.yaml"}}}},
		{"module", Settings{
			Adapter: ability.Module, Plugin: "/x/libgatewayresponses.so",
			Listeners: []Listener{
				{Name: "gateway"},
				{Name: "second", Configuration: document},
				{Name: "third", Filter: FilterDiscovered, Discovery: "/tmp/filter.yaml"},
			},
		}},
		{"two", Settings{Listeners: []Listener{{Name: "one", Port: 1}, {Name: "two", Port: 2}}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Render(template(t), tc.settings)
			if err != nil {
				t.Fatal(err)
			}
			golden.File(t, "testdata/"+tc.name+".yaml", string(got))
		})
	}
}

func TestDiscovery(t *testing.T) {
	got, err := Discovery(template(t), Settings{Plugin: "p.wasm"}, Listener{Name: "gateway"}, "7")
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "testdata/discovery.yaml", string(got))
}

// TestEnvoyYAML holds the real file to the words and regions that Render replaces: with what it says itself, nothing
// changes.
func TestEnvoyYAML(t *testing.T) {
	text, err := os.ReadFile("../../envoy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Render(text, Settings{
		AdminPort: 9901, Plugin: "dist/plugin.wasm", Listeners: []Listener{{Name: "gateway", Port: 10000}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(text), string(got)); diff != "" {
		t.Errorf("Render (-want +got):\n%s", diff)
	}
}

func TestRenderErrors(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"no admin port", "9901", "1", `envoy.yaml has "port_value: 9901" 0 times, want once`},
		{"two ports", "name: router", "port_value: 10000", `envoy.yaml has "port_value: 10000" 2 times, want once`},
		{"no name", "name: gateway\n", "name: x\n", `envoy.yaml has "- name: gateway\n" 0 times, want once`},
		{"no root_id", "root_id", "root", `envoy.yaml has "root_id: gateway " 0 times, want once`},
		{"no file", "filename", "file", `envoy.yaml has "filename: \"dist/plugin.wasm\"" 0 times, want once`},
		{"no environment", "environment_variables", "e", `envoy.yaml has "environment_variables: {}" 0 times, want once`},
		{"no gateway", "begin gateway", "begin", `envoy.yaml has no line "# begin gateway"`},
		{"no end of filter", "end filter", "end", `envoy.yaml has no line "# end filter" after "# begin filter"`},
		{"no companions", "begin companions", "begin", `envoy.yaml has no line "# begin companions"`},
		{"no document", "begin document", "begin", `envoy.yaml has no line "# begin document"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := strings.Replace(string(template(t)), tc.old, tc.new, 1)
			_, err := Render([]byte(text), Settings{
				NoCompanions: true, Listeners: []Listener{{Name: "gateway", Configuration: "configuration: x"}},
			})
			if err == nil || err.Error() != tc.want {
				t.Errorf("Render = %v, want %s", err, tc.want)
			}
		})
	}
}

// TestModuleElsewhere: Envoy finds the module by its name alone.
func TestModuleElsewhere(t *testing.T) {
	const want = `the module is called "x.so", and Envoy looks for "libgatewayresponses.so"`
	_, err := Render(template(t), Settings{Adapter: ability.Module, Plugin: "/y/x.so", Listeners: []Listener{{Name: "gateway"}}})
	if err == nil || err.Error() != want {
		t.Errorf("Render = %v, want %s", err, want)
	}
}

func TestEnviron(t *testing.T) {
	s := Settings{Adapter: ability.Module, Plugin: "/x/libgatewayresponses.so", Environment: map[string]string{"A": "on"}}
	if diff := cmp.Diff([]string{"ENVOY_DYNAMIC_MODULES_SEARCH_PATH=/x", "A=on"}, s.Environ()); diff != "" {
		t.Errorf("Environ (-want +got):\n%s", diff)
	}
	if s.Adapter = ability.Wasm; s.Environ() != nil {
		t.Errorf("with the wasm filter Environ = %q, want nothing: the VM has it", s.Environ())
	}
}

func TestStringValueError(t *testing.T) {
	if got, err := StringValue([]byte("{\xff}")); err == nil {
		t.Errorf("StringValue of no UTF-8 = %q, want an error", got)
	}
}

// FuzzCut: a text that has the region is the parts of it put together, and what is put in comes out again.
func FuzzCut(f *testing.F) {
	text, err := os.ReadFile("testdata/template.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text), "filter")
	f.Add("  # begin a\n  # end a\n", "a")
	f.Add("# begin a\n# end b\n# end a\n", "a")
	f.Add("# begin a\n      # end a\n", "a")
	f.Fuzz(func(t *testing.T, text, name string) {
		if len(text) > 4<<10 {
			return
		}
		r, err := cut(text, name)
		if err != nil {
			return
		}
		if got := r.before + r.inside + r.after; got != text {
			t.Errorf("cut(%q, %q) put together = %q", text, name, got)
		}
		again, err := cut(r.with("x\n"), name)
		if want := r.indent + "x\n"; err != nil || again.inside != want {
			t.Errorf("cut(%q with x, %q) = %q, %v, want %q", text, name, again.inside, err, want)
		}
	})
}
