// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/listing"
)

// checkPosition looks at where the filter stands. Envoy shows a reply to the filters in front of the one that made it, from there
// to the head of the chain; a filter that has not seen the request sees no reply.
func (x *examiner) checkPosition(m *manager) {
	ours := m.ours()
	if len(ours) == 0 {
		return
	}
	f := &m.filters[ours[0]]
	var unseen []string
	for i := range ours[0] {
		before := &m.filters[i]
		if p := producerOf(before); !p.harmless {
			unseen = append(unseen, before.name+x.parenthesized(p))
		}
	}
	if len(unseen) > 0 {
		x.report(code.FilterNotFirst, finding.Error, f.entry,
			"%q stands behind filters whose errors it cannot see: %s; move it to the head of http_filters", f.name, shorten(unseen))
	}
	if f.disabled {
		x.report(code.FilterOffByDefault, finding.Error, f.entry.get("disabled"),
			"%q is disabled, so that only routes that enable it have it: it never sees an error without a route, such as the 404 of none; leave disabled out", f.name)
	}
	enabled := slices.DeleteFunc(slices.Clone(ours), func(i int) bool { return m.filters[i].disabled })
	if len(enabled) > 1 {
		second := &m.filters[enabled[1]]
		x.report(code.FilterTwice, finding.Error, second.entry,
			"%q is the filter a second time in one chain; what one writes the other takes for a reply of Envoy; keep the one at the head", second.name)
	}
	x.checkVMs(m)
	x.checkUpgrades(m)
	x.checkPreflight(m, f)
}

// checkVMs looks for plugins that do not share VMs.
func (x *examiner) checkVMs(m *manager) {
	var known []string
	for _, i := range m.ours() {
		f := &m.filters[i]
		if f.plugin.adapter != ability.Wasm {
			continue
		}
		id := f.plugin.config.get("vm_config", "vm_id").text()
		if len(known) > 0 && !slices.Contains(known, id) {
			x.report(code.VMsOfItsOwn, finding.Warning, f.entry,
				"%q is a further plugin of the filter, with VMs of its own, one for each worker of Envoy, since its vm_id is another; use one plugin, and routes of its document", f.name)
		}
		known = append(known, id)
	}
}

// parenthesized names the types that a filter raises.
func (x *examiner) parenthesized(p producer) string {
	if types := p.types(x.dialect); len(types) > 0 {
		return " (" + listing.Words(types) + ")"
	}
	return ""
}

// checkUpgrades looks at upgrade_configs. Filters of an upgrade take the place of http_filters.
func (x *examiner) checkUpgrades(m *manager) {
	names := map[string]bool{}
	for _, i := range m.ours() {
		names[m.filters[i].name] = true
	}
	for u := range m.config.get("upgrade_configs").each() {
		filters := u.get("filters")
		some, has := false, false
		for f := range filters.each() {
			some = true
			has = has || names[f.get("name").text()]
		}
		if some && !has {
			x.report(code.FilterNotInUpgrade, finding.Warning, filters,
				"upgrades to %q have filters of their own, and the filter is not among them; put it at their head", u.get("upgrade_type").text())
		}
	}
}

// authorizers are the filters that refuse a request without a credential, as a preflight is.
var authorizers = map[string]bool{
	"jwt_authn": true, "basic_auth": true, "api_key_auth": true, "ext_authz": true, "oauth2": true, "rbac": true,
}

// checkPreflight looks for an authorization in front of cors. A browser sends no credential with a preflight, so that it is denied
// before cors can answer it. The filter answers it, when the document says how.
func (x *examiner) checkPreflight(m *manager, ours *filter) {
	document := ours.plugin.document
	if document == nil || document.CORS != nil && document.CORS.Preflight != nil {
		return
	}
	var before *filter
	for i := range m.filters {
		f := &m.filters[i]
		if authorizers[f.kind()] && before == nil {
			before = f
		}
		if f.kind() == "cors" && before != nil {
			x.report(code.PreflightDenied, finding.Warning, f.entry,
				"%q stands behind %q, which denies the preflights of browsers, for they have no credential; move it to the front, or give the document cors.preflight",
				f.name, before.name)
			return
		}
	}
}

// shorten joins a list, of which only the first elements are shown.
func shorten(list []string) string {
	const most = 8
	if len(list) > most {
		list = append(list[:most:most], fmt.Sprintf("and %d more", len(list)-most))
	}
	return strings.Join(list, ", ")
}
