// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
	"gatewayresponses/internal/vars"
)

// header is one compiled header of an entry.
type header struct {
	// name is in lower case.
	name string
	// remove drops the header.
	remove bool
	// variables are those that value looks at.
	variables []vars.Variable
	// value gives the value, and whether there is one.
	value func(*vars.Env) (string, bool)
	// fixed reports that text is set in every reply, whatever value would say.
	fixed bool
	text  string
}

// isStatic reports whether every reply gets the same value.
func (h *header) isStatic() bool { return len(h.variables) == 0 }

// fix prepares the value where every reply gets the same, if that can be sent.
func (h *header) fix() {
	if h.remove || h.value == nil || !h.isStatic() {
		return
	}
	text, ok := h.value(&vars.Env{})
	h.text = chars.Trim(text)
	h.fixed = ok && validValue(h.text) && validFor(h.name, h.text)
}

// headersByName sorts headers.
type headersByName []header

func (h headersByName) Len() int           { return len(h) }
func (h headersByName) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h headersByName) Less(i, j int) bool { return h[i].name < h[j].name }

// mapping compiles one member of responseParameters.
func (c *compiler) mapping(parameter config.Parameter) header {
	h := header{name: chars.Lower(parameter.Header)}
	if parameter.Static {
		h.remove = parameter.Literal == ""
		c.checkStatic(h.name, parameter.Value, parameter.Literal)
		c.checkStaticVariable(parameter.Value, parameter.Literal)
		literal := parameter.Literal
		h.value = func(*vars.Env) (string, bool) { return literal, true }
		return h
	}
	h.value = absent
	c.checkAuthorizer(&parameter.Value)
	variable, err := c.resolve(parameter.Variable)
	if err != nil {
		c.reportName(parameter.Value, c.explain(err))
		return h
	}
	c.reportName(parameter.Value, c.remark(&variable, ""))
	h.variables = []vars.Variable{variable}
	c.checkAbility(parameter.Value, parameter.Variable, &variable)
	c.refuseBody(parameter.Value, variable.Needs())
	c.checkDanger(parameter)
	h.value = mapped(variable)
	return h
}

// reportName reports what is wrong with the variable of a mapping, or unwise in it.
func (c *compiler) reportName(text config.Text, remark *template.Remark) {
	if remark != nil {
		c.report(remark.Code, severityOf(remark.Warning), text, 0, remark.Message)
	}
}

// checkStatic warns of a value that no reply gets. "" is none, it removes the header.
func (c *compiler) checkStatic(name string, text config.Text, value string) {
	switch trimmed := chars.Trim(value); {
	case value == "":
	case len(trimmed) > config.MaxHeaderValue:
		c.report(code.HeaderWithoutEffect, config.Warning, text, 0, "the value has no effect: it has more than "+strconv.Itoa(config.MaxHeaderValue)+" bytes")
	case !validFor(name, trimmed):
		c.report(code.HeaderWithoutEffect, config.Warning, text, 0,
			quote.Text(value)+" has no effect: Retry-After is a number of seconds or a date that ends with \" GMT\"")
	}
}

// checkDanger warns of a header that browsers go by and a client can choose. It is no error: AWS has nothing better.
func (c *compiler) checkDanger(parameter config.Parameter) {
	if strings.HasPrefix(parameter.Variable, mappingRoot) {
		return
	}
	if kind, danger := template.Danger(parameter.Header, parameter.Variable); danger != "" {
		c.report(kind, config.Warning, parameter.Value, 0, quote.Text(parameter.Variable)+" "+danger)
	}
}

// absent is the value of a header whose source means nothing.
func absent(*vars.Env) (string, bool) { return "", false }

// mapped gives a header the value of a variable.
func mapped(variable vars.Variable) func(*vars.Env) (string, bool) {
	if variable.Form() != vars.Quoted {
		return variable.Value
	}
	return func(env *vars.Env) (string, bool) {
		value, ok := variable.Value(env)
		quoted, _ := jsontext.AppendQuote(nil, value)
		return string(quoted), ok
	}
}

// headerTemplate compiles one member of headers. A template that is nothing but a variable sets the header only when
// the variable has a value, as a mapping does.
func (c *compiler) headerTemplate(member config.Member) header {
	h := header{name: chars.Lower(member.Key.Value), remove: member.Value.Value == ""}
	parsed, ok := c.parse(member.Value, template.Options{Header: member.Key.Value})
	if !ok {
		return h
	}
	for _, variable := range parsed.variables {
		c.refuseBody(member.Value, variable.Needs())
	}
	if len(parsed.variables) == 0 {
		c.checkStatic(h.name, member.Value, member.Value.Value)
	}
	c.checkAbilities(member.Value, parsed)
	h.variables = parsed.used()
	h.value = func(env *vars.Env) (string, bool) {
		value, whole := parsed.render(nil, env, config.MaxHeaderValue)
		if !whole {
			return tooLong, true
		}
		return string(value), len(value) > 0
	}
	return h
}

// tooLong stands for the value of a header that is longer than any can be.
var tooLong = string(make([]byte, config.MaxHeaderValue+1))

// refuseBody reports a header that would quote the original body: headers leave before the body is there.
func (c *compiler) refuseBody(text config.Text, needs vars.Needs) {
	if needs.Fields.Has(facts.FieldBody) {
		c.report(code.BodyInHeader, config.Error, text, 0, "the original body is not known yet when headers are sent; use it in responseTemplates only")
	}
}

// fixedContentType is the Content-Type that an entry gives all its replies, and where it says so, if it does.
func fixedContentType(response *config.GatewayResponse) (at config.Text, value string, found bool) {
	for _, parameter := range response.Parameters {
		if chars.EqualFold(parameter.Header, contentType) && parameter.Static {
			return parameter.Value, parameter.Literal, true
		}
	}
	for _, member := range response.Headers {
		if chars.EqualFold(member.Key.Value, contentType) && !strings.Contains(member.Value.Value, "$") {
			return member.Value, member.Value.Value, true
		}
	}
	return config.Text{}, "", false
}

// checkContentType warns of a Content-Type that can never be sent.
func (c *compiler) checkContentType(response *config.GatewayResponse, bodies []body) {
	at, value, found := fixedContentType(response)
	if found && !slices.ContainsFunc(bodies, func(b body) bool { return b.isSentAs(value, true) }) {
		c.report(code.ContentTypeWithoutTemplate, config.Warning, at, 0, quote.Text(value)+
			" has no effect: no template has this media type, or one in which values are escaped alike; Content-Type names the template that is sent")
	}
}

// validValue reports whether a header value can be sent.
func validValue(value string) bool {
	return len(value) <= config.MaxHeaderValue && chars.Forbidden(value) < 0
}

// validFor reports whether a header can have a value beyond what any header can. Retry-After is a number of seconds or a
// date (RFC 9110 section 10.2.3); what a rate limiter reports, such as "0.5" or "10;w=60", is neither, and clients stumble
// over it.
func validFor(name, value string) bool {
	if name != "retry-after" || strings.HasSuffix(value, " GMT") {
		return true
	}
	return value != "" && strings.Trim(value, "0123456789") == ""
}

// mergeVary is the Vary header with the name of one more header in it.
func mergeVary(value, name string) string {
	for member := range strings.SplitSeq(value, ",") {
		if member = chars.Trim(member); member == "*" || chars.EqualFold(member, name) {
			return value
		}
	}
	if value == "" {
		return name
	}
	return value + ", " + name
}
