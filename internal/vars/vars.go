// SPDX-License-Identifier: Apache-2.0

// Package vars gives names their values: $context, $stageVariables and method.request.
//
// A name is resolved once, when the document is compiled; a Resolver says what is wrong with it, or returns a Variable that
// knows which facts it needs. Its value is then taken from an Env for every reply.
//
//	context.NAME                               AWS's names, and ours in context.envoy
//	stageVariables.NAME                        the document's
//	method.request.header.NAME                 the last line of a request header
//	method.request.multivalueheader.NAME       all its lines, with "," between
//	method.request.querystring.NAME            the last value of a query parameter
//	method.request.multivaluequerystring.NAME  all its values, with "," between
//	method.request.path.NAME                   a path parameter
//	method.input.params.NAME                   a path parameter, else a query parameter, else a header; for mappings
//	response.header.NAME                       the last line of a header of the original reply; ours, for mappings
//
// Every name that AWS documents for gateway responses is known, so that a document from there loads; those that Envoy has
// no answer to are always absent. The tables in this package hold each name with its meaning, and docs/variables.md is
// made from them. Names are case-sensitive, but for those of headers: HTTP/2 sends them in lower case, so the client's is
// lost.
package vars

import "gatewayresponses/internal/facts"

// Form says what a value is, which decides how it enters a JSON body.
type Form uint8

// The forms.
const (
	// Text is any text.
	Text Form = iota
	// JSON is a number or JSON by definition.
	JSON
	// Quoted is error.messageString: the value here is the bare message, the template adds the quotes.
	Quoted
)

// Needs is what must be read from the host before a variable can have a value.
type Needs struct {
	// RequestHeaders are names in lower case, pseudo-headers included.
	RequestHeaders []string
	// RepeatedHeaders reports whether all lines of a request header count, so that reading the first is not enough.
	RepeatedHeaders bool
	// Fields are the other facts.
	Fields facts.Fields
}

// Env is where values come from.
type Env struct {
	Facts *facts.Facts
	// APIID, Stage and AccountID are the constants of the document.
	APIID, Stage, AccountID string
	// StageVariables are those of the route, or else the document's, and SharedVariables what stands behind them.
	StageVariables, SharedVariables map[string]string
	// ResponseType is the type of the reply, as AWS spells it.
	ResponseType string
	// Message is the type's message; HasMessage false is AWS's null.
	Message    string
	HasMessage bool
	// ResourcePath is the path template that took the request, "" for none, and PathParameters are its values.
	ResourcePath   string
	PathParameters map[string]string
	// Status is the status that the client will see.
	Status int
	// ValidationError is what the producer of the reply says of a request that did not validate, "" for nothing.
	ValidationError string

	// query are the parameters of the query that queryOf asks for, nil before one is asked for.
	query   []parameterValues
	queryOf *parameterNames
}

// Variable is a name that means something. The zero Variable is none: only its Form and Needs can be asked.
type Variable struct {
	name string
	// key is what stands for NAME, in the spelling that value wants.
	key  string
	form Form
	// attribute reports whether key is the path of an attribute.
	attribute bool
	// parameters are the names to read the query for, nil for a variable that stands elsewhere.
	parameters *parameterNames
	needs      Needs
	value      source
}

// Name is the name that was resolved.
func (v Variable) Name() string { return v.name }

// IsUnanswered reports whether nothing in Envoy answers the name, so that there never is a value.
func (v Variable) IsUnanswered() bool { return v.value == nil }

// Form is what the value is.
func (v Variable) Form() Form { return v.form }

// Needs is what must be read from the host.
func (v Variable) Needs() Needs { return v.needs }

// IsAttribute reports whether the value is an attribute, to be read under a path of its own.
func (v Variable) IsAttribute() bool { return v.attribute }

// Attribute is the path of the attribute that must be read, "" for none.
func (v Variable) Attribute() string {
	if !v.attribute {
		return ""
	}
	return v.key
}

// Value is the value, and whether there is one.
func (v *Variable) Value(env *Env) (string, bool) {
	if v.parameters != nil {
		env.readQuery(v.parameters)
	}
	if v.value != nil {
		if value, ok := v.value(env, v.key); ok {
			return value, true
		}
	}
	return "", false
}
