// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"errors"
	"strconv"
	"strings"
	"sync"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/vars"
)

// documentName stands in traces where an entry of routes has its name.
const documentName = "document"

// What the verdicts on route documents may take, per program. A document in metadata is not part of the program's own, so
// that a configuration with very many of them must not take the memory of the proxy.
const (
	// maxDocuments is how many verdicts are kept.
	maxDocuments = 1024
	// maxDocumentBytes is how many bytes their texts may have together: as many as the largest document of the filter.
	maxDocumentBytes = config.MaxSize
	// maxDocumentFindings is how many findings on one text are kept.
	maxDocumentFindings = 20
)

// routeDocuments compiles route documents, and remembers the verdicts. They follow from the text and the program alone: what
// is forgotten is only found out once more.
type routeDocuments struct {
	escaping config.Escaping
	// mutex lets a program be shared. A VM has one thread.
	mutex    sync.Mutex
	verdicts map[string]*verdict
	// size is that of all verdicts, in bytes of text.
	size int
}

// verdict is what is known of one text.
type verdict struct {
	// route is what the text means, nil when it means nothing.
	route    *route
	findings config.Findings
}

// routeDocuments prepares for documents in metadata, if they may be there.
func (c *compiler) routeDocuments() {
	if c.document.RouteDocuments {
		c.program.documents = &routeDocuments{escaping: c.document.Escaping, verdicts: map[string]*verdict{}}
	}
}

// of is the verdict on a text.
func (d *routeDocuments) of(p *Program, text string) *verdict {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if known := d.verdicts[text]; known != nil {
		return known
	}
	found := p.compileRoute(text, d.escaping)
	size := found.size(text)
	if d.size += size; d.size > maxDocumentBytes || len(d.verdicts) == maxDocuments {
		d.verdicts, d.size = map[string]*verdict{}, size
	}
	d.verdicts[strings.Clone(text)] = found
	return found
}

// size is how much a verdict counts.
func (v *verdict) size(text string) int {
	size := len(text)
	for _, finding := range v.findings {
		size += len(finding.Path) + len(finding.Message)
	}
	return size
}

// compileRoute compiles a route document as an entry of routes.
func (p *Program) compileRoute(text string, escaping config.Escaping) *verdict {
	document, findings := config.DecodeRoute([]byte(text))
	document.Escaping = escaping
	// What the entries need was settled with the program; what they learn goes into a copy.
	scratch := *p
	c := &compiler{document: document, program: &scratch, inMetadata: true}
	document.Routes[0].Name.Value = documentName
	compiled := c.route(&document.Routes[0])
	if compiled.parent != nil {
		compiled.parent = &p.scope
	}
	findings = append(findings, c.findings...)
	findings.Sort()
	found := &verdict{route: compiled, findings: findings}
	if findings.HasErrors() {
		found.route = nil
	}
	if n := len(findings); n > maxDocumentFindings {
		found.findings = append(config.Findings(nil), findings[:maxDocumentFindings]...)
		more := config.Finding{Severity: config.Warning, Message: strconv.Itoa(n-maxDocumentFindings) + " more findings"}
		found.findings = append(found.findings, more)
	}
	return found
}

// needRouteDocuments asks for all that an entry in metadata may use: that is not known before there is one. What costs a
// call each is asked for then; request headers cannot be read any more by then.
func (c *compiler) needRouteDocuments() {
	if c.program.documents == nil {
		return
	}
	needs := &c.program.needs
	needs.AllRequestHeaders = true
	needs.Fields |= facts.FieldRouteDocument
	for _, variable := range vars.All() {
		needs.OfRouteDocuments |= variable.Needs.Fields
	}
}

// attributeError refuses a variable that reads an attribute of its own: which of them are read is settled before there is a
// route document.
type attributeError string

// Error says what to do instead.
func (name attributeError) Error() string {
	return quote.Text(string(name)) + ` cannot be used in the metadata of a route; name an entry of "routes" that uses it`
}

// tolerates tells whether a name that means nothing, for the reason given, stands for an absent value.
func (c *compiler) tolerates(reason error) bool {
	_, attribute := errors.AsType[attributeError](reason)
	return c.program.emulatesAWS() && !attribute
}
