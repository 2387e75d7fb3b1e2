// SPDX-License-Identifier: Apache-2.0

package config

import (
	"math"

	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/jsonread"
)

// Decode reads a document and checks all of it but what its variables and templates mean. The findings are sorted by
// place; text that is not JSON ends them, and so does an error among too many (see MaxFindings). The document is never nil:
// it holds what could be decoded, with defaults for the rest, so that a caller may go on and find more. It keeps text, which
// must not change afterwards.
func Decode(text []byte) (*Document, Findings) {
	d := newDecoder(text, MaxFindings)
	if d.checkInput() {
		rootObject.read(d, Text{}, d.document)
		d.settle()
		d.checkOwnTypes()
		d.checkUpstream()
		d.Trailing()
	}
	return d.result()
}

// decoder reads a document.
type decoder struct {
	*jsonread.Reader
	document *Document
	// upstreamKey is where the key upstream of the root stands, zero without one.
	upstreamKey Text
	// ownNamed are types of one's own that something other than gatewayResponses names.
	ownNamed []Text
	// typeNames are the types of AWS, once they are asked for, and typesListed reports that a finding has listed them.
	typeNames   []string
	typesListed bool
	// ownNames are the types of one's own, sorted, once they are asked for.
	ownNames []string
	// scope is the emulation of the route that is being read, nil in the document.
	scope *Emulate
	// segments is how many segments its resources can still have together, in a route document.
	segments int
	// written are keys of the objects that are being read, the innermost one's last.
	written written
	// setters and mediaTypes are used again for each entry, see cleared.
	setters    map[string]setter
	mediaTypes map[string]Text
	// responses are texts of the gatewayResponses of routes, by their hashes.
	responses map[uint64]responsesText
	// foreign are the reports whose severity depends on emulate.
	foreign []foreign
}

// newDecoder begins to read text, of which it keeps that many findings.
func newDecoder(text []byte, findings int) *decoder {
	document := &Document{Source: text, Version: version, Mode: ModeRewrite, Escaping: EscapingAuto}
	return &decoder{Reader: jsonread.NewReader(text, &document.places, findings), document: document, segments: math.MaxInt}
}

// reportFlaw notes what is wrong with a string of the document.
func (d *decoder) reportFlaw(t Text, f *grammar.Flaw) {
	severity := Error
	if f.Warning {
		severity = Warning
	}
	d.ReportAt(f.Code, severity, t, f.At, f.Message)
}

// checked reads a string and returns it when check finds nothing wrong with it.
func (d *decoder) checked(key Text, check func(string) *grammar.Flaw) (Text, bool) {
	value, ok := d.Text(key)
	if !ok {
		return Text{}, false
	}
	if problem := check(value.Value); problem != nil {
		d.reportFlaw(value, problem)
		return Text{}, false
	}
	return value, true
}

// listOf reads a list of strings, and returns those that check finds nothing wrong with.
func (d *decoder) listOf(key Text, check func(string) *grammar.Flaw) []Text {
	var all []Text
	for _, text := range d.Texts(key) {
		if problem := check(text.Value); problem != nil {
			d.reportFlaw(text, problem)
			continue
		}
		all = append(all, text)
	}
	return all
}

// result is what was decoded, and what was found.
func (d *decoder) result() (*Document, Findings) {
	d.document.Cut = d.Broken()
	return d.document, d.findings()
}

// findings gives the reports lines and columns, and sorts them by place.
func (d *decoder) findings() Findings {
	var findings Findings
	for _, r := range d.Reports() {
		f := Finding{Code: r.Code, Severity: r.Severity, Path: d.document.places.Path(d.document.Source, r.In), Message: r.Message}
		if r.Offset != jsonread.Nowhere {
			f.Line, f.Column = d.document.places.Position(d.document.Source, r.Offset)
		}
		findings = append(findings, f)
	}
	findings.Sort()
	return findings
}
