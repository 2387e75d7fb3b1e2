// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/bench/load"
	"gatewayresponses/bench/scenario"
	"gatewayresponses/bench/variant"
)

// TestVariants reads the files, and holds that what they say of scenarios and modules is known.
func TestVariants(t *testing.T) {
	all, err := variant.Read("variants", "documents")
	if err != nil {
		t.Fatal(err)
	}
	if all[0].Name != variant.Baseline || len(all) < 10 {
		t.Errorf("%d variants, the first is %s", len(all), all[0].Name)
	}
	page, err := os.ReadFile("../docs/performance.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		if !strings.Contains(string(page), "\n| `"+v.Name+"` | ") {
			t.Errorf("the table of variants in docs/performance.md does not have %s", v.Name)
		}
		modules := map[string]string{modulePlugin: "p.wasm", moduleNative: "n.so", moduleNoop: "n.wasm"}
		for name := range goModules {
			modules[name] = name + ".wasm"
		}
		config, err := v.Render(variant.Values{Upstream: 4711, Modules: modules, Document: v.Document})
		if err != nil {
			t.Error(err)
		}
		if strings.Contains(string(config), "port_value: $upstream") || !strings.Contains(string(config), "port_value: 4711") {
			t.Errorf("variant %s has no upstream", v.Name)
		}
		for name := range v.Skip {
			if !slices.ContainsFunc(scenario.All(), func(s scenario.Scenario) bool { return s.Name == name }) {
				t.Errorf("variant %s skips %s, which is no scenario", v.Name, name)
			}
		}
	}
}

// TestVerify holds that a variant that does not do its job is found out.
func TestVerify(t *testing.T) {
	s := scenario.All()[slices.IndexFunc(scenario.All(), func(s scenario.Scenario) bool { return s.Name == "error" })]
	want := s.Want(variant.Rewrite)
	for _, tc := range []struct {
		name  string
		reply scenario.Reply
		good  bool
	}{
		{"as promised", want, true},
		{"another status", scenario.Reply{Status: 404, Body: want.Body, JSON: true}, false},
		{"another body", scenario.Reply{Status: want.Status, Body: want.Body + " ", JSON: true}, false},
		{"another type", scenario.Reply{Status: want.Status, Body: want.Body}, false},
		{"the original", s.Want(variant.Original), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("X-Request-Id") != load.RequestID || r.Host != load.Host {
					t.Errorf("the request has the id %q and the host %q", r.Header.Get("X-Request-Id"), r.Host)
				}
				w.Header().Set("Content-Type", choose(tc.reply.JSON, "application/json", "text/plain"))
				w.WriteHeader(tc.reply.Status)
				_, _ = w.Write([]byte(tc.reply.Body))
			}))
			defer server.Close()
			p := &proxy{variant: variant.Variant{Name: "v", Does: variant.Rewrite}, address: server.Listener.Addr().String()}
			if err := p.verify(t.Context(), s); (err == nil) != tc.good {
				t.Errorf("verify = %v, want an error: %t", err, !tc.good)
			}
		})
	}
}

// TestSettings holds what lists of names choose.
func TestSettings(t *testing.T) {
	t.Chdir("..")
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"-variants", "lua-*", "-scenarios", "good"}, "none lua-rewrite lua-status: good"},
		{[]string{"-variants", "plugin-smallest*", "-scenarios", "h2-*", "-plugin", "a=x.wasm,b=y.wasm"}, "none plugin-smallest@a plugin-smallest@b: h2-good h2-error"},
		{[]string{"-parts", "control"}, ":"},
		{[]string{"-variants", "lua"}, `-variants: "lua" is not known; there are none, `},
		{[]string{"-scenarios", "bad"}, `-scenarios: "bad" is not known; there are good, `},
		{[]string{"-plugin", "x.wasm,y.wasm"}, `-plugin: "x.wasm,y.wasm": several builds need different names`},
		{[]string{"-parts", "all"}, `-parts: "all"; want load, `},
	} {
		s, err := readSettings(tc.args, os.Stderr)
		var names []string
		for _, v := range s.variants {
			names = append(names, v.Name)
		}
		got := strings.Join(names, " ") + ":"
		for _, sc := range s.scenarios {
			got += " " + sc.Name
		}
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, tc.want) || err == nil && got != tc.want {
			t.Errorf("readSettings(%q) = %s\nwant %s", tc.args, got, tc.want)
		}
	}
}

// TestComplaints holds that a variant that fails while it gives the right replies is found out.
func TestComplaints(t *testing.T) {
	c := &complaints{}
	for _, text := range []string{
		"[2026-01-01 00:00:00.000][1][info][wasm] [a.cc:1] wasm log: [error] is only a word\n",
		"[2026-01-01 00:00:00.000][1][error][lua] [b.cc:2] script log: out of scope\n",
		"[2026-01-01 00:00:00.000][1][critical][main] [c.cc:3] later\n",
	} {
		if n, err := c.Write([]byte(text)); n != len(text) || err != nil {
			t.Errorf("Write = %d, %v", n, err)
		}
	}
	if got, want := c.first(), "[2026-01-01 00:00:00.000][1][error][lua] [b.cc:2] script log: out of scope"; got != want {
		t.Errorf("first = %q, want %q", got, want)
	}
}
