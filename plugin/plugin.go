// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// program is what the plugin asks of a loaded document. Outside tests it is an *engine.Program.
type program interface {
	Needs() engine.Needs
	Wants(status int, details string) engine.Wants
	Revision() int64
	Decide(*facts.Facts) engine.Decision
}

// loader makes a program of a document; nil when a finding is an error.
type loader func(text []byte) (program, config.Findings)

// load is the loader outside tests.
func load(text []byte) (program, config.Findings) {
	loaded, findings := engine.Load(text, engine.Everything())
	if loaded == nil {
		return nil, findings
	}
	return loaded, findings
}

// vm is what all plugins of one VM share. Envoy runs one VM for each worker, with one thread.
type vm struct {
	host      host
	load      loader
	onInvalid string
	metrics   metrics
	// flooded reports whether the last reply of the VM was an error whose headers were read.
	flooded bool
	// failures, panics and unknown keep lines about the same thing apart in time.
	failures, panics, unknown, unknownRoute limiter
	// pacemaker is the plugin whose timer counts the heartbeat of the VM, nil until one has.
	pacemaker *plugin
	// newest is the plugin that was configured last of those that Envoy has, nil for none.
	newest *plugin
	// named holds the headers and details of nested replies that the log has spoken of.
	named map[string]bool
	// documents holds the fingerprints of the route documents whose findings the log has.
	documents map[string]bool
}

// newVM returns the state of a VM that talks to host. onInvalid is the value of GWR_ON_INVALID.
func newVM(host host, load loader, onInvalid string) *vm {
	return &vm{
		host:      host,
		load:      load,
		onInvalid: onInvalid,
		metrics:   metrics{host: host, ids: map[string]uint32{}, replies: map[edit.Counter]uint32{}},
		named:     map[string]bool{},
		documents: map[string]bool{},
	}
}

// plugin is one configured filter. Its document does not change: for another one Envoy makes another plugin.
type plugin struct {
	vm *vm
	// name and rootID tell plugins of one vm_id apart: the configured name, and root_id.
	name, rootID string
	// before is the plugin that was configured before it, of those that Envoy has; nil for none.
	before *plugin
	// program is nil when there is no good document: all replies pass.
	program program
	needs   engine.Needs
	// invalid is the line of invalidKey that stands for the plugin's own document, "" for a good one.
	invalid string
}

// use takes loaded, or nil, as what decides from now on.
func (p *plugin) use(loaded program) {
	p.program = loaded
	if loaded != nil {
		p.needs = loaded.Needs()
	}
}

// captures reports whether anything of a request is asked for.
func (p *plugin) captures() bool {
	return p.program != nil && !p.needs.Idle && (p.needs.AllRequestHeaders || len(p.needs.RequestHeaders) > 0)
}
