// SPDX-License-Identifier: Apache-2.0

package envoy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/emit"
)

// options are what most tests emit.
func options() Options {
	return Options{
		Plugin: emit.Plugin{Name: "gateway_responses", RootID: "gateway", Document: []byte(`{"mode":"off"}`)},
		Wasm:   "/plugin.wasm", Prefix: "/", Port: 10000, AdminPort: 9901, Upstream: Endpoint{"shop", 8080},
	}
}

// TestFiles says which files there are, and that all of them are YAML.
func TestFiles(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*Options)
		want   string
	}{
		{"filter", func(*Options) {}, "http_filter.yaml envoy.yaml"},
		{"refusing", func(o *Options) { o.RefuseInvalid = true }, "http_filter.yaml envoy.yaml"},
		{"server", func(o *Options) { o.Server = &Server{Endpoint: Endpoint{"gwrd", 18000}} }, "http_filter.yaml cluster.yaml access_log.yaml envoy.yaml"},
		{"server with all", func(o *Options) {
			o.Server = &Server{Endpoint: Endpoint{"gwrd", 18000}, Metrics: true, Node: "edge\"1", TLS: &TLS{CA: "/ca.crt", Certificate: "/tls.crt", Key: "/tls.key"}}
		}, "http_filter.yaml cluster.yaml access_log.yaml stats_sink.yaml envoy.yaml"},
		{"module", func(o *Options) { o.Wasm, o.Module = "", true }, "http_filter.yaml envoy.yaml"},
		{"module and routes", func(o *Options) { o.Module, o.NamedRoutes = true, []string{"shop", "a \"b\""} }, "http_filter.yaml typed_per_filter_config.yaml envoy.yaml"},
		{"companion", func(o *Options) { o.LocalReplyConfig = "mappers: []\n" }, "http_filter.yaml local_reply_config.yaml envoy.yaml"},
		{"without filter", func(o *Options) { o.Wasm, o.LocalReplyConfig = "", "mappers: []\n" }, "local_reply_config.yaml envoy.yaml"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := options()
			tc.change(&o)
			files, err := Files(o)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range files {
				names = append(names, f.Name)
				var read any
				if err := yaml.Unmarshal(f.Text, &read); err != nil {
					t.Errorf("%s: %v\n%s", f.Name, err, f.Text)
				}
				if strings.Contains(string(f.Text), "\n\n\n") || strings.Contains(string(f.Text), " \n") {
					t.Errorf("%s has needless white space:\n%s", f.Name, f.Text)
				}
			}
			if diff := cmp.Diff(tc.want, strings.Join(names, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseEndpoint(t *testing.T) {
	for text, want := range map[string]Endpoint{"shop:80": {"shop", 80}, "[::1]:65535": {"::1", 65535}} {
		if got, err := ParseEndpoint(text); err != nil || got != want {
			t.Errorf("ParseEndpoint(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "shop", ":80", "shop:0", "shop:65536", "shop:http", "shop:-1"} {
		if got, err := ParseEndpoint(text); err == nil {
			t.Errorf("ParseEndpoint(%q) = %v, want an error", text, got)
		}
	}
}
