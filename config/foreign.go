// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// foreign is a report about something inside gatewayResponses that AWS takes or publishes, and that means nothing here or
// is written in another way. It is an error, and with emulate "aws" a warning. Keys come in any order, so that is not known
// until the root is read.
type foreign struct {
	// report is the number of the report, which is a warning so far.
	report int
	// emulate is that of the route, nil in the document.
	emulate *Emulate
	// message is that of the error.
	message string
}

// What becomes of something foreign, in the words of the warning.
const (
	ignored = " (ignored)"
	takenSo = " (taken for that)"
)

// reportForeign notes a foreign string of the document.
func (d *decoder) reportForeign(t Text, f *grammar.Flaw, effect string) {
	if f.Warning {
		d.reportFlaw(t, f)
		return
	}
	d.ReportAt(f.Code, Warning, t, f.At, f.Message+effect)
	noted := foreign{d.Latest(), d.scope, f.Message}
	if noted.report < 0 {
		noted.message = ""
	}
	d.foreign = append(d.foreign, noted)
}

// emulatesAWS reports whether AWS's behaviour is taken over, for a route with the given emulation or for the document.
func (d *decoder) emulatesAWS(emulate *Emulate) bool {
	return d.document.Emulate == EmulateAWS || emulate != nil && *emulate == EmulateAWS
}

// settle makes errors of what is foreign where AWS is not emulated. Where it is the entries go that no type is left for.
func (d *decoder) settle() {
	for _, f := range d.foreign {
		if !d.emulatesAWS(f.emulate) {
			d.Harden(f.report, f.message)
		}
	}
	d.document.GatewayResponses = withType(d.document.GatewayResponses, d.emulatesAWS(nil))
	for i := range d.document.Routes {
		route := &d.document.Routes[i]
		route.GatewayResponses = withType(route.GatewayResponses, d.emulatesAWS(&route.Emulate))
	}
}

// withType drops the entries whose type there is not, if they are ignored.
func withType(responses []GatewayResponse, ignored bool) []GatewayResponse {
	if !ignored {
		return responses
	}
	kept := responses[:0]
	for _, response := range responses {
		if response.Type != "" {
			kept = append(kept, response)
		}
	}
	return kept
}

// entryType is the type that a key of gatewayResponses names, "" after a finding about it. AWS's samples write types in
// other cases, too.
func (d *decoder) entryType(key Text) ResponseType {
	if _, known := ParseResponseType(key.Value); known || ResponseType(key.Value).IsOwn() {
		return d.responseType(key)
	}
	for _, row := range defaultStatuses {
		if chars.EqualFold(string(row.Type), key.Value) {
			d.reportForeign(key, d.unknownType(key.Value), takenSo)
			return row.Type
		}
	}
	d.reportForeign(key, d.unknownType(key.Value), ignored)
	return ""
}

// foreignKey reads a key that an entry does not have. CloudFormation and SAM write those that it has with a capital.
func (d *decoder) foreignKey(name Text, names []string, e *entry) {
	problem := grammar.Wrong(code.UnknownKey, d.UnknownKeyMessage(name.Value, names))
	for i, read := range [...]func(*decoder, Text, *entry){(*decoder).statusCode, (*decoder).responseParameters, (*decoder).responseTemplates} {
		if chars.EqualFold(entryKeys[i], name.Value) {
			d.reportForeign(name, problem, takenSo)
			read(d, name, e)
			return
		}
	}
	d.reportForeign(name, problem, ignored)
	d.Skip(name)
}

// samParameters reads the value of one of SAM's keys, an object of names and sources.
func (d *decoder) samParameters(key Text, e *entry) {
	if key.Value != grammar.SAMKeys[0] {
		d.reportForeign(key, grammar.Wrong(code.MappingWithoutEffect, quote.Text(key.Value)+" has no effect, for a reply has headers only; use "+quote.Text(grammar.TargetPrefix+"NAME")), ignored)
		d.Skip(key)
		return
	}
	d.reportForeign(key, grammar.Wrong(code.BadMappingKey, quote.Text(key.Value)+" is the spelling of AWS SAM; did you mean "+quote.Text(grammar.TargetPrefix+"NAME")+"?"), takenSo)
	d.Object(key, func(name Text) {
		d.mapping(name, name.Value, grammar.CheckHeaderName(name.Value), e)
	})
}
