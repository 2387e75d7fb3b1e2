// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// nowhere is a path that no API has.
const nowhere = "/gwr-compare/no-such-resource"

// provocation is a request that gateways answer with an error of a type, if they have what makes it.
type provocation struct {
	name, method string
	// behind goes behind the path of a method of the API; nowhere stands alone.
	behind  string
	headers facts.Headers
	body    string
}

// provocations are the requests for each type that a single request can raise.
var provocations = map[config.ResponseType][]provocation{
	config.Unauthorized: {
		{name: "no credential", method: http.MethodGet},
		{name: "a bad token", method: http.MethodGet, headers: facts.Headers{{Name: "authorization", Value: "Bearer nonsense"}}},
	},
	config.MissingAuthenticationToken: {{name: "no such resource", method: http.MethodGet, behind: nowhere}},
	config.ResourceNotFound:           {{name: "no such resource", method: http.MethodGet, behind: nowhere}},
	config.InvalidAPIKey: {
		{name: "no API key", method: http.MethodGet},
		{name: "a wrong API key", method: http.MethodGet, headers: facts.Headers{{Name: "x-api-key", Value: "nonsense"}}},
	},
	config.InvalidSignature: {{name: "a bad signature", method: http.MethodGet, headers: facts.Headers{
		{Name: "authorization", Value: "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=00"},
		{Name: "x-amz-date", Value: "20150830T123600Z"},
	}}},
	config.BadRequestParameters: {{name: "no parameters", method: http.MethodGet}},
	config.BadRequestBody: {{
		name: "a body that is not JSON", method: http.MethodPost, headers: facts.Headers{{Name: "content-type", Value: "application/json"}}, body: "{",
	}},
	config.UnsupportedMediaType: {{
		name: "an unknown media type", method: http.MethodPost, headers: facts.Headers{{Name: "content-type", Value: "application/x-unknown"}}, body: "x",
	}},
	config.WAFFiltered: {{name: "an attack", method: http.MethodGet, behind: "?q=%3Cscript%3Ealert(1)%3C/script%3E"}},
}

// FromInventory makes requests that raise the types of an inventory, as gwr import --report writes it. path is that of a method of the
// API. unasked are the types that no single request raises.
func FromInventory(text []byte, path string) (requests []Request, unasked []config.ResponseType, err error) {
	var report struct {
		Inventory []struct {
			Type config.ResponseType `json:"type"`
		} `json:"inventory"`
	}
	if err := json.Unmarshal(text, &report); err != nil {
		return nil, nil, err
	}
	if report.Inventory == nil {
		return nil, nil, errors.New("it has no inventory; gwr import --report writes one")
	}
	var types []config.ResponseType
	for _, raised := range report.Inventory {
		if raised.Type != "" && !slices.Contains(types, raised.Type) {
			types = append(types, raised.Type)
		}
	}
	for _, t := range types {
		if provocations[t] == nil {
			unasked = append(unasked, t)
		}
		for _, p := range provocations[t] {
			request := Request{Name: string(t) + ", " + p.name, Method: p.method, Path: path + p.behind, Headers: p.headers, Body: p.body}
			if p.behind == nowhere {
				request.Path = nowhere
			}
			requests = append(requests, request)
		}
	}
	if len(requests) == 0 {
		err = errors.New("none of the types in the inventory is raised by a single request")
	}
	return requests, unasked, err
}
