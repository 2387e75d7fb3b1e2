// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// key is a key of the format: its name, and what reads its value into the object that it belongs to. T is a pointer, so
// that all objects share one piece of code. What each means stands in the manual, see Objects.
type key[T any] struct {
	name string
	read func(d *decoder, at Text, into T)
}

// object is a kind of object of the format.
type object[T any] struct {
	keys []key[T]
	// extensions allows $schema and x-*, which mean nothing here.
	extensions bool
	// foreign reads a key that is none of names, nil where that is always an error.
	foreign func(d *decoder, name Text, names []string, into T)
}

// The objects of the format. The names of its keys stand here and nowhere else that a document is read with.
var (
	rootObject = object[*Document]{extensions: true, keys: []key[*Document]{
		{"version", (*decoder).version},
		{"revision", (*decoder).revision},
		{"mode", func(d *decoder, at Text, document *Document) { d.mode(at, &document.Mode) }},
		{"emulate", func(d *decoder, at Text, document *Document) { d.emulate(at, &document.Emulate) }},
		{"escaping", func(d *decoder, at Text, document *Document) { d.escaping(at, &document.Escaping) }},
		{"api", func(d *decoder, at Text, document *Document) { apiObject.read(d, at, &document.API) }},
		{"stageVariables", func(d *decoder, at Text, document *Document) { d.stageVariables(at, &document.StageVariables) }},
		{"gatewayResponses", func(d *decoder, at Text, document *Document) { d.gatewayResponses(at, &document.GatewayResponses) }},
		{"routes", (*decoder).routes},
		{"routeDocuments", func(d *decoder, at Text, document *Document) {
			document.RouteDocuments, _ = d.Boolean(at)
			document.RouteDocumentsAt = at
		}},
		{"classification", (*decoder).rules},
		{"declared", (*decoder).declared},
		{"authorizer", (*decoder).authorizer},
		{"cors", (*decoder).cors},
		{"grpc", (*decoder).grpc},
		{"headerOnly", func(d *decoder, at Text, document *Document) { headerOnlyObject.read(d, at, document) }},
		{"upstream", (*decoder).upstream},
	}}

	apiObject = object[*API]{keys: []key[*API]{
		{"id", func(d *decoder, at Text, api *API) { api.ID = d.value(at) }},
		{"stage", func(d *decoder, at Text, api *API) { api.Stage = d.value(at) }},
		{"accountId", func(d *decoder, at Text, api *API) { api.AccountID = d.value(at) }},
	}}

	entryObject = object[*entry]{extensions: true, foreign: (*decoder).foreignKey, keys: []key[*entry]{
		{"statusCode", (*decoder).statusCode},
		{"responseParameters", (*decoder).responseParameters},
		{"responseTemplates", (*decoder).responseTemplates},
		{"headers", (*decoder).headers},
	}}

	routeObject = object[*Route]{extensions: true, keys: append([]key[*Route]{
		{"name", func(d *decoder, at Text, route *Route) { route.Name = d.routeName(at) }},
		{"match", (*decoder).match},
	}, routeDocumentObject.keys...)}

	// routeDocumentObject is what a route can say in the metadata of Envoy's.
	routeDocumentObject = object[*Route]{extensions: true, keys: []key[*Route]{
		{"mode", func(d *decoder, at Text, route *Route) { d.mode(at, &route.Mode) }},
		{"emulate", func(d *decoder, at Text, route *Route) { d.emulate(at, &route.Emulate) }},
		{"escaping", func(d *decoder, at Text, route *Route) { d.escaping(at, &route.Escaping) }},
		{"api", func(d *decoder, at Text, route *Route) { apiObject.read(d, at, &route.API) }},
		{"stageVariables", func(d *decoder, at Text, route *Route) { d.stageVariables(at, &route.StageVariables) }},
		{"gatewayResponses", (*decoder).routeResponses},
		{"inherit", func(d *decoder, at Text, route *Route) {
			inherit, ok := d.Boolean(at)
			route.Isolated = ok && !inherit
		}},
		{"resources", func(d *decoder, at Text, route *Route) { route.Resources = d.resources(at) }},
	}}

	matchObject = object[*Match]{keys: []key[*Match]{
		{"routeNames", func(d *decoder, at Text, m *Match) { m.RouteNames = d.listOf(at, checkGlob) }},
		{"virtualHosts", func(d *decoder, at Text, m *Match) { m.VirtualHosts = d.listOf(at, checkGlob) }},
		{"hosts", func(d *decoder, at Text, m *Match) { m.Hosts = d.listOf(at, grammar.CheckHost) }},
		{"path", func(d *decoder, at Text, m *Match) { m.Path, _ = d.checked(at, checkTemplate) }},
		{"pathPrefix", func(d *decoder, at Text, m *Match) { m.PathPrefix, _ = d.checked(at, checkPrefix) }},
		{"methods", func(d *decoder, at Text, m *Match) { m.Methods = d.listOf(at, grammar.CheckMethod) }},
		{"metadata", func(d *decoder, at Text, m *Match) { d.metadata(at, nil, m) }},
	}}

	ruleObject = object[*Rule]{extensions: true, keys: []key[*Rule]{
		{"name", func(d *decoder, at Text, rule *Rule) { d.nonEmpty(at, &rule.Name) }},
		{"when", func(d *decoder, at Text, rule *Rule) { rule.When = d.when(at) }},
		{"responseType", func(d *decoder, at Text, rule *Rule) { rule.ResponseType = d.typeName(at) }},
		{"message", func(d *decoder, at Text, rule *Rule) { d.nonEmpty(at, &rule.Message) }},
		{"leave", func(d *decoder, at Text, rule *Rule) { rule.Leave = d.leave(at) }},
	}}

	whenObject = object[*conditions]{keys: []key[*conditions]{
		{"details", func(d *decoder, at Text, when *conditions) { when.Details = d.Texts(at) }},
		{"filter", func(d *decoder, at Text, when *conditions) { when.filter, when.Filters = at, d.Texts(at) }},
		{"flags", func(d *decoder, at Text, when *conditions) { when.Flags = d.Texts(at) }},
		{"status", func(d *decoder, at Text, when *conditions) { when.Statuses, when.redirects = d.statuses(at) }},
		{"grpcStatus", func(d *decoder, at Text, when *conditions) {
			when.GRPCStatuses, when.GRPCStatusKey = d.grpcStatusList(at), at
		}},
		{"requestHeaders", func(d *decoder, at Text, when *conditions) {
			when.RequestHeaders = d.headerConditions(at, grammar.CheckRequestHeader)
		}},
		{"responseHeaders", func(d *decoder, at Text, when *conditions) {
			when.ResponseHeaders = d.headerConditions(at, grammar.CheckResponseHeader)
		}},
		{"source", func(d *decoder, at Text, when *conditions) { when.Source = d.replySource(at) }},
	}}

	conditionObject = object[*condition]{keys: []key[*condition]{
		{"name", func(d *decoder, at Text, c *condition) { c.Name = d.checkedText(at, c.check) }},
		{"present", func(d *decoder, at Text, c *condition) { c.Test = d.presence(at) }},
		{"equals", func(d *decoder, at Text, c *condition) { c.Test, c.Value = HeaderEquals, d.value(at) }},
		{"glob", func(d *decoder, at Text, c *condition) { c.Test, c.Value = HeaderGlob, d.value(at) }},
	}}

	declaredObject = object[*Declared]{keys: []key[*Declared]{
		{"header", func(d *decoder, at Text, declared *Declared) {
			declared.Header = d.checkedText(at, checkDeclaredHeader).Value
		}},
		{"metadata", func(d *decoder, at Text, declared *Declared) {
			declared.Metadata = d.checkedText(at, checkMetadataKey)
		}},
		{"filter", func(d *decoder, at Text, declared *Declared) { declared.Filters = d.Texts(at) }},
		{"source", func(d *decoder, at Text, declared *Declared) { declared.Source = d.replySource(at) }},
	}}

	authorizerObject = object[*Authorizer]{keys: []key[*Authorizer]{
		{"claims", func(d *decoder, at Text, authorizer *Authorizer) {
			authorizer.Claims = d.checkedText(at, checkMetadataPlace).Value
		}},
		{"context", func(d *decoder, at Text, authorizer *Authorizer) {
			authorizer.Context = d.checkedText(at, checkMetadataPlace).Value
		}},
	}}

	corsObject = object[*sharing]{keys: []key[*sharing]{
		{"allowOrigins", func(d *decoder, at Text, cors *sharing) {
			cors.AllowOrigins = d.corsList(at, grammar.CheckOrigin, cors)
		}},
		{"allowCredentials", func(d *decoder, at Text, cors *sharing) { cors.AllowCredentials, _ = d.Boolean(at) }},
		{"exposeHeaders", func(d *decoder, at Text, cors *sharing) {
			cors.ExposeHeaders = d.corsList(at, grammar.CheckHeaderToken, cors)
		}},
		{"preflight", (*decoder).preflight},
	}}

	preflightObject = object[*sharing]{keys: []key[*sharing]{
		{"allowMethods", func(d *decoder, at Text, cors *sharing) {
			cors.Preflight.AllowMethods = d.corsList(at, grammar.CheckMethod, cors)
		}},
		{"allowHeaders", func(d *decoder, at Text, cors *sharing) {
			cors.Preflight.AllowHeaders = d.corsList(at, grammar.CheckHeaderToken, cors)
		}},
		{"maxAgeSeconds", func(d *decoder, at Text, cors *sharing) { cors.Preflight.MaxAge = d.maxAge(at) }},
	}}

	grpcObject = object[*GRPC]{keys: []key[*GRPC]{
		{"statuses", (*decoder).grpcStatuses},
		{"message", func(d *decoder, at Text, grpc *GRPC) {
			if value, ok := d.Text(at); ok {
				grpc.Message = &value
			}
		}},
	}}

	headerOnlyObject = object[*Document]{keys: []key[*Document]{
		{"addedByRoutes", func(d *decoder, at Text, document *Document) { document.AddedByRoutes = d.addedByRoutes(at) }},
	}}

	upstreamObject = object[*Upstream]{keys: []key[*Upstream]{
		{"keepProblem", func(d *decoder, at Text, upstream *Upstream) { upstream.KeepProblem, _ = d.Boolean(at) }},
	}}
)

