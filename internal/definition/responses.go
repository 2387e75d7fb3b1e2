// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"errors"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/quote"
)

// responses reads the gateway responses.
func (r *reader) responses() {
	apis := restapi.NewCollection()
	api := apis.API("definition", "definition", r.root.Place)
	openapi.Responses(api, r.root.Get(openapi.Extension), openapi.Extension)
	for _, loss := range apis.Losses().Losses() {
		r.found.Warnings = append(r.found.Warnings, loss.String()+": "+loss.Words())
	}
	r.made.Responses = map[string]apigateway.GatewayResponse{}
	for _, m := range api.Responses() {
		r.response(m)
	}
}

// response checks one gateway response as PutGatewayResponse does.
func (r *reader) response(m object.Member) {
	responseType, known := apigateway.ResponseType(strings.ToUpper(m.Name))
	if !known {
		responseType = m.Name
	}
	entry := m.Value.(object.Object)
	status, _ := entry.Get("statusCode").(string)
	in := apigateway.PutGatewayResponseInput{
		ResponseType:       responseType,
		ResponseParameters: textsOf(entry.Get("responseParameters")),
		ResponseTemplates:  textsOf(entry.Get("responseTemplates")),
	}
	if status != "" {
		in.StatusCode = &status
	}
	if err := in.Validate(); err != nil {
		r.fail(m.From, "Unable to put gateway response %s: %s", quote.Text(m.Name), message(err))
		return
	}
	r.made.Responses[responseType] = apigateway.GatewayResponse{
		ResponseType:       responseType,
		StatusCode:         status,
		ResponseParameters: in.ResponseParameters,
		ResponseTemplates:  in.ResponseTemplates,
	}
}

// message is what an error of AWS's API says.
func message(err error) string {
	var known *apigateway.Error
	if errors.As(err, &known) {
		return known.Message
	}
	return err.Error()
}

// textsOf is a map of strings that was read from a definition.
func textsOf(value any) map[string]string {
	members, _ := value.(object.Object)
	if len(members) == 0 {
		return nil
	}
	made := make(map[string]string, len(members))
	for _, m := range members {
		made[m.Name], _ = m.Value.(string)
	}
	return made
}
