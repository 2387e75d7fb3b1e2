// SPDX-License-Identifier: Apache-2.0

package vars

import "strings"

// source takes a value from an exchange. key is what stands for NAME in a group.
type source func(env *Env, key string) (string, bool)

// Row is one name of the catalogue, or a group of names.
type Row struct {
	// Name is the whole name. In a group it ends in ".NAME", which stands for any.
	Name string
	// About is what the value is, in a sentence without full stop.
	About string
	// Form is what the value is.
	Form Form
	// Needs is what must be read from the host. In a group of headers the header itself is missing here.
	Needs Needs
	// attribute is the path of the attribute that holds the value.
	attribute string
	// path finds that attribute by what stands for NAME; "" when the document does not say where it is.
	path func(a *Authorizer, key string) (string, error)
	// header reports whether NAME is that of a header, and request whether it is one of the request.
	header, request bool
	// parameter reports whether NAME is that of a query parameter, and list whether all its values are wanted.
	parameter, list bool
	// orHeader reports that NAME may be that of a request header, too.
	orHeader bool
	// value is nil when there never is one.
	value source
}

// groupSuffix ends the name of a group.
const groupSuffix = "NAME"

// group is the name up to and including the last dot, and whether any name below it is known.
func (r *Row) group() (prefix string, ok bool) { return strings.CutSuffix(r.Name, groupSuffix) }

// catalogue is every name, in the order of the manual.
var catalogue = [...][]Row{
	apiRows, requestRows, errorRows, identityRows, authorizerRows, envoyRows, attributeRows, unansweredRows,
	stageRows, methodRows, responseRows,
}

// All lists every name, in the order of the manual.
func All() []Row {
	var all []Row
	for _, rows := range catalogue {
		all = append(all, rows...)
	}
	return all
}

// find returns the row that name belongs to, and what stands for NAME in it.
func find(name string) (found *Row, key string) {
	for _, rows := range catalogue {
		for i := range rows {
			row := &rows[i]
			if prefix, ok := row.group(); ok && strings.HasPrefix(name, prefix) {
				return row, name[len(prefix):]
			}
			if row.Name == name {
				return row, ""
			}
		}
	}
	return nil, ""
}

// present is a value that is absent when it is empty.
func present(value string) (string, bool) { return value, value != "" }
