// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// key is the place of a key, or of the first string in an element of an array, by its JSON Pointer.
func (c *compiler) key(pointer string) config.Text { return c.keys[pointer] }

// lose reports what the document says and no mapper does.
func (c *compiler) lose(at config.Text, offset int, why string) {
	c.findings = append(c.findings, c.document.Finding(code.NotSayable, config.Error, at, offset, "left out: "+why))
}

// warn reports replies that get another answer than from the filter.
func (c *compiler) warn(at config.Text, why string) {
	c.findings = append(c.findings, c.document.Finding(code.SaidOtherwise, config.Warning, at, -1, why))
}

// warnOnce is warn for what may be found again and again.
func (c *compiler) warnOnce(at config.Text, why string) {
	if !c.told[why] {
		c.told[why] = true
		c.warn(at, why)
	}
}

// loseOnce is lose for what may be found again and again.
func (c *compiler) loseOnce(at config.Text, why string) {
	if told := at.Value + ": " + why; !c.told[told] {
		c.told[told] = true
		c.lose(at, -1, why)
	}
}

// reportKeys reports what the keys of the root say that no mapper does.
func (c *compiler) reportKeys() {
	d := c.document
	for i := range d.Routes {
		c.lose(d.Routes[i].Name, -1, "a mapper cannot ask what this route is for; its requests get the replies of the whole document")
	}
	for i := range d.Rules {
		if why := c.unsayable(i); why != "" {
			c.lose(c.key("/classification/"+strconv.Itoa(i)), -1, why+"; what this rule names gets the replies that it would get without the rule")
		}
	}
	for _, k := range []struct {
		said          bool
		pointer, lost string
	}{
		{d.CORS != nil, "/cors", "which origin may read a reply depends on the request; pages of other origins cannot read the errors"},
		{d.GRPC != nil, "/grpc", "Envoy makes the status and the message of a call of those over HTTP; replies to clients of gRPC are left"},
		{d.Declared != nil, "/declared", "a mapper cannot read the type that a producer names"},
		{d.RouteDocuments, "/routeDocuments", "a mapper cannot read the metadata of a route"},
	} {
		if k.said {
			c.lose(c.key(k.pointer), -1, k.lost)
		}
	}
}

// reportUnknown warns, once, that the filter also answers replies that the tables do not know. entry answers one of them.
func (c *compiler) reportUnknown(entry string) {
	at := c.key("/gatewayResponses")
	if entry == engine.BuiltIn {
		at = c.key("/emulate")
	}
	c.warnOnce(at, "replies with details that docs/classification.md does not list are left: whether a filter of your own wrote one is not sure before its flags are set")
}

// reportBody warns of a reply of which it counts whether it has a body.
func (c *compiler) reportBody(entry, details string) {
	if at, found := c.entry(entry); found {
		c.warnOnce(at.At, "replies with the details "+quote.Text(details)+" are left: with a body they are somebody's own, and a mapper cannot ask for that")
	}
}

// entry finds an entry of the document by the name that the engine gives it.
func (c *compiler) entry(name string) (*config.GatewayResponse, bool) {
	for i := range c.document.GatewayResponses {
		if string(c.document.GatewayResponses[i].Type) == name {
			return &c.document.GatewayResponses[i], true
		}
	}
	return nil, false
}

// reportEntry reports, once, what the entry that answers a reply says and a mapper cannot. It reports whether there is any.
func (c *compiler) reportEntry(decision *engine.Decision, reply facts.Reply) bool {
	name := decision.Trace.Entry
	if cannot, known := c.cannot[name]; known {
		return cannot
	}
	before := len(c.findings)
	if written, found := c.entry(name); found {
		c.entryLosses(written, decision, reply)
	}
	c.cannot[name] = c.findings[before:].HasErrors()
	return c.cannot[name]
}

