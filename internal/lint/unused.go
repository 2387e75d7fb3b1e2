// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
)

// unusedEntries looks for entries that can never be chosen: their scope is off, or nothing raises their type. A type of one's own
// that nothing names is told already, and one that a rule or a producer may name is used.
func unusedEntries(s *subject, report report) {
	why := s.unraised()
	for e := range s.entries {
		switch {
		case e.scope.mode == config.ModeOff && e.scope.route != nil:
			report(whole(e.At), "the entry never answers: the route is off; remove it, or the \"mode\"")
		case e.scope.mode == config.ModeOff && !s.inherited():
			report(whole(e.At), "the entry never answers: the document is off; remove it, or the \"mode\"")
		case e.scope.mode != config.ModeOff && !s.isNamed(e.Type) && !e.Type.IsOwn() && why[e.Type] != nil:
			report(whole(e.At), "the entry never answers: "+why[e.Type].Error())
		}
	}
}

// unraised says of each type that no error has why.
func (s *subject) unraised() map[config.ResponseType]error {
	why := map[config.ResponseType]error{}
	answered := map[config.ResponseType]bool{}
	for e := range s.replies() {
		answered[e.Type] = true
	}
	for _, of := range exchange.Typical(exchange.Exchange{}, s.brief) {
		if of.Why != nil && !answered[of.Type] {
			why[of.Type] = of.Why
		}
	}
	return why
}

// inherited reports whether a route that is not off gets replies from the document's entries.
func (s *subject) inherited() bool {
	return slices.ContainsFunc(s.scopes, func(scope *scope) bool {
		return scope.route != nil && scope.mode != config.ModeOff && !scope.route.Isolated
	})
}

// isNamed reports whether a rule names a type, or a producer may.
func (s *subject) isNamed(t config.ResponseType) bool {
	return s.document.Declared != nil || slices.ContainsFunc(s.document.Rules, func(r config.Rule) bool { return r.ResponseType == t })
}
