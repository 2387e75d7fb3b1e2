// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"

	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// Report is what was found.
type Report struct {
	// Envoy is the version of the Envoy that dumped its configuration, "" for one that is not known.
	Envoy    string
	Findings finding.List
	// Chains are the chains of HTTP filters, with what can be raised in them.
	Chains []Chain
}

// Options are what the caller knows.
type Options struct {
	// Filter is the configured name of the filter, "" to look for it.
	Filter string
}

// Examine reads a configuration, which messages call name. The error says why it cannot be read.
func Examine(name string, text []byte, options Options) (*Report, error) {
	nodes, found, err := parse(name, text)
	if err != nil {
		return nil, err
	}
	x := &examiner{Report: &Report{Findings: append(finding.List{}, found...), Chains: []Chain{}}, options: options, documents: map[reading]*config.Document{}, counts: map[code.Code]int{}, roots: map[root]node{}}
	if !found.HasErrors() {
		x.examine(nodes)
	}
	x.more()
	for i := range x.Findings {
		x.Findings[i].File = name
	}
	x.Findings.Sort()
	return x.Report, nil
}

// examiner makes a report.
type examiner struct {
	*Report
	options Options
	// dialect is that of the document of the chain that is looked at.
	dialect classify.Dialect
	// documents are those that were read.
	documents map[reading]*config.Document
	// roots are the documents of plugins, by what the filter tells them apart by.
	roots map[root]node
	// replaced reports that something else was delivered in the place of the filter.
	replaced bool
	// unknown reports that it has been said of a dynamic module that the environment of Envoy is not known.
	unknown bool
	// minor is the minor version of Envoy 1, 0 when it is not known.
	minor int
	// counts are how often each code was found.
	counts map[code.Code]int
}

// reading is a document, and what it was read for.
type reading struct {
	adapter ability.Adapter
	text    string
}

// maxOfOne is how many findings of one code are listed.
const maxOfOne = 50

// report adds a finding.
func (x *examiner) report(c code.Code, severity finding.Severity, at node, format string, values ...any) {
	if x.counts[c]++; x.counts[c] > maxOfOne {
		return
	}
	x.Findings = append(x.Findings, finding.Finding{
		Code: c, Severity: severity, Place: at.place(), Path: at.path, Message: fmt.Sprintf(format, values...),
	})
}

// more says how many findings are not listed.
func (x *examiner) more() {
	for i := len(x.Findings) - 1; i >= 0; i-- {
		f := &x.Findings[i]
		if n := x.counts[f.Code]; n > maxOfOne {
			f.Message += fmt.Sprintf("; there are %d more like it that are not listed", n-maxOfOne)
			delete(x.counts, f.Code)
		}
	}
}

// examine looks at all values of a text.
func (x *examiner) examine(nodes []node) {
	if len(nodes) == 1 {
		root := nodes[0]
		switch {
		case root.IsArray():
			e := &envoy{filters: map[string]node{}}
			e.managers = append(e.managers, e.chain("http_filters", root))
			x.examineEnvoy(e, root)
			return
		case root.get("configs").IsArray():
			x.examineEnvoy(readDump(root), root)
			return
		case root.get("static_resources").Exists() || root.get("dynamic_resources").Exists():
			x.examineEnvoy(readBootstrap(root), root)
			return
		case root.get("resources").IsArray():
			x.examineEnvoy(readResources(root), root)
			return
		}
	}
	x.examineManifests(nodes)
}

// examineEnvoy looks at one Envoy.
func (x *examiner) examineEnvoy(e *envoy, at node) {
	x.readVersion(e)
	some := false
	for i := range e.managers {
		m := &e.managers[i]
		x.findPlugins(m)
		some = some || len(m.ours()) > 0
	}
	x.checkVersion(e)
	x.checkOtherModules(e)
	if len(e.managers) == 0 {
		x.report(code.NothingToExamine, finding.Error, at, "there is no HTTP connection manager in it, so there is nothing that the filter could stand in; if a server delivers listeners, give the config_dump")
		return
	}
	for i := range e.managers {
		x.examineManager(&e.managers[i], some)
	}
	if !some && !x.replaced {
		x.report(code.FilterMissing, finding.Error, e.managers[0].config.get("http_filters"),
			"no chain of HTTP filters has the filter: no Wasm filter and no dynamic module is called gateway_responses or has a document; name it with --filter if it is called otherwise")
	}
}

// examineManager looks at one chain. some reports whether any chain has the filter.
func (x *examiner) examineManager(m *manager, some bool) {
	ours := m.ours()
	if len(ours) == 0 && some && !m.internal {
		x.report(code.FilterMissing, finding.Info, m.config.get("http_filters"), "%s has not the filter: its errors stay as Envoy makes them", m.name)
	}
	x.dialect = classify.Envoy
	for _, i := range ours {
		x.checkPlugin(&m.filters[i])
		x.checkDiscovery(&m.filters[i], m.delivered)
		if d := m.filters[i].plugin.document; d != nil && d.Emulate == config.EmulateAWS {
			x.dialect = classify.AWS
		}
	}
	x.checkPosition(m)
	if len(ours) > 0 {
		x.checkLocalReply(m)
	}
	x.checkRoutes(m)
	if len(ours) > 0 || !m.internal {
		x.addChain(m)
	}
}
