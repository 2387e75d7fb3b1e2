// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// subject is what lints look at.
type subject struct {
	source   *source.Document
	document *config.Document
	program  *engine.Program
	host     ability.Host
	scopes   []*scope
	landmarks
	// brief is the document that answers errors, see briefly.
	brief exchange.Document
	// answers are the replies to Envoy's errors by the entry that gives them, nil until a lint asks for them.
	answers map[*entry][]*answer
}

// scope is the document, or one of its routes.
type scope struct {
	// place is the place of the route in the document, -1 for the document itself.
	place int
	// route is nil for the document itself.
	route    *config.Route
	mode     config.Mode
	emulate  config.Emulate
	escaping config.Escaping
	entries  []*entry
}

// entry is an entry of a scope.
type entry struct {
	*config.GatewayResponse
	scope    *scope
	compiled engine.Compiled
	// name is what traces call it.
	name string
}

// place is a byte of a string of the document, or the whole string below 0.
type place struct {
	text config.Text
	at   int
}

// whole is the place of a string.
func whole(text config.Text) place { return place{text, -1} }

// report tells of something unwise.
type report func(at place, message string)

func newSubject(checked check.Checked) *subject {
	d := checked.Document
	s := &subject{source: checked.Source, document: d, program: checked.Program, host: checked.Host, landmarks: readLandmarks(checked.Source.Text)}
	s.addScope(&scope{place: -1, mode: d.Mode, emulate: d.Emulate, escaping: d.Escaping}, "", d.GatewayResponses)
	for i := range d.Routes {
		route := &d.Routes[i]
		s.addScope(&scope{
			place: i, route: route,
			mode: cmp.Or(route.Mode, d.Mode), emulate: cmp.Or(route.Emulate, d.Emulate), escaping: cmp.Or(route.Escaping, d.Escaping),
		}, route.Name.Value+"/", route.GatewayResponses)
	}
	s.brief = briefly(d)
	return s
}

// addScope adds a scope with its entries, whose names begin with prefix.
func (s *subject) addScope(scope *scope, prefix string, responses []config.GatewayResponse) {
	for i := range responses {
		response := &responses[i]
		if compiled, ok := s.program.Compiled(scope.place, response.Type); ok {
			scope.entries = append(scope.entries, &entry{response, scope, compiled, prefix + string(response.Type)})
		}
	}
	s.scopes = append(s.scopes, scope)
}

// entries are all entries.
func (s *subject) entries(yield func(*entry) bool) {
	for _, scope := range s.scopes {
		for _, e := range scope.entries {
			if !yield(e) {
				return
			}
		}
	}
}

// written is where a person wrote a place.
func (s *subject) written(at place) finding.Place {
	return s.source.Place(s.document.Locate(at.text, at.at))
}

// emulatesAWS reports whether the exchanges of the scope get AWS's types and statuses.
func (s *scope) emulatesAWS() bool { return s.emulate == config.EmulateAWS }

// header finds a header that the entry sets or removes, by its name in lower case.
func (e *entry) header(name string) (engine.CompiledHeader, bool) {
	for _, header := range e.compiled.Headers() {
		if header.Name == name {
			return header, true
		}
	}
	return engine.CompiledHeader{}, false
}

// sets reports whether the entry gives a header a value.
func (e *entry) sets(name string) bool {
	header, found := e.header(name)
	return found && !header.Removes
}

// quotes are the variables of the bodies and headers of the entry, each with its place.
func (e *entry) quotes(yield func(name string, at place) bool) {
	for at, body := range e.bodies {
		places := body.Template.Places()
		for i, name := range body.Template.Names() {
			if !yield(name, place{at, places[i]}) {
				return
			}
		}
	}
	for _, header := range e.compiled.Headers() {
		for _, name := range header.Variables {
			if !yield(name, whole(e.valueOf(header.Name))) {
				return
			}
		}
	}
}

// bodies are the bodies that the entry has templates for, each with its text.
func (e *entry) bodies(yield func(config.Text, engine.CompiledBody) bool) {
	for _, body := range e.compiled.Bodies() {
		for _, template := range e.Templates {
			if chars.Trim(template.Key.Value) == body.MediaType && !yield(template.Value, body) {
				return
			}
		}
	}
}

// valueOf is the text that gives a header its value, by the header's name in lower case; the entry's key where nothing does.
func (e *entry) valueOf(name string) config.Text {
	for _, parameter := range e.Parameters {
		if chars.EqualFold(parameter.Header, name) {
			return parameter.Value
		}
	}
	for _, member := range e.Headers {
		if chars.EqualFold(member.Key.Value, name) {
			return member.Value
		}
	}
	return e.At
}
