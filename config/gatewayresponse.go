// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// gatewayResponses reads the entries.
func (d *decoder) gatewayResponses(key Text, responses *[]GatewayResponse) {
	written := map[ResponseType]string{}
	d.Object(key, func(key Text) {
		responseType := d.typeKey(key, written)
		d.addOwnType(responseType)
		response := d.gatewayResponse(key)
		response.Type = responseType
		*responses = append(*responses, response)
	})
}

// typeKey is the type that a key of an object names, "" after a finding about it. written holds how the types that the
// object has so far were written.
func (d *decoder) typeKey(key Text, written map[ResponseType]string) ResponseType {
	responseType, known := d.responseType(key)
	if !known {
		return ""
	}
	if other, again := written[responseType]; again {
		d.Report(Error, key.Path, key.Offset, quote.Text(key.Value)+" is the same type as "+quote.Text(other)+"; keep one of them")
		return ""
	}
	written[responseType] = key.Value
	return responseType
}

// entry is a gateway response that is being read.
type entry struct {
	GatewayResponse
	// headers are the keys that set each header, by its name in lower case.
	headers map[string]Text
}

// gatewayResponse reads one entry.
func (d *decoder) gatewayResponse(key Text) GatewayResponse {
	e := entry{GatewayResponse: GatewayResponse{At: key}, headers: map[string]Text{}}
	entryObject.read(d, key, &e)
	return e.GatewayResponse
}

// responseParameters reads the header mappings.
func (d *decoder) responseParameters(key Text, e *entry) {
	d.Object(key, func(key Text) {
		header, problem := parseTarget(key.Value)
		if problem != nil {
			d.reportFlaw(key, problem)
		}
		claimed := problem == nil && d.claim(key, header, e)
		if parameter, ok := d.source(key); ok && claimed {
			parameter.Header = header
			e.Parameters = append(e.Parameters, parameter)
		}
	})
}

// source reads the value of a header mapping.
func (d *decoder) source(key Text) (Parameter, bool) {
	value, ok := d.Text(key.Path)
	if !ok {
		return Parameter{}, false
	}
	parameter, problem := parseSource(value.Value)
	if problem != nil {
		d.reportFlaw(value, problem)
	}
	parameter.Key, parameter.Value = key, value
	return parameter, problem == nil
}

// headers reads the header templates.
func (d *decoder) headers(key Text, e *entry) {
	d.Object(key, func(key Text) {
		problem := checkHeaderName(key.Value)
		if problem != nil {
			d.reportFlaw(key, problem)
		}
		claimed := problem == nil && d.claim(key, key.Value, e)
		value, ok := d.Text(key.Path)
		if !ok {
			return
		}
		if problem := checkHeaderText(value.Value); problem != nil {
			d.reportFlaw(value, problem)
			return
		}
		if claimed {
			e.Headers = append(e.Headers, Member{key, value})
		}
	})
}

// claim notes that key sets header, unless another key does so already.
func (d *decoder) claim(key Text, header string, e *entry) bool {
	name := chars.Lower(header)
	other, taken := e.headers[name]
	if taken {
		d.Report(Error, key.Path, key.Offset, "header "+quote.Text(header)+" is set by "+other.Path+" already; keep one of them")
		return false
	}
	e.headers[name] = key
	return true
}

// responseTemplates reads the body templates.
func (d *decoder) responseTemplates(key Text, e *entry) {
	written := map[string]string{}
	d.Object(key, func(key Text) {
		mediaType, problem := parseMediaType(key.Value)
		other, again := written[mediaType]
		switch {
		case problem != nil:
			d.reportFlaw(key, problem)
		case again:
			d.Report(Error, key.Path, key.Offset, quote.Text(key.Value)+" is the same media type as "+quote.Text(other)+"; keep one of them")
		default:
			written[mediaType] = key.Value
		}
		value, ok := d.Text(key.Path)
		if ok && problem == nil && !again {
			e.Templates = append(e.Templates, Member{key, value})
		}
	})
}
