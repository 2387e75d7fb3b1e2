// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// gatewayResponses reads the entries.
func (d *decoder) gatewayResponses(key Text, responses *[]GatewayResponse) {
	written := map[ResponseType]string{}
	d.Object(key, func(key Text) {
		responseType := d.unique(key, d.entryType(key), written)
		if responseType == "" && d.Full() {
			d.Skip(key) // nothing more would be told of it
			return
		}
		d.addOwnType(responseType)
		response := d.gatewayResponse(key)
		response.Type = responseType
		*responses = append(*responses, response)
	})
}

// unique is the type t that key names, or "" after a finding when another key names it too. written holds how the types of
// the object so far were written.
func (d *decoder) unique(key Text, t ResponseType, written map[ResponseType]string) ResponseType {
	if other, again := written[t]; again {
		d.Report(code.DuplicateKey, Error, key.Offset, quote.Text(key.Value)+" is the same type as "+quote.Text(other)+"; keep one of them")
		return ""
	}
	if t != "" {
		written[t] = key.Value
	}
	return t
}

// entry is a gateway response that is being read.
type entry struct {
	GatewayResponse
	// keys are those of AWS that it has so far, in the order of entryKeys, as each is written.
	keys [3]string
	// status is where StatusCode stands.
	status Text
	// headers are what sets each header, by its name in lower case.
	headers map[string]setter
	// overruled reports that a mapping or a template may have lost to a later one.
	overruled bool
}

// cleared is a map without elements, to be used again. A large one is let go of: to clear it takes time.
func cleared[V any](m map[string]V) map[string]V {
	if m == nil || len(m) > 16 {
		return map[string]V{}
	}
	clear(m)
	return m
}

// gatewayResponse reads one entry.
func (d *decoder) gatewayResponse(key Text) GatewayResponse {
	d.setters = cleared(d.setters)
	e := entry{GatewayResponse: GatewayResponse{At: key}, headers: d.setters}
	entryObject.read(d, key, &e)
	d.checkBodiless(&e)
	return e.GatewayResponse
}

// entryKeys are the keys that AWS gives an entry.
var entryKeys = [...]string{"statusCode", "responseParameters", "responseTemplates"}

// once reports whether the entry does not have a key in another spelling too, and notes it then.
func (d *decoder) once(key Text, e *entry) bool {
	i := slices.IndexFunc(entryKeys[:], func(name string) bool { return chars.EqualFold(name, key.Value) })
	if other := e.keys[i]; other != "" {
		d.Report(code.DuplicateKey, Error, key.Offset, quote.Text(key.Value)+" is the same key as "+quote.Text(other)+"; keep one of them")
		return false
	}
	e.keys[i] = key.Value
	return true
}

// checkBodiless warns of templates beside a status that has no body (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5).
func (d *decoder) checkBodiless(e *entry) {
	switch e.status.Value {
	case "204", "205", "304":
	default:
		return
	}
	for _, template := range e.Templates {
		if template.Value.Value != "" {
			d.Report(code.BodilessStatus, Warning, e.status.Offset, "a reply with status "+e.status.Value+` has no body, so "responseTemplates" has no effect; remove it, or use another status`)
			return
		}
	}
}

// responseTemplates reads the body templates. AWS takes two media types that differ in case or parameters only: the first
// one in byte order is kept.
func (d *decoder) responseTemplates(key Text, e *entry) {
	if !d.once(key, e) {
		d.Skip(key)
		return
	}
	written := cleared(d.mediaTypes)
	d.mediaTypes, e.overruled = written, false
	d.Object(key, func(key Text) {
		mediaType, problem := grammar.ParseMediaType(key.Value)
		kept := problem == nil
		if problem != nil {
			d.reportForeign(key, problem, ignored)
		} else if other, again := written[mediaType]; again {
			kept = d.keepsTemplate(key, other)
			e.overruled = e.overruled || kept
		}
		value, ok := d.Text(key)
		if !kept {
			return
		}
		written[mediaType] = key
		if ok {
			e.Templates = append(e.Templates, Member{key, value})
		}
	})
	if e.overruled {
		e.Templates = slices.DeleteFunc(e.Templates, func(m Member) bool {
			mediaType, _ := grammar.ParseMediaType(m.Key.Value)
			return written[mediaType] != m.Key
		})
	}
}

// keepsTemplate notes that two keys have one media type, and reports whether the second one is kept.
func (d *decoder) keepsTemplate(key, other Text) bool {
	problem := grammar.Wrong(code.SameMediaType, quote.Text(key.Value)+" is the same media type as "+quote.Text(other.Value)+"; keep one of them")
	if other.Value < key.Value {
		d.reportForeign(key, problem, ignored)
		return false
	}
	d.reportForeign(key, problem, " ("+quote.Text(other.Value)+" is ignored)")
	return true
}
