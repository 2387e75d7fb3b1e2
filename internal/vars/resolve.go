// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"errors"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// Resolve finds the variable called name, without "$" and braces: "context.requestId", "stageVariables.docs",
// "method.request.header.Accept", and for mappings "response.header.etag". The error names the nearest known name.
// A stage variable resolves whether or not the document has it: only the caller knows the document.
func Resolve(name string, authorizer Authorizer) (Variable, error) {
	entry, key := find(name)
	if entry == nil {
		entry, key = find(name + ".")
	}
	if entry == nil {
		return Variable{}, &UnknownError{name}
	}
	if _, isFamily := entry.family(); isFamily && key == "" {
		return Variable{}, errors.New(quote.Text(name) + " ends too early; write " + quote.Text(entry.Name))
	}
	v := Variable{name: name, key: key, form: entry.Form, needs: entry.Needs, value: entry.value}
	if entry.attribute != "" || entry.path != nil {
		var err error
		v.attribute = true
		v.key, err = entry.attributePath(&authorizer, key)
		return v, err
	}
	if !entry.header {
		return v, nil
	}
	if !chars.IsToken(key) {
		return Variable{}, errors.New(quote.Text(key) + " in " + quote.Text(name) + " is not the name of a header, such as \"x-request-id\"")
	}
	v.key = chars.Lower(key)
	if entry.request {
		v.key = wireName(v.key)
		v.needs.RequestHeaders = []string{v.key}
	}
	return v, nil
}

// attributePath is the path of the attribute that holds the value, "" when the document does not say where it is.
func (e *Entry) attributePath(authorizer *Authorizer, key string) (string, error) {
	switch {
	case e.attribute != "":
		return e.attribute, nil
	case strings.Contains(key, "\x00"):
		return "", errors.New(quote.Text(key) + " has a NUL in it, which no name in Envoy has")
	}
	return e.path(authorizer, key)
}

// wireName is what Envoy calls a request header: it keeps Host as the pseudo-header of HTTP/2.
func wireName(name string) string {
	if name == "host" {
		return ":authority"
	}
	return name
}
