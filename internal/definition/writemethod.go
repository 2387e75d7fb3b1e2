// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"maps"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/convert/object"
)

// paths are the resources that have methods.
func (w *writer) paths(d Definition) object.Object {
	made := object.Object{}
	for _, path := range slices.Sorted(maps.Keys(d.Resources)) {
		methods := d.Resources[path]
		item := object.Object{}
		for _, verb := range slices.Sorted(maps.Keys(verbs)) {
			if method, ok := methods[verbs[verb]]; ok {
				item = append(item, member(verb, w.operation(method)))
			}
		}
		if len(item) > 0 {
			made = append(made, member(path, item))
		}
	}
	return made
}

func (w *writer) operation(m apigateway.Method) object.Object {
	made := appendText(object.Object{}, "operationId", m.OperationName)
	if parameters := w.parameters(m); len(parameters) > 0 {
		made = append(made, member("parameters", parameters))
	}
	made = append(made, member("responses", w.methodResponses(m)))
	if m.MethodIntegration != nil && (w.Extensions || w.Integrations) {
		made = append(made, member(extension+"integration", writtenIntegration(*m.MethodIntegration)))
	}
	return made
}

// parameters are the parameters of a request, by their names.
func (w *writer) parameters(m apigateway.Method) object.List {
	var made object.List
	for _, key := range slices.Sorted(maps.Keys(m.RequestParameters)) {
		rest, ours := strings.CutPrefix(key, "method.request.")
		location, name, named := strings.Cut(rest, ".")
		if location == "querystring" {
			location = "query"
		}
		if !ours || !named || locations[location] == "" {
			continue
		}
		p := object.Object{member("name", name), member("in", location)}
		required := m.RequestParameters[key] || location == "path"
		if w.Swagger || required {
			p = append(p, member("required", required))
		}
		made = append(made, append(p, w.stringType()...))
	}
	return made
}

// stringType says that a parameter or header is a string.
func (w *writer) stringType() object.Object {
	kind := object.Object{member("type", "string")}
	if w.Swagger {
		return kind
	}
	return object.Object{member("schema", kind)}
}

func (w *writer) methodResponses(m apigateway.Method) object.Object {
	made := object.Object{}
	for _, status := range slices.Sorted(maps.Keys(m.MethodResponses)) {
		reply := object.Object{member("description", status+" response")}
		headers := object.Object{}
		for _, key := range slices.Sorted(maps.Keys(m.MethodResponses[status].ResponseParameters)) {
			if name, ok := strings.CutPrefix(key, "method.response.header."); ok {
				headers = append(headers, member(name, w.stringType()))
			}
		}
		if len(headers) > 0 {
			reply = append(reply, member("headers", headers))
		}
		if !w.Swagger {
			reply = append(reply, member("content", object.Object{}))
		}
		made = append(made, member(status, reply))
	}
	return made
}

// defaultTimeout is how long an integration waits that does not say it, in milliseconds.
const defaultTimeout = 29_000

// writtenIntegration is an integration as the extension has it. Definitions spell some values in lower case that the API spells in upper case.
func writtenIntegration(i apigateway.Integration) object.Object {
	made := appendText(object.Object{}, "type", strings.ToLower(i.Type))
	made = appendText(made, "httpMethod", i.HTTPMethod)
	made = appendText(made, "uri", i.URI)
	if i.ConnectionType != "INTERNET" {
		made = appendText(made, "connectionType", i.ConnectionType)
	}
	made = appendText(made, "connectionId", i.ConnectionID)
	made = appendText(made, "credentials", i.Credentials)
	if responses := integrationResponses(i.IntegrationResponses); len(responses) > 0 {
		made = append(made, member("responses", responses))
	}
	made = appendTexts(made, "requestParameters", i.RequestParameters)
	made = appendTexts(made, "requestTemplates", i.RequestTemplates)
	made = appendText(made, "passthroughBehavior", strings.ToLower(i.PassthroughBehavior))
	made = appendText(made, "contentHandling", i.ContentHandling)
	if i.TimeoutInMillis != 0 && i.TimeoutInMillis != defaultTimeout {
		made = append(made, member("timeoutInMillis", i.TimeoutInMillis))
	}
	if len(i.CacheKeyParameters) > 0 {
		made = append(made, member("cacheKeyParameters", list(i.CacheKeyParameters)))
		made = appendText(made, "cacheNamespace", i.CacheNamespace)
	}
	made = appendText(made, "responseTransferMode", i.ResponseTransferMode)
	if i.TLSConfig != nil {
		made = append(made, member("tlsConfig", object.Object{member("insecureSkipVerification", i.TLSConfig.InsecureSkipVerification)}))
	}
	return made
}

// integrationResponses are the replies of an integration by their patterns.
func integrationResponses(responses map[string]apigateway.IntegrationResponse) object.Object {
	made := object.Object{}
	taken := map[string]bool{}
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		r := responses[status]
		pattern := anyPattern
		if r.SelectionPattern != nil && *r.SelectionPattern != "" {
			pattern = *r.SelectionPattern
		}
		if taken[pattern] {
			continue // API Gateway tries the statuses in no order that is known
		}
		taken[pattern] = true
		reply := object.Object{member("statusCode", status)}
		reply = appendTexts(reply, "responseParameters", r.ResponseParameters)
		reply = appendTexts(reply, "responseTemplates", r.ResponseTemplates)
		made = append(made, member(pattern, appendText(reply, "contentHandling", r.ContentHandling)))
	}
	return made
}
