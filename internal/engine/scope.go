// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"cmp"
	"iter"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
)

// scope is what holds for some exchanges: the document, or what one of its routes says.
type scope struct {
	mode config.Mode
	// emulate says whose types, statuses and built-in replies the exchanges get.
	emulate config.Emulate
	// escaping is how values enter the bodies of the entries that the scope has of its own.
	escaping config.Escaping
	constant constants
	entries  map[config.ResponseType]*entry
	// parent answers what the scope has no entry for; nil for none.
	parent *scope
}

// emulatesAWS reports whether types without an entry get AWS's built-in replies, and replies AWS's headers.
func (s *scope) emulatesAWS() bool { return s.emulate == config.EmulateAWS }

// isRaw reports whether values enter bodies as AWS lets them.
func (s *scope) isRaw() bool { return s.escaping == config.EscapingAWS }

// dialect is whose meaning of the types applies.
func (s *scope) dialect() classify.Dialect {
	if s.emulatesAWS() {
		return classify.AWS
	}
	return classify.Envoy
}

// constants are the values that the document gives for all exchanges of a scope.
type constants struct {
	api            config.API
	stageVariables map[string]string
	// shared are the document's variables in a route. They are not copied: a document can hold thousands of each.
	shared map[string]string
}

// over are the constants of a route: its own before the document's.
func (c constants) over(api config.API, variables []config.Member) constants {
	merged := constants{
		api: config.API{
			ID:        cmp.Or(api.ID, c.api.ID),
			Stage:     cmp.Or(api.Stage, c.api.Stage),
			AccountID: cmp.Or(api.AccountID, c.api.AccountID),
		},
		shared: c.stageVariables,
	}
	if len(variables) > 0 {
		merged.stageVariables = make(map[string]string, len(variables))
	}
	for _, variable := range variables {
		merged.stageVariables[variable.Key.Value] = variable.Value.Value
	}
	return merged
}

// answers reports whether the scope has an entry of its own for a type.
func (s *scope) answers(t config.ResponseType) bool { return s.entries[t] != nil }

// first finds the entry for the first of types that has one, in the scope itself before its parent.
func (s *scope) first(types [3]config.ResponseType) *entry {
	for _, e := range s.looks(types) {
		if e != nil {
			return e
		}
	}
	return nil
}

// look is one look for an entry.
type look struct {
	scope *scope
	of    config.ResponseType
}

// looks are all looks for an entry for one of types, in order, with what they find: each scope has all types before its parent
// has any. A type "" is none.
func (s *scope) looks(types [3]config.ResponseType) iter.Seq2[look, *entry] {
	return func(yield func(look, *entry) bool) {
		for ; s != nil; s = s.parent {
			for _, t := range types {
				if t != "" && !yield(look{s, t}, s.entries[t]) {
					return
				}
			}
		}
	}
}
