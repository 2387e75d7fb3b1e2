// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onResponses are the operations on the gateway responses of an API, its working copy.
func onResponses() []operation {
	return []operation{
		op("listResponses", "GET", "/apis/{api}/responses", auth.Read, oneAPI, "List the gateway responses of all types", listResponses),
		op("getResponse", "GET", "/apis/{api}/responses/{type}", auth.Read, oneAPI, "Get the gateway response of a type", getResponse),
		op("putResponse", "PUT", "/apis/{api}/responses/{type}", auth.Edit, oneAPI, "Customise the gateway response of a type, as a whole", putResponse),
		op("deleteResponse", "DELETE", "/apis/{api}/responses/{type}", auth.Edit, oneAPI, "Customise a type no longer", deleteResponse),
	}
}

// Response is the gateway response of a type.
type Response struct {
	Type  string `json:"type" about:"The gateway response type."`
	State string `json:"state" enum:"customised inherited builtIn" about:"Where it comes from: the API customises it, it is that of the type named by from, or it is AWS's own."`
	From  string `json:"from,omitempty" about:"The type whose gateway response is inherited."`
	ResponseParts
	ETag string `json:"-" etag:""`
}

// ResponseParts are what a gateway response says, in the words of documents.
type ResponseParts struct {
	StatusCode         string            `json:"statusCode,omitempty" about:"The status; missing, that of the error stays."`
	ResponseParameters map[string]string `json:"responseParameters,omitempty" about:"Headers, by gatewayresponse.header.NAME."`
	ResponseTemplates  map[string]string `json:"responseTemplates,omitempty" about:"Templates of the body, by media type."`
}

// Responses are the gateway responses of all types.
type Responses struct {
	Items []Response `json:"items" about:"One for each type, in AWS's order."`
}

// responsesOf are gateway responses in the form of this API. all must have all types, for it takes two to inherit.
func responsesOf(all []apigateway.GatewayResponse) Responses {
	own := map[string]bool{}
	for _, r := range all {
		own[r.ResponseType] = !r.DefaultResponse
	}
	made := Responses{Items: make([]Response, len(all))}
	for i, r := range all {
		family := string(config.ResponseType(r.ResponseType).Family())
		shown := Response{
			Type: r.ResponseType, State: "builtIn", ResponseParts: ResponseParts{r.StatusCode, r.ResponseParameters, r.ResponseTemplates}, ETag: r.ETag,
		}
		switch {
		case own[r.ResponseType]:
			shown.State = "customised"
		case own[family]:
			shown.State, shown.From = "inherited", family
		}
		made.Items[i] = shown
	}
	return made
}

func listResponses(ctx context.Context, s *Server, by control.Caller, in oneAPIInput) (Responses, error) {
	found, err := s.options.Control.GetGatewayResponses(ctx, by, apigateway.GetGatewayResponsesInput{RestAPIID: in.API})
	return responsesOf(found.Items), err
}

// oneResponse names a gateway response.
type oneResponse struct {
	oneAPIInput
	Type string `uri:"type" about:"The gateway response type."`
}

func getResponse(ctx context.Context, s *Server, by control.Caller, in oneResponse) (Response, error) {
	if _, err := s.options.Control.GetGatewayResponse(ctx, by, apigateway.GetGatewayResponseInput{RestAPIID: in.API, ResponseType: in.Type}); err != nil {
		return Response{}, err
	}
	all, err := listResponses(ctx, s, by, in.oneAPIInput)
	if err != nil {
		return Response{}, err
	}
	name, _ := apigateway.ResponseType(in.Type)
	for _, r := range all.Items {
		if r.Type == name {
			return r, nil
		}
	}
	return Response{}, apigateway.NotFound("there is no type %q", in.Type)
}

// newResponse is what putResponse takes.
type newResponse struct {
	oneAPIInput
	Type               string            `uri:"type" about:"The gateway response type."`
	StatusCode         *string           `json:"statusCode,omitempty" about:"The status; missing, that of the error stays."`
	ResponseParameters map[string]string `json:"responseParameters,omitempty" about:"Headers, by gatewayresponse.header.NAME."`
	ResponseTemplates  map[string]string `json:"responseTemplates,omitempty" about:"Templates of the body, by media type."`
}

func putResponse(ctx context.Context, s *Server, by control.Caller, in newResponse) (Response, error) {
	put, err := s.options.Control.PutGatewayResponse(ctx, by, apigateway.PutGatewayResponseInput{
		RestAPIID: in.API, ResponseType: in.Type, StatusCode: in.StatusCode, ResponseParameters: in.ResponseParameters, ResponseTemplates: in.ResponseTemplates,
	})
	if err != nil {
		return Response{}, err
	}
	return responsesOf([]apigateway.GatewayResponse{put}).Items[0], nil
}

func deleteResponse(ctx context.Context, s *Server, by control.Caller, in oneResponse) (nothing, error) {
	_, err := s.options.Control.DeleteGatewayResponse(ctx, by, apigateway.DeleteGatewayResponseInput{RestAPIID: in.API, ResponseType: in.Type})
	return nothing{}, err
}
