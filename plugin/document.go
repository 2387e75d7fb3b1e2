// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/version"
	"gatewayresponses/plugin/internal/abi"
)

// onInvalidVariable says what becomes of a bad document when no good one is known: onInvalidRefuse, or empty to let all
// replies pass. Envoy hands it over from vm_config.environment_variables.
const onInvalidVariable = "GWR_ON_INVALID"

// onInvalidRefuse makes the plugin refuse to start with a bad document.
const onInvalidRefuse = "refuse"

// maxLoggedFindings is how many findings of one document are logged. A document of 1 MiB can hold 200,000.
const maxLoggedFindings = 100

// configure makes a program of the document, whose length in bytes is size. It answers false only when it is told to
// refuse: Envoy would exit, or answer 500 to everything.
//
// Envoy configures every worker, and the main thread twice. What is wrong with a document is logged by the first of them.
func (p *plugin) configure(size int) bool {
	p.identify()
	p.begin()
	p.startHeartbeat()
	text, loaded, findings := p.document(size)
	known := p.recordInvalid(text, loaded == nil)
	if loaded != nil {
		if known = p.remember(text); !known {
			p.report(findings)
		}
		p.use(loaded)
		p.showInForce()
		return true
	}
	if p.vm.onInvalid == onInvalidRefuse {
		p.report(findings)
		p.log(abi.LevelError, "the document is refused, as "+onInvalidVariable+" asks for")
		return false
	}
	if !known {
		p.report(findings)
	}
	p.use(p.lastGood(known))
	p.showInForce()
	return true
}

// survive takes the last good document after a panic in configure, whose cause is what recover returned. A panic of the engine is a
// finding, and comes no further than compile.
func (p *plugin) survive(cause any) {
	if cause == nil {
		return
	}
	p.vm.panicked(cause)
	if p.program != nil {
		return
	}
	defer p.vm.recovered()
	p.identify()
	p.use(p.lastGood(false))
}

// showInForce sets the gauges that say which filter runs, and which revision of its document. They belong to the process: all
// workers set the same. Documents without a revision have none, unless one with a revision went before.
func (p *plugin) showInForce() {
	gauges, build := &p.vm.metrics, edit.Build+version.Number
	if !gauges.has(build) {
		gauges.set(build, 1)
	}
	revision := int64(0)
	if p.program != nil {
		revision = p.program.Revision()
	}
	name := edit.Revision + cmp.Or(p.name, p.rootID, "unnamed")
	if revision != 0 || gauges.has(name) {
		gauges.set(name, uint64(revision))
	}
}

// identify reads the names that tell this plugin from others.
func (p *plugin) identify() {
	p.name = p.ownProperty("plugin_name")
	p.rootID = p.ownProperty("plugin_root_id")
	if p.vm.onInvalid != "" && p.vm.onInvalid != onInvalidRefuse {
		p.log(abi.LevelWarn, onInvalidVariable+" "+quote(p.vm.onInvalid)+
			" has no effect; "+onInvalidRefuse+" is the one value it can have")
	}
}

// ownProperty reads an attribute of the plugin; "" when it cannot be read.
func (p *plugin) ownProperty(name string) string {
	value, err := p.vm.host.property(name)
	if err != nil {
		p.log(abi.LevelWarn, err.Error())
	}
	return string(value)
}

// document fetches the text and loads it.
func (p *plugin) document(size int) ([]byte, program, config.Findings) {
	var text []byte
	if size > 0 {
		var err error
		if text, err = p.vm.host.configuration(); err != nil {
			return nil, nil, config.Findings{{Code: code.NotLoaded, Message: "the configuration cannot be read: " + err.Error()}}
		}
	}
	loaded, findings := p.compile(text)
	return text, loaded, findings
}

// compile loads text. A panic is a finding, so that it costs the document and not the filter.
func (p *plugin) compile(text []byte) (loaded program, findings config.Findings) {
	defer func() {
		if cause := recover(); cause != nil {
			p.vm.panicked(cause)
			loaded, findings = nil, config.Findings{{Code: code.NotLoaded, Message: "the document cannot be loaded: " + causeText(cause)}}
		}
	}()
	return p.vm.load(text)
}

// report logs what was found in the document, one line for each finding, and how many more there are.
func (p *plugin) report(findings config.Findings) {
	p.reportIn("", findings)
}

// reportIn is report with words in front of each line that say which document it is about.
func (p *plugin) reportIn(where string, findings config.Findings) {
	for i, finding := range findings {
		if i == maxLoggedFindings {
			p.log(abi.LevelError, where+strconv.Itoa(len(findings)-i)+" more findings")
			return
		}
		level := abi.LevelError
		if finding.Severity == config.Warning {
			level = abi.LevelWarn
		}
		p.log(level, where+finding.String()+" ["+finding.Code.String()+"]")
	}
}

// remember keeps the text of a good document for the time when a bad one comes, and reports whether it was kept already.
func (p *plugin) remember(text []byte) (known bool) {
	if old, _, err := p.vm.host.sharedData(p.documentKey()); err == nil && bytes.Equal(old, text) {
		return true
	}
	if err := p.vm.host.setSharedData(p.documentKey(), text, 0); err != nil {
		p.log(abi.LevelWarn, "the document cannot be kept for later: "+err.Error())
	}
	return false
}

// lastGood loads the document that worked before, nil without one. Of a document that is known to be bad it says nothing.
func (p *plugin) lastGood(known bool) program {
	loaded, outcome := p.loadLastGood()
	if !known {
		p.log(abi.LevelWarn, "the document is not used"+outcome)
	}
	return loaded
}

// loadLastGood is lastGood without the log line; outcome ends it.
func (p *plugin) loadLastGood() (loaded program, outcome string) {
	text, _, err := p.vm.host.sharedData(p.documentKey())
	if err != nil {
		p.log(abi.LevelWarn, "the last good document cannot be fetched: "+err.Error())
	}
	if len(text) > 0 {
		loaded, _ = p.compile(text)
	}
	if loaded == nil {
		return nil, ", and there is no earlier one; all replies pass untouched"
	}
	return loaded, "; the last good one goes on working"
}

// documentKey names the shared data that holds the last good document.
func (p *plugin) documentKey() string {
	return "gateway_responses.document\x00" + p.name + "\x00" + p.rootID
}

// log writes a line that begins with the plugin's name, or with the project's when it has none.
func (p *plugin) log(level abi.Level, line string) {
	p.vm.host.log(level, cmp.Or(p.name, projectLabel)+": "+line)
}
