// SPDX-License-Identifier: Apache-2.0

package openapi

import (
	"regexp"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// Export makes the extension of a document, or of one of its routes. The document of the result is the value of the extension;
// the losses are what AWS cannot say. The document must be a good one.
func Export(document *tree.Node, route string) (*convert.Result, error) {
	e := &exporter{apis: restapi.NewCollection(), document: document}
	e.api = e.apis.API("document", "document", document.Place)
	chosen, err := e.route(route)
	if err != nil {
		return nil, err
	}
	e.root(chosen)
	e.responses(chosen)
	result := e.apis.Losses()
	result.Document = e.extension()
	for _, loss := range e.losses {
		result.Lose(loss.at, loss.path, nil, "%s", loss.message)
	}
	return result, nil
}

// exporter exports one document.
type exporter struct {
	apis     *restapi.Collection
	api      *restapi.API
	document *tree.Node
	losses   []exportLoss
	// headers are our header templates that AWS has mappings for, by the names of types.
	headers map[string]object.Object
}

type exportLoss struct {
	at            tree.Place
	path, message string
}

func (e *exporter) lose(at tree.Place, path, message string) {
	e.losses = append(e.losses, exportLoss{at, path, message})
}

// route is the route called name, nil without a name.
func (e *exporter) route(name string) (*tree.Node, error) {
	if name == "" {
		return nil, nil
	}
	var names []string
	for _, route := range e.document.Get("routes").List() {
		if route.Get("name").Value() == name {
			return route, nil
		}
		names = append(names, quote.Text(route.Get("name").Value()))
	}
	if names == nil {
		return nil, convert.Misuse(errNoRoutes)
	}
	return nil, convert.Misuse(noRoute(name, names))
}

// without are the keys of a document that need no word: they say nothing of replies, or say it to AWS as well.
var without = map[string]bool{"version": true, "$schema": true, "revision": true, "api": true, "emulate": true, "gatewayResponses": true}

// root looks at what a document has beside gateway responses.
func (e *exporter) root(chosen *tree.Node) {
	members, _ := e.document.Last()
	for _, m := range members {
		switch {
		case without[m.Key], strings.HasPrefix(m.Key, "x-"):
		case m.Key == "stageVariables":
			e.lose(m.Place, m.Key, "stage variables are no part of a definition; set them in the stage")
		case m.Key == "routes":
			e.routes(m.Value, chosen)
		case m.Key == "mode" && m.Value.Value() == "rewrite", m.Key == "escaping" && m.Value.Value() == "aws":
		case m.Key == "classification":
			for _, rule := range m.Value.List() {
				e.lose(rule.Place, m.Key, "AWS has no rules: it alone says which type an error has")
			}
		case m.Key == "escaping":
			e.lose(m.Place, m.Key, "AWS inserts values into bodies as they are")
		default:
			e.lose(m.Place, m.Key, "AWS has nothing like "+quote.Text(m.Key))
		}
	}
	if e.document.Get("emulate").Value() != "aws" {
		e.lose(e.document.Place, "emulate", "the document does not emulate AWS, where some errors have another type and a type without an entry has a reply of AWS")
	}
}

// routes looks at the routes.
func (e *exporter) routes(routes, chosen *tree.Node) {
	for _, route := range routes.List() {
		name := route.Get("name").Value()
		if route != chosen {
			e.lose(route.Place, "routes", "AWS has one set of gateway responses for an API; --route "+name+" exports those of this route")
			continue
		}
		for _, m := range route.Members {
			switch m.Key {
			case "name", "gatewayResponses", "inherit", "emulate", "api":
			case "match":
				e.lose(m.Place, "routes.match", "what the route matches is not in a definition; it is for the domain of the API")
			default:
				e.lose(m.Place, "routes."+m.Key, "AWS has nothing like "+quote.Text(m.Key)+" there")
			}
		}
	}
}

// responses reads the entries: those of the route first, then those of the document that the route leaves to it.
func (e *exporter) responses(chosen *tree.Node) {
	e.headers = map[string]object.Object{}
	own := chosen.Get("gatewayResponses")
	if chosen == nil {
		own = e.document.Get("gatewayResponses")
	}
	members, _ := own.Last()
	for _, m := range members {
		e.response(m)
	}
	if chosen == nil || chosen.Get("inherit").Is(tree.Boolean) && !chosen.Get("inherit").True() {
		return
	}
	inherited, _ := e.document.Get("gatewayResponses").Last()
	for _, m := range inherited {
		t, _ := config.ParseResponseType(m.Key)
		if own.Get(m.Key) == nil && own.Get(string(t.Family())) == nil {
			e.response(m)
		}
	}
}

// response reads one entry.
func (e *exporter) response(m tree.Member) {
	path := "gatewayResponses." + m.Key
	if headers := m.Value.Get("headers"); headers != nil {
		templates, _ := headers.Last()
		for _, h := range templates {
			if source, ok := mapped(h.Value.Value()); ok {
				e.headers[m.Key] = append(e.headers[m.Key], object.Member{Name: "gatewayresponse.header." + h.Key, Value: source})
			} else {
				e.lose(h.Place, path+".headers."+h.Key, "AWS has no templates for headers, only static values and single variables")
			}
		}
	}
	templates, _ := m.Value.Get("responseTemplates").Last()
	for _, t := range templates {
		for _, message := range foreignVariables(t.Value.Value()) {
			e.lose(t.Place, path+".responseTemplates."+t.Key, message)
		}
	}
	e.api.Respond(m.Key, m.Place, path, m.Value, "headers")
}

// extension is the value of the extension: the entries, without mappings that AWS refuses, and with our headers.
func (e *exporter) extension() object.Object {
	extension := object.Object{}
	for _, m := range e.api.Responses() {
		entry := m.Value.(object.Object)
		mappings, _ := entry.Get("responseParameters").(object.Object)
		kept := object.Object{}
		for _, mapping := range mappings {
			if strings.HasPrefix(mapping.Value.(string), "response.header.") {
				e.lose(mapping.From, "gatewayResponses."+m.Name+".responseParameters."+mapping.Name, "AWS has no headers of the original reply")
				continue
			}
			kept = append(kept, mapping)
		}
		kept = append(kept, e.headers[m.Name]...)
		if len(kept) > 0 || mappings != nil {
			entry.Set("responseParameters", kept, m.From)
		}
		extension = append(extension, object.Member{Name: m.Name, Value: ordered(entry), From: m.From})
	}
	return extension
}

// ordered is an entry with its keys in the order of AWS's documentation.
func ordered(entry object.Object) object.Object {
	made := object.Object{}
	for _, key := range []string{"statusCode", "responseParameters", "responseTemplates"} {
		if value := entry.Get(key); value != nil {
			made = append(made, object.Member{Name: key, Value: value})
		}
	}
	return made
}

// variable is a template that is one variable.
var variable = regexp.MustCompile(`^\$(?:\{([^|{}]+)\}|([A-Za-z0-9_.]+))$`)

// mapped is the source of a mapping that says what a template for a header says.
func mapped(template string) (source string, ok bool) {
	if !strings.Contains(template, "$") {
		return "'" + template + "'", !strings.ContainsAny(template, "'")
	}
	parts := variable.FindStringSubmatch(template)
	if parts == nil {
		return "", false
	}
	source = parts[1] + parts[2]
	for _, prefix := range []string{"context.", "stageVariables.", "method.request."} {
		if strings.HasPrefix(source, prefix) && !isOurs(source) {
			return source, true
		}
	}
	return "", false
}

// isOurs reports whether a variable is one that AWS does not have.
func isOurs(name string) bool {
	return name == "context.status" || strings.HasPrefix(name, "context.envoy.") || strings.HasPrefix(name, "response.header.")
}

// used are the variables of a template: in braces, with or without a filter, and without braces.
var used = regexp.MustCompile(`\$(\{(?:context|stageVariables|method)\.[^}]*\}|context\.status\b|context\.envoy\.[A-Za-z0-9_.]+)`)

// foreignVariables are the messages about what AWS does not take for a variable.
func foreignVariables(template string) []string {
	var messages []string
	seen := map[string]bool{}
	for _, name := range used.FindAllString(template, -1) {
		if seen[name] {
			continue
		}
		seen[name] = true
		if strings.HasPrefix(name, "${") {
			messages = append(messages, "AWS does not take "+quote.Text(name)+" for a variable; without a filter it is written without braces")
		} else {
			messages = append(messages, "AWS has no variable "+quote.Text(name))
		}
	}
	return messages
}
