// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"cmp"
	"hash/maphash"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/version"
	"gatewayresponses/module/internal/fault"
)

// Filter is one configured filter. It does not change: for another document Envoy makes another.
type Filter struct {
	process *Process
	// name tells filters apart: the filter_name of Envoy's configuration.
	name string
	// program is nil when there is no good document: all replies pass.
	program *engine.Program
	// text is the fingerprint of its own document, and invalid reports whether that is bad.
	text    uint64
	invalid bool
}

// Load makes a filter of a document, with the gauges to set for it. A bad document does not stop traffic: the last good one of the
// filters with that name takes its place, or else all replies pass. ok is false where a bad document is to be refused.
func (p *Process) Load(name string, text []byte) (f *Filter, gauges []Gauge, ok bool) {
	name = cmp.Or(name, "unnamed")
	program, findings := p.compile(text)
	f = &Filter{process: p, name: name, text: maphash.Bytes(p.seed, text), invalid: program == nil}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	s := p.slot(name)
	newest := s.newest()
	known := newest != nil && newest.text == f.text && newest.invalid == f.invalid
	if !known {
		p.report(name+": ", findings)
	}
	if program == nil && p.refuses {
		p.log(LevelError, name+": the document is refused")
		return nil, nil, false
	}
	s.filters = append(s.filters, f)
	if program != nil {
		s.good = program
	} else if !known {
		p.log(LevelWarn, name+": the document is not used"+outcome(s.good))
	}
	f.program = s.good
	return f, append(p.inForce(s), p.invalid()), true
}

// outcome says what is done without a good document.
func outcome(good *engine.Program) string {
	if good == nil {
		return ", and there is no earlier one; all replies pass untouched"
	}
	return "; the last good one goes on working"
}

// inForce are the gauges that say which filter runs, and which revision of its document. Documents without a revision have none, unless
// one with a revision went before. The mutex is held.
func (p *Process) inForce(s *slot) []Gauge {
	gauges := []Gauge{{Name: "gateway_responses.build", Label: "gateway_responses_version", LabelValue: version.Number, Value: 1}}
	revision := int64(0)
	if s.good != nil {
		revision = s.good.Revision()
	}
	if s.revised = s.revised || revision != 0; s.revised {
		gauges = append(gauges, Gauge{Name: "gateway_responses.revision", Label: "gateway_responses_plugin", LabelValue: s.newest().name, Value: uint64(revision)})
	}
	return gauges
}

// compile loads text. A panic is a finding, so that it costs the document and not Envoy.
func (p *Process) compile(text []byte) (program *engine.Program, findings config.Findings) {
	defer func() {
		if cause := recover(); cause != nil {
			p.Panicked(cause)
			program, findings = nil, config.Findings{{Code: code.NotLoaded, Message: "the document cannot be loaded: " + causeText(cause)}}
		}
	}()
	fault.Provoke("compile")
	return engine.Load(text, p.abilities)
}

// Unload ends a filter, and returns the gauge that it may have moved: where that was the newest one of its name, the one before counts
// again, as when Envoy has refused a listener and goes on with the old one.
func (f *Filter) Unload() Gauge {
	p := f.process
	p.mutex.Lock()
	defer p.mutex.Unlock()
	s := p.slot(f.name)
	s.filters = slices.DeleteFunc(s.filters, func(other *Filter) bool { return other == f })
	return p.invalid()
}

// Gate is what is looked at before anything is read of a reply, so that good traffic costs next to nothing.
type Gate struct {
	// Passes reports that all replies pass, and that nothing is counted.
	Passes bool
	engine.Needs
	// LeavesUpstream reports that errors whose details are via_upstream are left, and nothing else is read of them.
	LeavesUpstream bool
	// Fields are what nearly every error is asked for.
	Fields facts.Fields
	// Time reports whether the time of a request may be asked for.
	Time bool
}

// Gate is that of the filter.
func (f *Filter) Gate() Gate {
	if f.program == nil {
		return Gate{Passes: true}
	}
	wants := f.program.Wants(facts.FirstError, "")
	return Gate{
		Needs:          f.program.Needs(),
		LeavesUpstream: f.program.Wants(facts.FirstError, "via_upstream").Left == engine.LeftUpstream,
		Fields:         f.program.Usual(),
		Time:           (wants.Fields | wants.OfRouteDocuments).Has(facts.FieldTime),
	}
}
