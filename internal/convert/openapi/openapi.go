// SPDX-License-Identifier: Apache-2.0

// Package openapi imports OpenAPI files with the extension x-amazon-apigateway-gateway-responses, versions 2.0, 3.0 and 3.1.
//
// Definition reads a definition wherever it stands: templates of CloudFormation and SAM hold them, too.
package openapi

import (
	"errors"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
)

// Extension is the key of the root that holds the gateway responses.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
const Extension = "x-amazon-apigateway-gateway-responses"

// kind is the name of the format.
const kind = "openapi"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "OpenAPI 2.0, 3.0 or 3.1 with " + Extension,
	Recognise: func(s *convert.Source) bool { return s.Any(Is) },
	Import:    importSource,
}

// Is reports whether a document is a definition of an API.
func Is(document *tree.Node) bool {
	return document.Get("swagger") != nil || document.Get("openapi") != nil || document.Get(Extension) != nil
}

func importSource(source *convert.Source, options convert.Options) (*convert.Result, error) {
	documents, err := source.Of(kind, Is)
	if err != nil {
		return nil, err
	}
	apis := restapi.NewCollection()
	for _, document := range documents {
		name := document.Get("info", "title").Value()
		if name == "" {
			name = "api"
		}
		api := apis.API(document.Place.Finding().String(), name, document.Place)
		api.Declared = true
		Definition(apis, api, document, "")
	}
	return apis.Result(options)
}

// Definition reads a definition of an API. path leads to it, "" or with a dot at its end.
func Definition(apis *restapi.Collection, api *restapi.API, root *tree.Node, path string) {
	_, repeated := root.Last()
	for _, m := range repeated {
		if m.Key == Extension {
			apis.Lose(m.Place, path+Extension, "the key stands twice; the last one counts")
		}
	}
	Responses(api, root.Get(Extension), path+Extension)
	(&inventory{apis: apis, root: root, path: path, seen: map[*tree.Node]bool{}}).take()
}

// DefinitionText reads a definition that is the text of a string. Its places are those within the text.
func DefinitionText(apis *restapi.Collection, api *restapi.API, text *tree.Node, path string) {
	file, err := tree.Read(text.Place.Finding().String()+" body", []byte(text.Text))
	var unread *tree.Error
	switch {
	case errors.As(err, &unread):
		api.Lose(text.Place, path, "the definition cannot be read: %s", unread.Message)
	case len(file.Documents) > 0:
		Definition(apis, api, file.Documents[0], path+".")
	}
}

// Responses reads the value of the extension.
func Responses(api *restapi.API, extension *tree.Node, path string) {
	if extension == nil || extension.Kind == tree.Null {
		return
	}
	if extension.Kind != tree.Object {
		api.Lose(extension.Place, path, "the gateway responses are not carried over: %s is no map", describe(extension))
		return
	}
	members, repeated := extension.Last()
	for _, m := range repeated {
		api.Lose(m.Place, path+"."+m.Key, "the type stands twice; the last one counts")
	}
	for _, m := range members {
		api.Respond(m.Key, m.Place, path+"."+m.Key, m.Value)
	}
}

// describe is what stands where a map is wanted.
func describe(n *tree.Node) string {
	if n.Kind == tree.Unknown {
		return n.Text + "; it"
	}
	return n.Kind.String()
}
