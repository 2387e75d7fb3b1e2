// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"strconv"

	"gatewayresponses/config"
)

// defaultTemplate is the body of a gateway response that has no templates of its own.
const defaultTemplate = `{"message":$context.error.messageString}`

// ResponseType finds the type that a request names; old documentation of AWS has one in the plural. It reports whether there is one.
func ResponseType(name string) (string, bool) {
	t, ok := config.ParseResponseType(name)
	return string(t), ok
}

// Uncustomised is the gateway response that a change of a type begins with when the API has none of its own. It has no status, so
// that the error's own stands.
func Uncustomised(responseType string) GatewayResponse {
	return GatewayResponse{ResponseType: responseType, ResponseTemplates: defaultTemplates()}
}

// Resolve gives the gateway response of a type as AWS shows it, of those that an API customises, by type. The entry of the type is
// shown whole; else that of DEFAULT_4XX or DEFAULT_5XX, by the class of the type; else the built-in one.
func Resolve(responseType string, customised map[string]GatewayResponse) GatewayResponse {
	t := config.ResponseType(responseType)
	shown, own := customised[responseType]
	if !own {
		shown = customised[string(t.Family())]
	}
	shown.ResponseType, shown.DefaultResponse = responseType, !own
	if status := t.DefaultStatus(); shown.StatusCode == "" && status != 0 {
		shown.StatusCode = strconv.Itoa(status)
	}
	if len(shown.ResponseTemplates) == 0 {
		shown.ResponseTemplates = defaultTemplates()
	}
	if !own {
		shown.ETag = ""
	}
	return shown
}

// ResolveAll gives the gateway responses of all types, in AWS's order.
func ResolveAll(customised map[string]GatewayResponse) GatewayResponses {
	types := config.ResponseTypes()
	shown := make([]GatewayResponse, len(types))
	for i, t := range types {
		shown[i] = Resolve(string(t), customised)
	}
	return GatewayResponses{Items: shown}
}

func defaultTemplates() Map[string] {
	return Map[string]{"application/json": defaultTemplate}
}
