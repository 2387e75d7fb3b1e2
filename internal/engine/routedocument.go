// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"errors"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/route"
)

// documentName stands in traces where an entry of routes has its name.
const documentName = "document"

// routeDocuments prepares for documents in metadata, if they may be there.
func (c *compiler) routeDocuments() {
	if c.document.RouteDocuments {
		c.program.documents = &routeDocuments{verdicts: map[string]*verdict{}}
	}
}

// compileRoute compiles a route document as an entry of routes.
func (p *Program) compileRoute(text string) *verdict {
	document, findings := config.DecodeRoute([]byte(text), p.emulate, p.escaping)
	c := &compiler{document: document, program: p, scope: &p.scope, inMetadata: true, abilities: p.abilities, search: nearest.Brief()}
	document.Routes[0].Name.Value = documentName
	compiled := c.routeScope(0, &document.Routes[0])
	findings = append(findings, c.findings...)
	findings.Sort()
	found := &verdict{scope: compiled, resources: route.NewResources(&document.Routes[0]), findings: findings}
	if findings.HasErrors() || c.refused {
		found.scope = nil
	}
	if more := len(findings) + c.dropped - maxDocumentFindings; more > 0 {
		found.findings = append(config.Findings(nil), findings[:maxDocumentFindings]...)
		found.findings = append(found.findings, config.Finding{Code: code.MoreFindings, Severity: config.Warning, Message: strconv.Itoa(more) + " more findings"})
	}
	return found
}

// attributeError refuses a variable that reads an attribute of its own: which of them are read is settled before there is a
// route document.
type attributeError string

// Error says what to do instead.
func (name attributeError) Error() string {
	return quote.Text(string(name)) + ` cannot be used in the metadata of a route; name an element of "routes" that uses it`
}

// tolerates reports whether a name that means nothing, for the reason given, stands for an absent value.
func (c *compiler) tolerates(reason error) bool {
	_, attribute := errors.AsType[attributeError](reason)
	return c.scope.emulatesAWS() && !attribute
}
