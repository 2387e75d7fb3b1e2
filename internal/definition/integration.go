// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// anyPattern is the key of the reply of an integration that no pattern selects.
const anyPattern = "default"

// integration reads an integration. Source:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
func (r *reader) integration(n *tree.Node) *apigateway.Integration {
	made := &apigateway.Integration{}
	members, _ := n.Last()
	for _, m := range members {
		if !r.step() {
			return made
		}
		v := m.Value
		switch m.Key {
		case "type":
			made.Type = strings.ToUpper(r.text(v, m.Key))
		case "httpMethod":
			made.HTTPMethod = strings.ToUpper(r.text(v, m.Key))
		case "uri":
			made.URI = r.text(v, m.Key)
		case "connectionType":
			made.ConnectionType = strings.ToUpper(r.text(v, m.Key))
		case "connectionId":
			made.ConnectionID = r.text(v, m.Key)
		case "credentials":
			made.Credentials = r.text(v, m.Key)
		case "requestParameters":
			made.RequestParameters = r.texts(v, m.Key)
		case "requestTemplates":
			made.RequestTemplates = r.texts(v, m.Key)
		case "passthroughBehavior":
			made.PassthroughBehavior = strings.ToUpper(r.text(v, m.Key))
		case "contentHandling":
			made.ContentHandling = strings.ToUpper(r.text(v, m.Key))
		case "timeoutInMillis":
			made.TimeoutInMillis, _ = strconv.Atoi(r.text(v, m.Key))
		case "cacheNamespace":
			made.CacheNamespace = r.text(v, m.Key)
		case "cacheKeyParameters":
			for _, parameter := range v.List() {
				made.CacheKeyParameters = append(made.CacheKeyParameters, r.text(parameter, m.Key))
			}
		case "responseTransferMode":
			made.ResponseTransferMode = strings.ToUpper(r.text(v, m.Key))
		case "tlsConfig":
			made.TLSConfig = &apigateway.TLSConfig{InsecureSkipVerification: v.Get("insecureSkipVerification").True()}
		case "responses":
			r.integrationResponses(made, v)
		default:
			if !strings.HasPrefix(m.Key, "x-") {
				r.warn(m.Place, "%s of an integration is dropped: API Gateway has no such setting", quote.Text(m.Key))
			}
		}
	}
	return made
}

// integrationResponses reads the replies of an integration. Definitions have them by pattern, API Gateway by status.
func (r *reader) integrationResponses(made *apigateway.Integration, n *tree.Node) {
	members, _ := n.Last()
	for _, m := range members {
		if !r.step() {
			return
		}
		response := apigateway.IntegrationResponse{
			StatusCode:         r.text(m.Value.Get("statusCode"), "statusCode"),
			ResponseParameters: r.texts(m.Value.Get("responseParameters"), "responseParameters"),
			ResponseTemplates:  r.texts(m.Value.Get("responseTemplates"), "responseTemplates"),
			ContentHandling:    strings.ToUpper(r.text(m.Value.Get("contentHandling"), "contentHandling")),
		}
		if m.Key != anyPattern {
			response.SelectionPattern = &m.Key
		}
		if response.StatusCode == "" {
			r.warn(m.Place, "the reply %s of an integration is dropped: it has no statusCode", quote.Text(m.Key))
			continue
		}
		if made.IntegrationResponses == nil {
			made.IntegrationResponses = map[string]apigateway.IntegrationResponse{}
		}
		if _, again := made.IntegrationResponses[response.StatusCode]; again {
			r.warn(m.Place, "the reply %s of an integration takes the place of another one with status %s", quote.Text(m.Key), response.StatusCode)
		}
		made.IntegrationResponses[response.StatusCode] = response
	}
}
