// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"encoding/json"
	"testing"

	modulefilter "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/dynamic_modules/v3"
	wasmfilter "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/wasm/v3"
	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
)

// shop and shopModule are what gateway "shop" is delivered as.
var shop, shopModule = envoy.Resource{Gateway: "shop", Adapter: ability.Wasm}, envoy.Resource{Gateway: "shop", Adapter: ability.Module}

// TestAsEmitted: what is delivered is what gwr emit envoy writes, but for the spaces of the document.
func TestAsEmitted(t *testing.T) {
	const document = `{"mode":"off"}`
	for _, tc := range []struct {
		name    string
		plugin  deliver.Plugin
		emitted envoy.Options
	}{
		{"plain", deliver.Plugin{}, envoy.Options{}},
		{"refusing, from another place", deliver.Plugin{File: "/x/plugin.wasm", Environment: map[string]string{"GWR_ON_INVALID": "refuse"}}, envoy.Options{RefuseInvalid: true}},
		{"with an environment", deliver.Plugin{Environment: map[string]string{"A": "\"b\"", "C": "d"}}, envoy.Options{Environment: map[string]string{"A": "\"b\"", "C": "d"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := tc.emitted
			o.Plugin = emit.Plugin{Name: envoy.ResourceName("shop"), RootID: envoy.RootID("shop"), Document: []byte(document)}
			o.Wasm = file(tc.plugin)
			emitted := &wasmfilter.Wasm{}
			unmarshalEmitted(t, o, emitted)
			made, err := New(shop, tc.plugin, deliver.Document{Text: []byte(document)})
			if err != nil {
				t.Fatal(err)
			}
			delivered := &wasmfilter.Wasm{}
			if err := made.Config.GetTypedConfig().UnmarshalTo(delivered); err != nil {
				t.Fatal(err)
			}
			for _, w := range []*wasmfilter.Wasm{emitted, delivered} {
				checkDocument(t, w.GetConfig().GetConfiguration())
				w.Config.Configuration = nil
			}
			if diff := cmp.Diff(emitted, delivered, protocmp.Transform()); diff != "" {
				t.Errorf("emitted, delivered:\n%s", diff)
			}
			if made.Config.GetName() != "gateway-responses/shop" {
				t.Errorf("the resource is %q", made.Config.GetName())
			}
		})
	}
}

// TestModuleAsEmitted is TestAsEmitted for the dynamic module. Nothing of the plugin is in it.
func TestModuleAsEmitted(t *testing.T) {
	o := envoy.Options{Module: true, Plugin: emit.Plugin{Name: shopModule.Name(), Document: []byte(`{"mode":"off"}`)}}
	emitted, delivered := &modulefilter.DynamicModuleFilter{}, &modulefilter.DynamicModuleFilter{}
	unmarshalEmitted(t, o, emitted)
	made, err := New(shopModule, deliver.Plugin{File: "/x/plugin.wasm", Environment: map[string]string{"A": "b"}}, deliver.Document{Text: []byte(`{"mode":"off"}`)})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Config.GetTypedConfig().UnmarshalTo(delivered); err != nil {
		t.Fatal(err)
	}
	for _, f := range []*modulefilter.DynamicModuleFilter{emitted, delivered} {
		checkDocument(t, f.GetFilterConfig())
		f.FilterConfig = nil
	}
	if diff := cmp.Diff(emitted, delivered, protocmp.Transform()); diff != "" {
		t.Errorf("emitted, delivered:\n%s", diff)
	}
	if made.Config.GetName() != "gateway-responses/shop/module" {
		t.Errorf("the resource is %q", made.Config.GetName())
	}
}

// checkDocument holds that a filter has the document with the mode off.
func checkDocument(t *testing.T, packed *anypb.Any) {
	t.Helper()
	text := &wrapperspb.StringValue{}
	if err := packed.UnmarshalTo(text); err != nil {
		t.Fatal(err)
	}
	var value map[string]string
	if err := json.Unmarshal([]byte(text.GetValue()), &value); err != nil || value["mode"] != "off" {
		t.Errorf("the document is %q, %v", text.GetValue(), err)
	}
}

// unmarshalEmitted reads the filter that is emitted.
func unmarshalEmitted(t *testing.T, o envoy.Options, emitted proto.Message) {
	t.Helper()
	files, err := envoy.Files(o)
	if err != nil {
		t.Fatal(err)
	}
	var filters []struct {
		Config map[string]any `yaml:"typed_config"`
	}
	if err := yaml.Unmarshal(files[0].Text, &filters); err != nil {
		t.Fatal(err)
	}
	delete(filters[0].Config, "@type")
	text, err := json.Marshal(filters[0].Config)
	if err != nil {
		t.Fatal(err)
	}
	if err := protojson.Unmarshal(text, emitted); err != nil {
		t.Fatal(err)
	}
}

// TestVersion: the same content has the same version, on every replica and in every build; other content has another.
func TestVersion(t *testing.T) {
	base := deliver.Document{Revision: 12, Text: []byte(`{"mode":"off"}`)}
	of := func(resource envoy.Resource, plugin deliver.Plugin, document deliver.Document) string {
		t.Helper()
		made, err := New(resource, plugin, document)
		if err != nil {
			t.Fatal(err)
		}
		return made.Version
	}
	version := func(plugin deliver.Plugin, document deliver.Document) string { return of(shop, plugin, document) }
	const want, module = "12-24920870bcb760e4", "12-a613ebedd0a240a6" // on another form, all nodes of all servers get everything anew
	if got := version(deliver.Plugin{}, base); got != want {
		t.Errorf("version %s, want %s", got, want)
	}
	if got := version(deliver.Plugin{File: envoy.DefaultWasm, Environment: map[string]string{}}, base); got != want {
		t.Errorf("version %s of the same said otherwise, want %s", got, want)
	}
	for _, plugin := range []deliver.Plugin{{}, {File: "/x", Environment: map[string]string{"A": "b"}}} {
		if got := of(shopModule, plugin, base); got != module {
			t.Errorf("version %s of the module, want %s", got, module)
		}
	}
	seen := map[string]string{want: "the first", module: "the module"}
	for what, got := range map[string]string{
		"text":               version(deliver.Plugin{}, deliver.Document{Revision: 12, Text: []byte(`{"mode":"rewrite"}`)}),
		"text of the module": of(shopModule, deliver.Plugin{}, deliver.Document{Revision: 12, Text: []byte(`{"mode":"rewrite"}`)}),
		"number":             version(deliver.Plugin{}, deliver.Document{Revision: 13, Text: base.Text}),
		"file":               version(deliver.Plugin{File: "/x"}, base),
		"environment":        version(deliver.Plugin{Environment: map[string]string{"A": "b"}}, base),
	} {
		if other, known := seen[got]; known {
			t.Errorf("another %s has the version of %s: %s", what, other, got)
		}
		seen[got] = what
	}
	for text, want := range map[string]int64{want: 12, "": 0, "12": 0, "-1-a": 0, "x-1": 0} {
		if got := Revision(text); got != want {
			t.Errorf("Revision(%q) = %d, want %d", text, got, want)
		}
	}
}

// TestNotText: what Envoy could not take is not sent.
func TestNotText(t *testing.T) {
	if _, err := New(shop, deliver.Plugin{}, deliver.Document{Revision: 3, Text: []byte("\xff")}); err == nil {
		t.Error("no error for a document that is not UTF-8")
	}
}
