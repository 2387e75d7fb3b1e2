// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"maps"
	"slices"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/tree"
)

// Format is how a definition is written.
type Format struct {
	// Swagger writes OpenAPI 2.0, else it is 3.0.
	Swagger bool
	// YAML writes YAML, else it is JSON.
	YAML bool
	// Extensions writes all of AWS's extensions, Integrations those of integrations.
	Extensions, Integrations bool
	// Host and Stage are where the API is served: the host name, and the first segment of its paths.
	Host, Stage string
}

// Write writes a definition. Equal definitions give equal bytes.
func Write(d Definition, f Format) []byte {
	w := &writer{Format: f}
	root := w.root(d)
	if f.YAML {
		return root.YAML(nil)
	}
	return append(object.Indent(root, "", "  "), '\n')
}

// writer writes one definition.
type writer struct{ Format }

// member is a member of an object that is being written.
func member(name string, value any) object.Member {
	return object.Member{Name: name, Value: value, From: tree.Place{}}
}

func (w *writer) root(d Definition) object.Object {
	info := object.Object{member("title", d.Name)}
	if d.Description != "" {
		info = append(info, member("description", d.Description))
	}
	info = append(info, member("version", d.Version))
	var root object.Object
	if w.Swagger {
		root = object.Object{
			member("swagger", "2.0"),
			member("info", info),
			member("host", w.Host),
			member("basePath", "/"+w.Stage),
			member("schemes", object.List{"https"}),
			member("paths", w.paths(d)),
		}
	} else {
		root = object.Object{
			member("openapi", "3.0.1"),
			member("info", info),
			member("servers", object.List{object.Object{
				member("url", "https://"+w.Host+"/{basePath}"),
				member("variables", object.Object{member("basePath", object.Object{member("default", w.Stage)})}),
			}}),
			member("paths", w.paths(d)),
			member("components", object.Object{}),
		}
	}
	if w.Extensions {
		root = append(root, w.extensions(d)...)
	}
	return root
}

// extensions are the extensions at the root.
func (w *writer) extensions(d Definition) object.Object {
	var made object.Object
	if policy := policy(d.Policy); policy != nil {
		made = append(made, member(extension+"policy", policy))
	}
	if len(d.Responses) > 0 {
		responses := object.Object{}
		for _, name := range slices.Sorted(maps.Keys(d.Responses)) {
			responses = append(responses, member(name, response(d.Responses[name])))
		}
		made = append(made, member(openapi.Extension, responses))
	}
	if d.APIKeySource != "" && d.APIKeySource != "HEADER" {
		made = append(made, member(extension+"api-key-source", d.APIKeySource))
	}
	if d.MinimumCompressionSize != nil {
		made = append(made, member(extension+"minimum-compression-size", *d.MinimumCompressionSize))
	}
	if len(d.BinaryMediaTypes) > 0 {
		made = append(made, member(extension+"binary-media-types", list(d.BinaryMediaTypes)))
	}
	return made
}

// policy is a resource policy as a value, nil if there is none.
func policy(text string) any {
	file, err := tree.Read("policy", []byte(text))
	if err != nil || len(file.Documents) != 1 || !file.Documents[0].Is(tree.Object) {
		return nil
	}
	value, _ := object.Of(file.Documents[0])
	return value
}

// response is a gateway response with what it says, in the order of AWS's documentation.
func response(r apigateway.GatewayResponse) object.Object {
	made := object.Object{}
	if r.StatusCode != "" {
		made = append(made, member("statusCode", r.StatusCode))
	}
	made = appendTexts(made, "responseParameters", r.ResponseParameters)
	return appendTexts(made, "responseTemplates", r.ResponseTemplates)
}

// appendText adds a string that is not empty, appendTexts a map of them that is not.
func appendText(made object.Object, name, text string) object.Object {
	if text == "" {
		return made
	}
	return append(made, member(name, text))
}

func appendTexts(made object.Object, name string, texts map[string]string) object.Object {
	if len(texts) == 0 {
		return made
	}
	members := object.Object{}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		members = append(members, member(key, texts[key]))
	}
	return append(made, member(name, members))
}

func list(texts []string) object.List {
	made := object.List{}
	for _, text := range texts {
		made = append(made, text)
	}
	return made
}
