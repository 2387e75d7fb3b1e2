// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

// choose finds the entry that answers a reply of the given class and own status, or says why there is none.
//
// The type's own entry comes first, then the broader type's, then the DEFAULT_* of the class: by the reply's own status,
// or with emulate: aws by the type, as AWS does. A route has all three of its own before the document's come.
// fallback answers what is left; it may be nil.
func (x *exchange) choose(s *scope, fallback *entry) (*entry, Left) {
	class := x.trace.Class
	e := s.first(x.candidates())
	if e == nil && class.Deliberate {
		return nil, LeftDeliberate
	}
	if e == nil {
		e = fallback
	}
	if e == nil || x.isRedirect() && e.status == 0 && class.Type.DefaultStatus() == 0 {
		return nil, LeftNoEntry // a redirect must not stay one
	}
	return e, ""
}

// candidates are the types whose entries may answer, in order, "" for none. A reply that somebody wrote takes only one of its exact
// type, and only when more than the status told the type.
func (x *exchange) candidates() (types [3]config.ResponseType) {
	class := &x.trace.Class
	if class.Deliberate && (class.Reason == classify.ByStatus || isFamily(class.Type)) {
		return types
	}
	types[0] = class.Type
	if !class.Deliberate {
		types[1], types[2] = class.Broader, x.at.family(class.Type, x.facts.Reply.Status)
	}
	return types
}

// fallbackEntry answers types that no entry answers: AWS has a built-in reply for them.
func (s *scope) fallbackEntry() *entry {
	if s.emulatesAWS() {
		return builtInEntry
	}
	return nil
}

// family is the DEFAULT_* type that a type falls back to. AWS knows no class of a type of one's own.
func (s *scope) family(t config.ResponseType, status int) config.ResponseType {
	if status < facts.FirstError || s.emulatesAWS() && !isFamily(t) && !t.IsOwn() {
		return t.Family()
	}
	return config.FamilyOf(status)
}

// isFamily reports whether t is one of the two DEFAULT_* types.
func isFamily(t config.ResponseType) bool { return t == config.Default4XX || t == config.Default5XX }
