// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"strings"

	"github.com/tidwall/gjson"

	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/finding"
)

// wasmFilter is the message of a Wasm filter's configuration.
const wasmFilter = "envoy.extensions.filters.http.wasm.v3.Wasm"

// reloads says what FAIL_RELOAD does.
const reloads = "after a crash of the filter Envoy answers 503 to everything until the filter is back; use FAIL_OPEN"

// plugin is our filter as it is configured.
type plugin struct {
	adapter ability.Adapter
	// config are the fields of envoy.extensions.wasm.v3.PluginConfig, or of DynamicModuleFilter.
	config node
	// text is where the document stands, and document what it says; nil for one that is not known, or that has errors.
	text     node
	document *config.Document
}

// root is what the filter tells plugins apart by. A dynamic module has a name alone.
type root struct {
	adapter            ability.Adapter
	name, rootID, vmID string
}

// findPlugins finds our filter among all filters: a Wasm filter or a dynamic module with a name or with code that is called
// gateway_responses, or with a document of ours. Where the caller knows the configured name of the filter, that alone counts.
func (x *examiner) findPlugins(m *manager) {
	for i := range m.filters {
		f := &m.filters[i]
		var p *plugin
		var ours bool
		switch f.typ {
		case moduleFilter:
			p = readModule(f.config)
			ours = isOurModule(f.name, p)
		default:
			p = readWasm(f.config)
			ours = f.typ == wasmFilter && isOurs(f.name, p)
		}
		if x.options.Filter != "" {
			ours = f.name == x.options.Filter
		}
		if ours {
			f.plugin = p
		} else if x.options.Filter == "" && f.typ != wasmFilter && f.typ != moduleFilter {
			x.checkReplaced(f)
		}
	}
}

// readWasm is what a Wasm filter is configured with.
func readWasm(filter node) *plugin {
	config := filter.get("config")
	return &plugin{adapter: ability.Wasm, config: config, text: documentText(config)}
}

// checkReplaced looks for what Istio delivers in the place of a plugin whose code it cannot fetch: a filter that lets everything pass,
// or nothing.
func (x *examiner) checkReplaced(f *filter) {
	if f.discovery.Exists() && f.typ != "" && calledLikeOurs(f.name) {
		x.replaced = true
		x.report(code.FilterMissing, finding.Error, f.config, "%q was delivered as %s, so the filter is not there: its code could not be fetched", f.name, f.typ)
	}
}

// isOurs reports whether a plugin is our filter.
func isOurs(name string, p *plugin) bool {
	config := p.config
	vm := config.get("vm_config")
	return calledLikeOurs(name, config.get("name").text(), config.get("root_id").text(), vm.get("vm_id").text(),
		vm.get("code", "local", "filename").text(), vm.get("code", "remote", "http_uri", "uri").text()) ||
		strings.Contains(p.text.text(), `"gatewayResponses"`)
}

// calledLikeOurs reports whether one of the names that people give to a plugin and to its code is ours.
func calledLikeOurs(names ...string) bool {
	for _, name := range names {
		if strings.Contains(strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name)), "gatewayresponses") {
			return true
		}
	}
	return false
}

// documentText is the text that a plugin is configured with; it does not exist where that is no text.
func documentText(config node) node {
	if c := config.get("configuration"); c.typeName() == "google.protobuf.StringValue" {
		return c.get("value")
	}
	return node{}
}

// checkPlugin looks at the filter's own configuration. What every sample has, and why, stands in envoy.yaml.
func (x *examiner) checkPlugin(f *filter) {
	p := f.plugin
	if !p.config.Exists() {
		return
	}
	if p.adapter == ability.Module {
		x.checkModule(f)
	} else {
		x.checkWasm(f)
	}
	if p.text.Exists() {
		p.document = x.checkDocument(p.text, p.adapter)
		x.checkRoot(p)
	}
}

