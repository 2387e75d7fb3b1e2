// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"errors"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// Resolver gives the names of one document their meaning. The zero value knows no authorizer.
type Resolver struct {
	// Authorizer says where $context.authorizer has its values.
	Authorizer Authorizer

	// parameters are the query parameters that the document asks for.
	parameters *parameterNames
}

// Resolve finds the variable called name, without "$" and braces: "context.requestId", "stageVariables.docs",
// "method.request.header.Accept", and for mappings "response.header.etag". It fails with an *UnknownError for a name that means
// nothing. A stage variable resolves whether or not the document has it: only the caller knows the document.
func (r *Resolver) Resolve(name string) (Variable, error) {
	row, key := find(name)
	if row == nil {
		row, key = find(name + ".")
	}
	if row == nil {
		return Variable{}, &UnknownError{name}
	}
	if _, isGroup := row.group(); isGroup && key == "" {
		return Variable{}, errors.New(quote.Text(name) + " ends too early; write " + quote.Text(row.Name))
	}
	v := Variable{name: name, key: key, form: row.Form, needs: row.Needs, value: row.value}
	if row.attribute != "" || row.path != nil {
		var err error
		v.attribute = true
		v.key, err = row.attributePath(&r.Authorizer, key)
		return v, err
	}
	if row.parameter {
		v.parameters = r.wantParameter(key, row.list)
	}
	if row.orHeader && chars.IsToken(key) {
		v.needs.RequestHeaders = append([]string{paramHeader(key)}, row.Needs.RequestHeaders...)
	}
	if !row.header {
		return v, nil
	}
	if !chars.IsToken(key) {
		return Variable{}, errors.New(quote.Text(key) + " in " + quote.Text(name) + " is not the name of a header, such as \"x-request-id\"")
	}
	v.key = chars.Lower(key)
	if row.request {
		v.key = facts.RequestHeaderName(v.key)
		v.needs.RequestHeaders = []string{v.key}
	}
	return v, nil
}

// wantParameter adds a query parameter to those that the document asks for, and returns them all.
func (r *Resolver) wantParameter(name string, list bool) *parameterNames {
	if r.parameters == nil {
		r.parameters = &parameterNames{indices: map[string]int{}}
	}
	r.parameters.add(name, list)
	return r.parameters
}

// attributePath is the path of the attribute that holds the value, "" when the document does not say where it is.
func (r *Row) attributePath(authorizer *Authorizer, key string) (string, error) {
	switch {
	case r.attribute != "":
		return r.attribute, nil
	case strings.Contains(key, "\x00"):
		return "", errors.New(quote.Text(key) + " has a NUL in it, which no name in Envoy has")
	}
	return r.path(authorizer, key)
}