// entryLosses reports what an entry says and a mapper cannot.
func (c *compiler) entryLosses(written *config.GatewayResponse, decision *engine.Decision, reply facts.Reply) {
	switch sent := decision.Reply; {
	case written.StatusCode != 0 && written.StatusCode < 300:
		c.lose(c.key("/gatewayResponses/"+written.At.Value+"/statusCode"), -1, "a reply below 300 would open a tunnel to a client that asks for one, and a mapper cannot ask for that")
	case sent.Framing() == engine.Bare, len(sent.Body) == 0 && sent.Quote == nil:
		c.lose(written.At, -1, "a mapper cannot take the body away")
	}
	e := c.program.Explain(c.exchange(reply))
	if c.isBefore {
		c.warnBefore(written, e)
		return
	}
	if len(e.Media) > 1 {
		for _, template := range written.Templates[1:] {
			c.lose(template.Key, -1, "a mapper cannot choose a body by Accept; keep one template")
		}
	}
	for _, template := range written.Templates {
		for _, value := range e.Values {
			if !c.isConstant(value.Name, written) && strings.Contains(template.Value.Value, value.Name) {
				c.lose(template.Value, strings.Index(template.Value.Value, value.Name), whyNot(value.Name))
			}
		}
	}
	for _, header := range e.Headers {
		c.headerLosses(written, header)
	}
}

// warnBefore warns of what an entry takes from a request of which nothing is known.
func (c *compiler) warnBefore(written *config.GatewayResponse, e engine.Explanation) {
	if len(e.Media) > 1 {
		for _, m := range e.Media {
			if m.Chosen {
				c.warn(written.At, "replies that Envoy makes before any filter are "+m.Key+" whatever Accept says")
			}
		}
	}
	values := e.Values
	for _, header := range e.Headers {
		values = append(values, header.From...)
	}
	for _, value := range values {
		if !value.Found && !c.isConstant(value.Name, written) {
			c.warn(written.At, quote.Text(value.Name)+" has no value in replies that Envoy makes before any filter")
		}
	}
}

// headerLosses reports what a header of an entry says and a mapper cannot.
func (c *compiler) headerLosses(written *config.GatewayResponse, header engine.EntryHeader) {
	at := written.At
	for _, parameter := range written.Parameters {
		if chars.EqualFold(parameter.Header, header.Name) {
			at = parameter.Value
		}
	}
	for _, member := range written.Headers {
		if chars.EqualFold(member.Key.Value, header.Name) {
			at = member.Value
		}
	}
	if header.Removes {
		c.lose(at, -1, "a mapper cannot remove a header")
	}
	for prefix, happens := range laterHeaders {
		if strings.HasPrefix(header.Name, prefix) {
			c.warn(at, happens)
		}
	}
	for _, value := range header.From {
		if !c.isConstant(value.Name, written) && !isRequestID(value.Name) {
			c.lose(at, max(0, strings.Index(at.Value, value.Name)), whyNot(value.Name))
		}
	}
}

// laterHeaders say what becomes of headers that filters give to replies behind the mappers and in front of our filter, by how the
// names of the headers begin.
var laterHeaders = map[string]string{
	"x-ratelimit-":    "where Envoy's rate limit filters have such a header, clients get both",
	"access-control-": "where Envoy's cors filter has this header for a request, it takes the place of this one",
}

// originalStatus is the variable of the status that Envoy had given the reply.
const originalStatus = "context.envoy.originalStatus"

// whyNot is why a variable is a loss.
func whyNot(name string) string {
	if name == originalStatus {
		return "a mapper that gives a status does not know the one before; it takes an entry without statusCode"
	}
	return "the value of " + quote.Text(name) + " comes with each request, and Envoy would insert it without escaping or checking it"
}

// constants are the variables, but for those of the stage, that are the same in all replies with one status and one type.
// validationErrorString is one because a producer alone gives it, which is a loss of its own.
var constants = []string{
	"context.apiId", "context.stage", "context.accountId", "context.error.message", "context.error.messageString",
	"context.error.responseType", "context.error.validationErrorString", "context.status",
}

// isConstant reports whether a variable of an entry has one value in all replies with one status and one type.
func (c *compiler) isConstant(name string, written *config.GatewayResponse) bool {
	if name == originalStatus {
		return written.StatusCode == 0 && c.document.Emulate == ""
	}
	return strings.HasPrefix(name, "stageVariables.") || slices.Contains(constants, name)
}

// isRequestID reports whether a variable is the id of the request, which Envoy's operator reads from the same headers.
func isRequestID(name string) bool {
	return name == "context.requestId" || name == "context.extendedRequestId"
}
