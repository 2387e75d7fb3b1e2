// SPDX-License-Identifier: Apache-2.0

// Package entries lists what a document answers for each type, outside of its routes, and changes the entry of one type in its text. There
// every other byte stays as it is: comments, the order of keys, how somebody has written the rest.
//
//	entries.go  what there is to say, plain data
//	list.go     List: each type, with the entry that answers it and the rules that lead to it
//	change.go   Set and Remove: an entry in the text; AddRule: a rule behind the others
package entries

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/convert/object"
)

// Parts are what an entry says, as it is written.
type Parts struct {
	// StatusCode is "" where the entry keeps the status that applies.
	StatusCode string
	// Parameters are mappings, Templates are bodies by media type, and Headers are our templates of headers by name.
	Parameters, Templates, Headers map[string]string
}

// State is where the answer to a type comes from.
type State string

// The states.
const (
	// Own is an entry of the type itself.
	Own State = "customised"
	// Inherited is the entry of another type.
	Inherited State = "inherited"
	// BuiltIn is AWS's own reply.
	BuiltIn State = "builtIn"
	// Left is a reply that goes through as Envoy made it.
	Left State = "left"
	// Unraised is a type that no error is taken for, and that has no entry.
	Unraised State = "unraised"
)

// Answer is what a document answers for a type.
type Answer struct {
	Type  config.ResponseType
	State State
	// From is the entry that answers, where another one does: a type, behind the name of a route and a slash where the route takes every
	// request.
	From string
	// Why says why nothing answers, for people.
	Why string
	Parts
	// Rules are those that lead to the type, in the order in which they are asked.
	Rules []Rule
}

// Rule is a rule of the document.
type Rule struct {
	// Place is where it stands among all rules, from 1.
	Place int
	Name  string
	// When holds its conditions, as written.
	When object.Object
	// Message takes the place of the type's, "" for none.
	Message string
}
