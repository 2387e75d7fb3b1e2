// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/listing"
)

// Chain is a chain of HTTP filters, and who in it can raise what.
type Chain struct {
	// Name is that of the listener, and of the filter chain where there are several.
	Name string `json:"name"`
	// Producers are those who make errors: what comes before the filters, the filters in their order, and the connection manager.
	Producers []Producer `json:"producers"`
	// Unraised are the types that the document has entries for and that nothing in the chain raises.
	Unraised []config.ResponseType `json:"unraised,omitempty"`
}

// Producer is one who makes errors.
type Producer struct {
	// Name is the configured name of a filter.
	Name string `json:"name"`
	// Ours reports that it is the filter itself.
	Ours bool `json:"ours,omitempty"`
	// Seen reports whether the filter sees the errors.
	Seen bool `json:"seen"`
	// ByRoute reports that only routes switch it on.
	ByRoute bool `json:"byRoute,omitempty"`
	// Types are the types that it can raise.
	Types []config.ResponseType `json:"types,omitempty"`
	// Note says what types do not.
	Note string `json:"note,omitempty"`
}

// beforeFilters is the name of what comes before the filters.
const beforeFilters = "(before the filters)"

// addChain adds the chain of a connection manager to the report.
func (x *examiner) addChain(m *manager) {
	ours := m.ours()
	c := Chain{Name: m.name}
	var raised []classify.Result
	add := func(p Producer, of producer) {
		c.Producers = append(c.Producers, p)
		if p.Seen {
			raised = append(raised, of.classes(x.dialect)...)
		}
	}
	if m.seesEarly() {
		add(x.producer(beforeFilters, producer{raises: early.raises}, true), early)
	} else {
		add(x.producer(beforeFilters, early, false), early)
	}
	for i := range m.filters {
		f := &m.filters[i]
		if f.plugin != nil {
			c.Producers = append(c.Producers, Producer{Name: f.name, Ours: true, ByRoute: f.disabled})
			continue
		}
		of := producerOf(f)
		p := x.producer(f.name, of, len(ours) > 0 && i > ours[0])
		p.ByRoute = f.disabled
		add(p, of)
	}
	add(x.producer("(the connection)", connection, len(ours) > 0), connection)
	if len(ours) > 0 {
		c.Unraised = unraised(m.filters[ours[0]].plugin.document, raised)
		if len(c.Unraised) > 0 {
			f := &m.filters[ours[0]]
			x.report(code.NothingRaises, finding.Info, f.plugin.text, "nothing in %s raises %s, so that entries of the document never answer there", m.name, listing.Words(c.Unraised))
		}
	}
	x.Chains = append(x.Chains, c)
}

// producer is a row of the table.
func (x *examiner) producer(name string, of producer, seen bool) Producer {
	return Producer{Name: name, Seen: seen, Types: of.types(x.dialect), Note: of.note}
}

// unraised are the types that a document has entries for, and that none of the replies has, nor falls back to. What a producer
// declares or the upstream sends can be of any type, so that nothing is known of such documents.
func unraised(document *config.Document, replies []classify.Result) []config.ResponseType {
	if document == nil || document.Declared != nil || document.RewritesUpstream() {
		return nil
	}
	raised := map[config.ResponseType]bool{}
	for _, r := range replies {
		raised[r.Type], raised[r.Broader] = true, true
		raised[r.Type.Family()] = true
	}
	for i := range document.Rules {
		raised[document.Rules[i].ResponseType] = true
	}
	var missing []config.ResponseType
	add := func(entries []config.GatewayResponse) {
		for i := range entries {
			if t := entries[i].Type; !raised[t] {
				raised[t] = true // once is enough
				missing = append(missing, t)
			}
		}
	}
	add(document.GatewayResponses)
	for i := range document.Routes {
		add(document.Routes[i].GatewayResponses)
	}
	return missing
}
