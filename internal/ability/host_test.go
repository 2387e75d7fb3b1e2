// SPDX-License-Identifier: Apache-2.0

package ability

import (
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
)

func TestParseAdapter(t *testing.T) {
	for _, want := range []Adapter{Wasm, Module} {
		if got, err := ParseAdapter(string(want)); got != want || err != nil {
			t.Errorf("ParseAdapter(%q) = %q, %v", want, got, err)
		}
	}
	for _, name := range []string{"lua", "module@1.40", ""} {
		want := fmt.Sprintf("%q is not an adapter; use wasm or module", name)
		if _, err := ParseAdapter(name); err == nil || err.Error() != want {
			t.Errorf("ParseAdapter(%q) = %v, want %s", name, err, want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, tc := range []struct{ text, want, wrong string }{
		{text: "wasm", want: "the wasm filter"},
		{text: "wasm@1.36.4", want: "the wasm filter"},
		{text: "module", want: "the module on Envoy 1.40"},
		{text: "module@1.40", want: "the module on Envoy 1.40"},
		{text: "module@1.39.3", want: "the module on Envoy 1.39"},
		{text: "module@1.4", wrong: `the module was not tested with Envoy "1.4"; use wasm, module@1.40, module@1.39`},
		{text: "module@1.400", wrong: `the module was not tested with Envoy "1.400"; use wasm, module@1.40, module@1.39`},
		{text: "module@", wrong: `the module was not tested with Envoy ""; use wasm, module@1.40, module@1.39`},
		{text: "modul", wrong: `unknown adapter "modul"; use wasm, module@1.40, module@1.39`},
		{text: "", wrong: `unknown adapter ""; use wasm, module@1.40, module@1.39`},
	} {
		host, err := Find(tc.text)
		if tc.wrong != "" {
			if err == nil || err.Error() != tc.wrong {
				t.Errorf("Find(%q): %v, want %s", tc.text, err, tc.wrong)
			}
			continue
		}
		if err != nil || host.String() != tc.want {
			t.Errorf("Find(%q) = %s, %v, want %s", tc.text, host, err, tc.want)
		}
	}
	for _, host := range Hosts() {
		if found, err := Find(host.Name()); err != nil || found.String() != host.String() {
			t.Errorf("Find(%q) = %s, %v", host.Name(), found, err)
		}
	}
}

func TestTells(t *testing.T) {
	hosts := map[string]Host{}
	for _, host := range Hosts() {
		hosts[host.Name()] = host
	}
	for _, tc := range []struct {
		path string
		want string
	}{
		{facts.AttributePath("connection", "tls_version"), "wasm module@1.40 module@1.39"},
		{facts.AttributePath("connection", "mtls"), "wasm module@1.40 module@1.39"},
		{facts.AttributePath("response", "total_size"), "wasm module@1.40"},
		{facts.AttributePath("xds", "virtual_host_name"), "wasm module@1.40"},
		{facts.AttributePath("xds", "node", "id"), "wasm"},
		{facts.AttributePath("xds", "node"), "wasm"},
		{facts.AttributePath("upstream", "locality"), "wasm"},
		{facts.AttributePath("health_check"), "wasm module@1.40 module@1.39"},
		{facts.AttributePath("plugin_name"), "wasm"},
		{facts.MetadataPath("com.acme.waf/rule"), "wasm module@1.40 module@1.39"},
		{facts.MetadataPath("com.acme.waf/rule/id"), "wasm"},
		{facts.MetadataPath("com.acme.waf"), "wasm"},
		{facts.RouteMetadataPath("team", "name"), "wasm module@1.40 module@1.39"},
		{facts.RouteMetadataPath("team", "name", "first"), "wasm"},
		{facts.RouteMetadataPath("team"), "wasm"},
		{facts.AttributePath("filter_state", "com.acme.tenant"), "wasm module@1.40 module@1.39"},
		{facts.AttributePath("filter_state", "com.acme.tenant", "name"), "wasm"},
		{facts.AttributePath("filter_state"), "wasm"},
	} {
		var tell []string
		for _, name := range Names() {
			if hosts[name].Tells(tc.path) {
				tell = append(tell, name)
			}
		}
		if got := strings.Join(tell, " "); got != tc.want {
			t.Errorf("%q is told by %q, want %q", facts.AttributePieces(tc.path), got, tc.want)
		}
	}
}

// TestNumbers holds that the list has each attribute where the ABI counts it.
func TestNumbers(t *testing.T) {
	if len(Attributes()) != 68 {
		t.Errorf("%d attributes, want 68", len(Attributes()))
	}
	seen := map[string]bool{}
	for i, a := range Attributes() {
		if seen[a.Name] {
			t.Errorf("%s is there twice", a.Name)
		}
		seen[a.Name] = true
		number, kind := AttributeAt(facts.AttributePath(strings.Split(a.Name, ".")...))
		if number != i || kind != a.Kind {
			t.Errorf("%s is %d of kind %d, want %d of kind %d", a.Name, number, kind, i, a.Kind)
		}
	}
}

// TestWithhold holds that facts have no more than the host can tell, and that those of the caller are not changed by it.
func TestWithhold(t *testing.T) {
	deep, shallow := facts.MetadataPath("a/b/c"), facts.MetadataPath("a/b")
	attributes := facts.Attributes{deep: "1", shallow: "2"}
	for _, tc := range []struct{ host, want string }{
		{"wasm", "7 shop 12"}, {"module@1.40", "7 shop 2"}, {"module@1.39", "7  2"},
	} {
		host, err := Find(tc.host)
		if err != nil {
			t.Fatal(err)
		}
		f := facts.Facts{Request: facts.Request{Time: 7}, Route: facts.Route{VirtualHost: "shop"}, Attributes: attributes}
		host.Withhold(&f)
		if got := fmt.Sprint(f.Request.Time, " ", f.Route.VirtualHost, " ", f.Attributes[deep]+f.Attributes[shallow]); got != tc.want {
			t.Errorf("%s tells %q, want %q", tc.host, got, tc.want)
		}
	}
	if len(attributes) != 2 {
		t.Error("the caller's attributes have changed")
	}
}