// checkWasm looks at how Envoy runs the Wasm filter.
func (x *examiner) checkWasm(f *filter) {
	p := f.plugin
	switch policy := p.config.get("failure_policy").text(); {
	case policy == "FAIL_OPEN" || p.config.get("fail_open").isTrue():
	case policy == "FAIL_RELOAD":
		x.report(code.FailClosed, finding.Warning, p.config.get("failure_policy"), reloads)
	default:
		x.report(code.FailClosed, finding.Error, p.config,
			"%q fails closed: after a crash of the filter every reply of its worker is an empty 503; set failure_policy: FAIL_OPEN", f.name)
	}
	if stop := p.config.get("allow_on_headers_stop_iteration"); stop.isTrue() {
		x.report(code.StopsIteration, finding.Warning, stop,
			"allow_on_headers_stop_iteration changes what Envoy does with the filter's verdicts; it is made for the default, so leave it out")
	}
	x.checkVariables(p.config.get("vm_config", "environment_variables"))
	if c := p.config.get("configuration"); strings.HasSuffix(c.typeName(), ".Struct") {
		x.report(code.DocumentAsStruct, finding.Error, c,
			"the document is a Struct, which arrives at the filter as bytes that are no JSON; write it as a text: {\"@type\": type.googleapis.com/google.protobuf.StringValue, value: ...}")
	}
}

// checkRoot looks for another plugin that the filter takes for the same: it keeps the last good document by name and root_id, in data
// that all plugins of a vm_id share.
func (x *examiner) checkRoot(p *plugin) {
	root := p.root()
	first, again := x.roots[root]
	switch {
	case !again:
		x.roots[root] = p.text
	case first.content() == p.text.content():
	case p.adapter == ability.Module:
		x.report(code.SharedRoot, finding.Warning, orElse(p.config.get("filter_name"), p.config),
			"another chain has the module with the filter_name %q, and another document; give this one a filter_name of its own", root.name)
	default:
		x.report(code.SharedRoot, finding.Warning, orElse(p.config.get("root_id"), p.config),
			"another chain has a plugin with the name %q, the root_id %q and the vm_id %q, and another document; give this one a root_id of its own",
			root.name, root.rootID, root.vmID)
	}
}

// root is what the filter tells this plugin from others by.
func (p *plugin) root() root {
	if p.adapter == ability.Module {
		return root{adapter: p.adapter, name: p.config.get("filter_name").text()}
	}
	return root{p.adapter, p.config.get("name").text(), p.config.get("root_id").text(), p.config.get("vm_config", "vm_id").text()}
}

// checkDocument reads a document as the filter does: a text, or an object, in manifests and for the dynamic module. It is nil when it
// has errors.
func (x *examiner) checkDocument(text node, adapter ability.Adapter) *config.Document {
	document, written := text.content(), text.Type != gjson.String
	read := reading{adapter, document}
	if known, ok := x.documents[read]; ok {
		return known
	}
	host, _ := x.host(adapter)
	program, found := engine.Load([]byte(document), engine.LimitedTo(host.String(), host.Fields, host.Tells))
	for _, f := range found {
		at := text
		if written {
			at.Index += offset(document, f.Line, f.Column)
			at.path = strings.TrimSuffix(text.path+"."+f.Path, ".")
			f.Line = 0
		}
		x.report(code.BadDocumentInEnvoy, finding.Of(f.Severity), at, "the document of the filter: %s", f)
	}
	var decoded *config.Document
	if program != nil {
		decoded, _ = config.Decode([]byte(document))
	}
	x.documents[read] = decoded
	return decoded
}

// offset is the byte at a line and a column of a text.
func offset(text string, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			break
		}
		at += end + 1
	}
	return min(at+max(column, 1)-1, len(text))
}

// checkDiscovery looks at how a filter that a server delivers begins. delivered reports that a server delivers its listener as well:
// when both come over one stream (ads), there is no listener as long as the server is down, and nothing to lose.
func (x *examiner) checkDiscovery(f *filter, delivered bool) {
	if !f.discovery.Exists() || delivered && f.discovery.get("config_source", "ads").Exists() {
		return
	}
	if !f.discovery.get("default_config").Exists() {
		x.report(code.NoDefaultConfig, finding.Error, f.discovery,
			"without default_config Envoy answers 500 to everything while the server of %q is down at a start; give it one, with plugin.wasm from a local file", f.name)
		return
	}
	if !f.discovery.get("apply_default_config_without_warming").isTrue() {
		x.report(code.WaitsForServer, finding.Warning, f.discovery,
			"the listener waits for the server of %q before it serves; set apply_default_config_without_warming: true", f.name)
	}
}
