// SPDX-License-Identifier: Apache-2.0

package vars

import "strings"

// source takes a value from an exchange. key is what stands for NAME in a family.
type source func(env *Env, key string) (string, bool)

// Entry is one row of the catalogue.
type Entry struct {
	// Name is the whole name. In a family it ends in ".NAME", which stands for any.
	Name string
	// About is what the value is, in a sentence without full stop.
	About string
	// Form is what the value is.
	Form Form
	// Needs is what must be read from the host. In a family of headers the header itself is missing here.
	Needs Needs
	// attribute is the path of the attribute that holds the value.
	attribute string
	// path finds that attribute by what stands for NAME; "" when the document does not say where it is.
	path func(a *Authorizer, key string) (string, error)
	// header tells that NAME is that of a header, and request that it is one of the request.
	header, request bool
	// value is nil when there never is one.
	value source
}

// Answered tells whether the variable can have a value at all.
func (e Entry) Answered() bool { return e.value != nil }

// familySuffix ends the name of a family.
const familySuffix = "NAME"

// family is the name up to and including the last dot, and whether any name below it is known.
func (e Entry) family() (prefix string, ok bool) { return strings.CutSuffix(e.Name, familySuffix) }

// catalogue is every name, in the order of the manual.
var catalogue = [...][]Entry{
	apiEntries, requestEntries, errorEntries, identityEntries, authorizerEntries, envoyEntries, attributeEntries, unansweredEntries,
	stageEntries, methodEntries, responseEntries,
}

// All lists every name, in the order of the manual.
func All() []Entry {
	var all []Entry
	for _, entries := range catalogue {
		all = append(all, entries...)
	}
	return all
}

// find returns the row that name belongs to, and what stands for NAME in it.
func find(name string) (entry *Entry, key string) {
	for _, entries := range catalogue {
		for i := range entries {
			e := &entries[i]
			if prefix, ok := e.family(); ok && strings.HasPrefix(name, prefix) {
				return e, name[len(prefix):]
			}
			if e.Name == name {
				return e, ""
			}
		}
	}
	return nil, ""
}

// present is a value that is absent when it is empty.
func present(value string) (string, bool) { return value, value != "" }
