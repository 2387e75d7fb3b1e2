// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"encoding/json"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/entries"
)

// onBaseResponses are the operations on single gateway responses of base documents.
func onBaseResponses() []operation {
	const path = "/gateways/{gateway}/base/responses"
	return []operation{
		op("listBaseResponses", "GET", path, auth.Read, allAPIs, "List what the base document of a gateway answers for each type", listBaseResponses).onTexts(),
		op("getBaseResponse", "GET", path+"/{type}", auth.Read, allAPIs, "Get what the base document of a gateway answers for a type", getBaseResponse).onTexts(),
		op("putBaseResponse", "PUT", path+"/{type}", auth.Admin, allAPIs, "Give the base document of a gateway an entry, as a whole", putBaseResponse).onTexts(),
		op("deleteBaseResponse", "DELETE", path+"/{type}", auth.Admin, allAPIs, "Take an entry out of the base document of a gateway", deleteBaseResponse).onTexts(),
	}
}

// BaseParts are what an entry of a base document says, in the words of documents.
type BaseParts struct {
	ResponseParts
	Headers map[string]string `json:"headers,omitempty" about:"Templates of headers, by name."`
}

// entry is what the parts make of an entry.
func (p BaseParts) entry() entries.Parts {
	return entries.Parts{StatusCode: p.StatusCode, Parameters: p.ResponseParameters, Templates: p.ResponseTemplates, Headers: p.Headers}
}

// BaseResponse is what a base document answers for a type, outside of its routes and of those of stages.
type BaseResponse struct {
	Type  string `json:"type" about:"The gateway response type, AWS's or one of the document's own (X_)."`
	State string `json:"state" enum:"customised inherited builtIn left unraised" about:"Where it comes from: the document has an entry for it, another entry answers (from), it is AWS's own, Envoy's reply goes through as it is (why), or no error is taken for the type (why)."`
	From  string `json:"from,omitempty" about:"The type whose entry is inherited, behind ROUTE/ where a route of the document takes every request."`
	Why   string `json:"why,omitempty" about:"Why nothing answers."`
	BaseParts
	Rules    []BaseRule      `json:"rules" about:"The rules of the document that lead to the type, in the order in which they are asked."`
	Settings json.RawMessage `json:"settings,omitempty" about:"What of the document an entry may depend on: all keys but gatewayResponses, routes, classification and grpc. Lists leave it out."`
	ETag     string          `json:"-" etag:""`
}

// IsOwn reports whether it is a type of the document's own.
func (r BaseResponse) IsOwn() bool { return config.ResponseType(r.Type).IsOwn() }

// BaseRule is a rule of a base document.
type BaseRule struct {
	Place   int             `json:"place" about:"Where it stands among all rules of the document, from 1."`
	Name    string          `json:"name" about:"Its name, or where it stands when it has none."`
	When    json.RawMessage `json:"when" about:"Its conditions, an object as in classification[].when of documents."`
	Message string          `json:"message,omitempty" about:"What takes the place of the type's message."`
}

// BaseResponses are what a base document answers for all types.
type BaseResponses struct {
	Items []BaseResponse `json:"items" about:"One for each type: AWS's in the order of their names, and behind them the document's own."`
	ETag  string         `json:"-" etag:""`
}

// baseResponseOf is an answer of a base document in the form of this API. What AWS answers is told where that is what answers.
func baseResponseOf(a entries.Answer, etag string) BaseResponse {
	shown := BaseResponse{Type: string(a.Type), State: string(a.State), From: a.From, Why: a.Why, ETag: etag, Rules: make([]BaseRule, len(a.Rules))}
	shown.BaseParts = BaseParts{ResponseParts{a.StatusCode, a.Parameters, a.Templates}, a.Headers}
	if a.State == entries.BuiltIn && !a.Type.IsOwn() {
		own := apigateway.Uncustomised(string(a.Type))
		shown.ResponseParts = ResponseParts{own.StatusCode, own.ResponseParameters, own.ResponseTemplates}
	}
	for i, r := range a.Rules {
		shown.Rules[i] = BaseRule{r.Place, r.Name, object.Line(r.When), r.Message}
	}
	return shown
}

func listBaseResponses(ctx context.Context, s *Server, by control.Caller, in oneGateway) (BaseResponses, error) {
	found, err := s.options.Control.BaseResponses(ctx, by, in.Gateway)
	all := BaseResponses{Items: make([]BaseResponse, len(found.Items)), ETag: found.ETag}
	for i, answer := range found.Items {
		all.Items[i] = baseResponseOf(answer, found.ETag)
	}
	return all, err
}

// oneBaseResponse names a gateway response of a base document.
type oneBaseResponse struct {
	oneGateway
	Type string `uri:"type" about:"The gateway response type, AWS's or one of one's own (X_)."`
}

func getBaseResponse(ctx context.Context, s *Server, by control.Caller, in oneBaseResponse) (BaseResponse, error) {
	found, err := s.options.Control.BaseResponse(ctx, by, in.Gateway, in.Type)
	if err != nil {
		return BaseResponse{}, err
	}
	shown := baseResponseOf(found.Items[0], found.ETag)
	shown.Settings = found.Settings
	return shown, nil
}

// newBaseResponse is what putBaseResponse takes.
type newBaseResponse struct {
	oneBaseResponse
	trying
	BaseParts
	Rule *NewRule `json:"rule,omitempty" about:"A rule that leads to the type; it comes behind those that are there. A type of one's own needs one, or a producer that names it."`
}

// NewRule is a rule that is to be.
type NewRule struct {
	Name    string          `json:"name,omitempty" about:"Its name."`
	When    json.RawMessage `json:"when" about:"Its conditions, an object as in classification[].when of documents."`
	Message string          `json:"message,omitempty" about:"What takes the place of the type's message."`
}

func putBaseResponse(ctx context.Context, s *Server, by control.Caller, in newBaseResponse) (BaseDocument, error) {
	input := control.BaseResponseInput{Type: in.Type, Parts: in.entry()}
	if in.Rule != nil {
		input.Rule = &control.NewRule{Name: in.Rule.Name, Message: in.Rule.Message, When: string(in.Rule.When)}
	}
	put, err := s.options.Control.PutBaseResponse(ctx, by, in.Gateway, input)
	return baseOf(put), err
}

// goneBaseResponse is what deleteBaseResponse takes.
type goneBaseResponse struct {
	oneBaseResponse
	trying
}

func deleteBaseResponse(ctx context.Context, s *Server, by control.Caller, in goneBaseResponse) (BaseDocument, error) {
	put, err := s.options.Control.DeleteBaseResponse(ctx, by, in.Gateway, in.Type)
	return baseOf(put), err
}
