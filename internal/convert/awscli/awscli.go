// SPDX-License-Identifier: Apache-2.0

// Package awscli imports what `aws apigateway get-gateway-responses` and get-gateway-response print, and what the API behind
// them answers.
package awscli

import (
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
)

// kind is the name of the format.
const kind = "aws-cli"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "the output of aws apigateway get-gateway-responses, or of get-gateway-response",
	Recognise: func(s *convert.Source) bool { return s.Any(isOutput) },
	Import:    importSource,
}

// isOutput reports whether a document is such an output.
func isOutput(document *tree.Node) bool {
	responses := responsesOf(document)
	return len(responses) > 0 && responses[0].Get("responseType").Is(tree.String)
}

// responsesOf are the gateway responses of a document: items as the command prints them, item in the answer of the API, below
// _embedded in its HAL.
func responsesOf(document *tree.Node) []*tree.Node {
	for _, list := range []*tree.Node{document.Get("items"), document.Get("item"), document.Get("_embedded", "item"), document} {
		if list.Is(tree.List) {
			return list.Elements
		}
	}
	if document.Get("responseType") != nil {
		return []*tree.Node{document}
	}
	return nil
}

// beside are the keys that a gateway response has beside what it says.
var beside = []string{"responseType", "defaultResponse", "_links", "ResponseMetadata"}

func importSource(source *convert.Source, options convert.Options) (*convert.Result, error) {
	if _, err := source.Of(kind, isOutput); err != nil {
		return nil, err
	}
	apis := restapi.NewCollection()
	for _, file := range source.Files {
		for _, document := range file.Documents {
			if !isOutput(document) {
				continue
			}
			apis.Raise(restapi.EveryAPI, document.Place)
			// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
			apis.Tell(document.Place, "", "these are the gateway responses of the API; a stage of AWS answers with those of its last deployment")
			name := "api"
			if document.Get("responseType") == nil && len(source.Files) > 1 {
				name = file.Name // each list is one API, single responses are of one together
			}
			read(apis.API(name, name, document.Place), document)
		}
	}
	return apis.Result(options)
}

// read reads the gateway responses of an API. AWS lists all types: those that the owner has not customised are marked.
func read(api *restapi.API, document *tree.Node) {
	for _, response := range responsesOf(document) {
		responseType := response.Get("responseType")
		if response.Get("defaultResponse").True() {
			continue
		}
		if !responseType.Is(tree.String) {
			api.Lose(response.Place, "responseType", "the gateway response has no type")
			continue
		}
		api.Respond(responseType.Text, responseType.Place, responseType.Text, response, beside...)
	}
}