// written are keys of the format that an object has; nil for what is no object.
type written []Text

// find finds the key called name.
func (w written) find(name string) (key Text, found bool) {
	for _, key := range w {
		if key.Value == name {
			return key, true
		}
	}
	return Text{}, false
}

// read reads an object into a T, and returns the keys of the format that it has. They are good until the next object is read.
func (o *object[T]) read(d *decoder, at Text, into T) written {
	if d.Kind() != '{' {
		d.Object(at, nil) // reports it
		return nil
	}
	before := len(d.written)
	d.Object(at, func(name Text) {
		for i := range o.keys {
			if o.keys[i].name == name.Value {
				d.written = append(d.written, name)
				o.keys[i].read(d, name, into)
				return
			}
		}
		switch {
		case o.extensions && IsExtension(name.Value):
			d.extension(name)
		case o.foreign != nil:
			o.foreign(d, name, o.names(), into)
		default:
			d.UnknownKey(name, o.names())
		}
	})
	own := d.written[before:]
	d.written = d.written[:before]
	return own
}

// names lists the keys.
func (o *object[T]) names() []string {
	names := make([]string, len(o.keys))
	for i, key := range o.keys {
		names[i] = key.name
	}
	return names
}

// IsExtension reports whether a key belongs to another tool, where the format allows it: see Object.Extensions.
func IsExtension(name string) bool {
	return name == "$schema" || strings.HasPrefix(name, "x-")
}

// openAPIKey is the key that an OpenAPI document has for gateway responses.
const openAPIKey = "x-amazon-apigateway-gateway-responses"

// extension passes over the value of a key that belongs to another tool.
func (d *decoder) extension(name Text) {
	if name.Value == openAPIKey {
		d.Report(code.IgnoredExtension, Warning, name.Offset, quote.Text(openAPIKey)+` is ignored like every x-* key; name it "gatewayResponses"`)
	}
	d.Skip(name)
}
