// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"cmp"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
)

// listener is a listener of Envoy and the filter in it.
type listener struct {
	name, document string
	// vmID is that of the filter; filters with the same one share the VM of a worker. "" is one for all.
	vmID string
	// policy is the failure_policy of the filter, "" is FAIL_OPEN.
	policy string
	// plugin is the path of the filter, "" that of envoytest.PluginPath.
	plugin string
	// discovery is the file that the filter comes from, "" when it stands in the listener.
	discovery string
	// more is more of the filter's configuration, as YAML in one line.
	more string
	// env is more of its vm_config, in the same form.
	env  string
	port string
	// route is the route document that all routes give to a dynamic module, "" for none.
	route string
}

// The template reads these.

// Name returns the name of the listener.
func (l listener) Name() string { return l.name }

// Port returns where it listens, 0 for any port that is free.
func (l listener) Port() string { return cmp.Or(l.port, "0") }

// Discovery returns the file that the filter comes from.
func (l listener) Discovery() string { return l.discovery }

// Type returns the type of the filter's configuration, as a type URL.
func (listener) Type() string {
	if envoytest.Adapter == ability.Module {
		return envoytest.HTTPFilters + "dynamic_modules.v3.DynamicModuleFilter"
	}
	return envoytest.HTTPFilters + "wasm.v3.Wasm"
}

// Filter returns the filter as YAML in one line.
func (l listener) Filter() string {
	if envoytest.Adapter == ability.Module {
		return `{"@type": ` + l.Type() + `, ` + l.library() + `, filter_name: ` + l.name + `, filter_config: ` + stringValue(l.document) + `}`
	}
	return `{"@type": ` + l.Type() + `, config: {name: gateway_responses, root_id: ` + l.name +
		`, failure_policy: ` + cmp.Or(l.policy, "FAIL_OPEN") + `, ` + l.more +
		`vm_config: {vm_id: ` + cmp.Or(l.vmID, "gateway_responses") + `, ` + l.env + `runtime: envoy.wasm.runtime.v8, code: {local: {filename: ` +
		strconv.Quote(cmp.Or(l.plugin, envoytest.PluginPath)) + `}}}, ` +
		`configuration: ` + stringValue(l.document) + `}}`
}

// stringValue is a text as Envoy's configurations hold one.
func stringValue(text string) string {
	return `{"@type": type.googleapis.com/google.protobuf.StringValue, value: ` + strconv.Quote(text) + `}`
}

// library says which dynamic module the filter is.
func (l listener) library() string {
	name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(cmp.Or(l.plugin, envoytest.PluginPath)), "lib"), ".so")
	return `dynamic_module_config: {name: ` + name + `, do_not_close: true}`
}

// Route returns what all routes say to a dynamic module, as a flow mapping of YAML; "" for nothing.
func (l listener) Route() string {
	if l.route == "" {
		return ""
	}
	return `{"@type": ` + l.Type() + `PerRoute, ` + l.library() + `, filter_name: document, filter_config: ` + stringValue(l.route) + `}`
}

// fault is a callback and how it fails, "on_log panic". Envoy has routes below the path of each.
type fault string

// String returns the beginning of the paths that lead to the fault.
func (f fault) String() string { return strings.ReplaceAll(string(f), " ", "-") }

// Metadata is what the metadata of those routes holds.
func (f fault) Metadata() string {
	callback, how, _ := strings.Cut(string(f), " ")
	return "{" + callback + ": " + how + "}"
}

// onDemand is the path of the filter that fails on demand.
func onDemand(t *testing.T) string {
	t.Helper()
	path := filepath.Join(filepath.Dir(envoytest.PluginPath), map[ability.Adapter]string{ability.Wasm: "faults.wasm", ability.Module: "libfaults.so"}[envoytest.Adapter])
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v; run make faults-%s", err, envoytest.Adapter)
	}
	return path
}

// setup is one Envoy.
type setup struct {
	listeners []listener
	faults    []fault
	// upstream answers, nil is okUpstream.
	upstream http.HandlerFunc
	// args are further arguments of Envoy.
	args []string
}

// okUpstream answers everything with 200.
func okUpstream(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) }

// render makes the configuration.
func (s setup) render(t *testing.T) []byte {
	t.Helper()
	if s.upstream == nil {
		s.upstream = okUpstream
	}
	return envoytest.RenderFile(t, "testdata/envoy.yaml", struct {
		Listeners []listener
		Faults    []fault
		Upstream  int
	}{s.listeners, s.faults, envoytest.UpstreamServer(t, s.upstream)})
}

// start runs the Envoy until the test ends.
func (s setup) start(t *testing.T) *envoytest.Proxy {
	t.Helper()
	return envoytest.StartConfig(t, s.render(t), s.args...)
}

// deliver writes the file that the filter of a listener comes from. Each delivery needs a version of its own.
func deliver(t *testing.T, l listener, version int) {
	t.Helper()
	text := "version_info: \"" + strconv.Itoa(version) + "\"\nresources:\n- \"@type\": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig\n" +
		"  name: gateway_responses\n  typed_config: " + l.Filter() + "\n"
	next := filepath.Join(filepath.Dir(l.discovery), "next.yaml")
	if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	// Envoy looks at a file when something is renamed to it.
	if err := os.Rename(next, l.discovery); err != nil {
		t.Fatal(err)
	}
}

// teapot is a document that makes every denial a 418.
const teapot = `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 418, "responseTemplates": {"application/json": "{\"teapot\":1}"}}}}`

// get asks for a path over a connection of its own.
func get(t *testing.T, address, path string) envoytest.RawReply {
	t.Helper()
	return envoytest.RawRequest(t, address, "GET "+path+" HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
}

// wantTeapot asks for a denial, which must come as the document teapot says.
func wantTeapot(t *testing.T, address string) {
	t.Helper()
	if reply := get(t, address, "/denied"); reply.Status != 418 || string(reply.Body) != `{"teapot":1}` {
		t.Errorf("a denial is %d %q, want 418 as the document says", reply.Status, reply.Body)
	}
}
