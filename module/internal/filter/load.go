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

// Load makes a filter of a document, with what gauges are to say then. A bad document does not stop traffic: the last good one of the
// filters with that name takes its place, or else all replies pass. ok is false where a bad document is to be refused.
func (p *Process) Load(name string, text []byte) (f *Filter, readings []Reading, ok bool) {
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
	return f, append(p.readings(name), Reading{Gauge: build, LabelValue: version.Number, Value: 1}), true
}

// outcome says what is done without a good document.
func outcome(good *engine.Program) string {
	if good == nil {
		return ", and there is no earlier one; all replies pass untouched"
	}
	return "; the last good one goes on working"
}

// revision is that of the document in force, 0 for none.
func (f *Filter) revision() uint64 {
	if f.program == nil {
		return 0
	}
	return uint64(f.program.Revision())
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

// Unload ends a filter, and returns what gauges are to say then: where that was the newest one of its name, they speak of the one before
// again, as when Envoy has refused a listener and goes on with the old one.
func (f *Filter) Unload() []Reading {
	p := f.process
	p.mutex.Lock()
	defer p.mutex.Unlock()
	s := p.slot(f.name)
	s.filters = slices.DeleteFunc(s.filters, func(other *Filter) bool { return other == f })
	return p.readings(f.name)
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
