// SPDX-License-Identifier: Apache-2.0

// Package definition reads and writes definitions of REST APIs: OpenAPI 2.0, 3.0 and 3.1 with AWS's extensions, as API Gateway
// imports and exports them.
//
// It keeps what an API has here: its name, description and version, gateway responses, and resources with their methods and
// integrations. What else a definition says is dropped with a warning, as schemas, examples and servers are. Text without meaning for
// API Gateway, such as tags and summaries, needs no warning.
//
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
package definition

import "gatewayresponses/internal/apigateway"

// Definition is a REST API as a definition has it.
type Definition struct {
	Name, Description, Version string
	// BinaryMediaTypes is nil where the definition has none.
	BinaryMediaTypes []string
	// MinimumCompressionSize is in bytes, nil where the definition has none.
	MinimumCompressionSize *int
	// APIKeySource is HEADER or AUTHORIZER, empty where the definition has none.
	APIKeySource string
	// Policy is a resource policy, JSON.
	Policy string
	// DisableExecuteAPIEndpoint is nil where the definition does not say it.
	DisableExecuteAPIEndpoint *bool
	// VPCEndpointIDs are those of a private API.
	VPCEndpointIDs []string
	// Responses are the gateway responses, by type.
	Responses map[string]apigateway.GatewayResponse
	// Resources are those that the definition names, by path. Their parents may be missing, and their path parts wrong.
	Resources map[string]Methods
}

// Methods are the methods of a resource, by name: GET, ANY.
type Methods map[string]apigateway.Method

// BasePath says what becomes of the base path of a definition.
type BasePath string

// What becomes of a base path. Source: the parameter basepath of ImportRestApi, and
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
const (
	// Ignore leaves it out.
	Ignore BasePath = "ignore"
	// Prepend puts it in front of every path.
	Prepend BasePath = "prepend"
	// Split puts what follows its first segment in front of every path.
	Split BasePath = "split"
)

// MaxSize is the size of the largest definition, in bytes, as on AWS.
const MaxSize = 6 << 20

// maxTold is how many warnings or errors are told, each.
const maxTold = 100
