// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"sort"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/accept"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/cors"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/vars"
)

// entry is the compiled gateway response of one type.
type entry struct {
	// name is what traces and filter state call the entry.
	name string
	// at is where the entry stands in the document.
	at config.Text
	// builtIn reports that the reply is AWS's uncustomised one.
	builtIn bool
	// raw reports that values enter the bodies as AWS lets them (escaping: aws).
	raw bool
	// status is the status to send, 0 to keep the one that applies.
	status int
	// headers are sorted by name, so that the order of keys in the document does not show.
	headers []header
	// bodies are sorted by key; never empty unless builtIn.
	bodies []body
	// mediaTypes are those of the bodies, nil when there is one.
	mediaTypes *accept.MediaTypes
	// grpc is what the entry says to a client of gRPC, nil for an entry that answers over HTTP.
	grpc *grpcEntry
}

// builtInEntry stands for AWS's uncustomised reply of any type.
var builtInEntry = &entry{name: BuiltIn, builtIn: true}

// preflightEntry stands for the answer to a preflight.
var preflightEntry = &entry{name: Preflight, status: 204}

// compiler gathers what is learnt while a document is compiled.
type compiler struct {
	document *config.Document
	program  *Program
	// scope is the one whose entries are compiled.
	scope    *scope
	findings config.Findings
	// dropped counts the findings on a route document that are not kept, and refused reports whether one of them is an error.
	dropped int
	refused bool
	// stageVariables are those that a template can use where it stands, in one of the maps.
	stageVariables []map[string]string
	// ofRoutes are the values that routes give variables which templates of the document use, too; nil until one asks.
	ofRoutes map[string][]string
	// hasTwin reports that another route may share the entries that are compiled, and premises are what was learnt of their scope.
	hasTwin  bool
	premises premises
	// twins are the entries that others may share, by the place of their route; nil until they are compiled.
	twins map[int]*compiledEntries
	// plain is the body of entries without a template, nil until one asks.
	plain *body
	// json reads templates for JSON.
	json jsontext.Decoder
	// inMetadata reports that the document is a route document.
	inMetadata bool
	// names gives the names of variables their meaning.
	names     vars.Resolver
	abilities Abilities
	// search looks for the names that were probably meant.
	search nearest.Search
	// suggestions is how many names have been looked for.
	suggestions int
}

// Load decodes, validates and compiles text for a host with the given abilities. All findings come back at once, sorted; the
// program is nil when one of them is an error.
func Load(text []byte, abilities Abilities) (*Program, config.Findings) {
	document, findings := config.Decode(text)
	if document == nil {
		return nil, findings
	}
	program, more := Compile(document, abilities)
	findings = append(findings, more...)
	findings.Sort()
	if findings.HasErrors() {
		return nil, findings
	}
	return program, findings
}

// Compile turns a decoded document into a program. The findings are those that decoding cannot see: unknown variables
// and bad templates, and what the host cannot tell. The program is of no use when one of them is an error.
func Compile(document *config.Document, abilities Abilities) (*Program, config.Findings) {
	c := &compiler{document: document, abilities: abilities, program: &Program{abilities: abilities, revision: document.Revision, scope: scope{
		mode:     document.Mode,
		emulate:  document.Emulate,
		escaping: document.Escaping,
		constant: constants{api: document.API, stageVariables: map[string]string{}},
		entries:  map[config.ResponseType]*entry{},
	}}}
	c.scope = &c.program.scope
	for _, variable := range document.StageVariables {
		c.program.constant.stageVariables[variable.Key.Value] = variable.Value.Value
	}
	c.stageVariables = []map[string]string{c.program.constant.stageVariables, c.routeStageVariables()}
	c.program.ownNamed = document.OwnNamed
	c.routeDocuments()
	c.checkPlaces()
	c.readAuthorizer()
	for i := range document.GatewayResponses {
		response := &document.GatewayResponses[i]
		c.program.entries[response.Type] = c.entry(response)
	}
	c.rules()
	c.routes()
	c.checkRedirects()
	c.program.cors = cors.New(document.CORS)
	c.program.grpc = c.grpc(document.GRPC)
	c.program.addedByRoutes = document.AddedByRoutes
	c.settleNeeds()
	return c.program, c.findings
}

// entry compiles one gateway response.
func (c *compiler) entry(response *config.GatewayResponse) *entry {
	e := &entry{name: string(response.Type), at: response.At, status: response.StatusCode, raw: c.scope.isRaw()}
	_, sentAs, _ := fixedContentType(response)
	e.bodies = make([]body, 0, max(1, len(response.Templates)))
	for _, template := range response.Templates {
		e.bodies = append(e.bodies, c.body(template, sentAs, len(response.Templates) == 1))
	}
	if len(e.bodies) == 0 {
		e.bodies = append(e.bodies, c.defaultBody())
	}
	sort.Stable(bodiesByKey(e.bodies))
	e.headers = make([]header, 0, len(response.Parameters)+len(response.Headers))
	for _, parameter := range response.Parameters {
		e.headers = append(e.headers, c.mapping(parameter))
	}
	for _, member := range response.Headers {
		e.headers = append(e.headers, c.headerTemplate(member))
	}
	sort.Stable(headersByName(e.headers))
	for i := range e.headers {
		e.headers[i].fix()
	}
	e.mediaTypes = mediaTypesOf(e.bodies)
	c.checkContentType(response, e.bodies)
	c.checkNamed(response)
	return e
}

// severityOf is the severity of what is a warning or not.
func severityOf(warning bool) config.Severity {
	if warning {
		return config.Warning
	}
	return config.Error
}

// report adds a finding about byte i of a string of the document; none in a document that was cut, where what it is about
// may stand behind the place, or be allowed by what stands there.
func (c *compiler) report(kind code.Code, severity config.Severity, text config.Text, i int, message string) {
	if c.document.Cut {
		return
	}
	if c.inMetadata && len(c.findings) == maxDocumentFindings {
		c.dropped, c.refused = c.dropped+1, c.refused || severity == config.Error
		return
	}
	c.findings = append(c.findings, c.document.Finding(kind, severity, text, i, message))
}
