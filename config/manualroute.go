// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

// Patterns of routes.
const (
	pathPattern     = `^(/(` + literal + `|\{` + parameterName + `\}))*/(` + literal + `|\{` + parameterName + `\+?\})$`
	hostPattern     = `^(\*\.)?([^*:\[/\\?#@\x00-\x20\x7f][^*:/\\?#@\x00-\x20\x7f]*|\[[^*\]/\\?#@\x00-\x20\x7f]*\])$`
	pathDescription = "A template is made of segments: text, `{name}`, or last `{name+}`. It is compared with the path without query, segment by segment, percent-decoded; `%2F` stays as it is. " +
		"Upper and lower case differ. It gives `$context.resourcePath` and `method.request.path.NAME`"
)

var routeManual = Object{
	Name: "route", Title: "Routes", Path: "routes[]", Frame: `{"routes": [{%s}]}`, Extensions: true,
	About: `A route says what differs for the requests that belong to it. A request belongs to one route or to none. A name in the metadata of Envoy comes first. It is the string
` + "`gateway_responses.route`" + ` in the metadata of Envoy's route, or the annotation ` + "`gateway.envoyproxy.io/gateway-responses`" + ` of the HTTPRoute that Envoy Gateway made it of, or
` + "`gateway_responses.route`" + ` in the metadata of the virtual host:

` + "```yaml" + `
metadata: {filter_metadata: {gateway_responses: {route: shop}}}
` + "```" + `

Without a name, or with one that no route has, the first route whose ` + "`match`" + ` holds. The names ` + "`off` and `observe`" + ` are reserved. In the metadata they are
switches for an incident: ` + "`off`" + ` leaves these requests alone and ` + "`observe`" + ` only looks at them, without a change of the document, also when it has no routes. They never make the filter do
more than the document says.

` + "```yaml" + `
metadata: {filter_metadata: {gateway_responses: {route: "off"}}}
` + "```" + `

Only errors pay for this look into the metadata: two host calls each.`,
	Keys: []Key{
		{
			"name",
			ValueType{
				"string without white space and control characters",
				`{"type": "string", "pattern": "^[^\\x00-\\x20\\x7f]+$", "not": {"enum": ["off", "observe"]}}`,
			},
			"", true, first,
			"What metadata and access logs call the route. Unique; not `off` or `observe`.", `"name": "shop"`,
		},
		{
			"match", objectType("match"), "only metadata reaches the route", false, first,
			"Which requests belong to the route.", `"name": "shop", "match": {"hosts": ["shop.example.com"]}`,
		},
		{"mode", enumeration("rewrite", "observe", "off"), "the document's", false, first, "The mode for these requests.", `"name": "legacy", "match": {"pathPrefix": "/v0"}, "mode": "off"`},
		{
			"emulate", enumeration("aws"), "the document's", false, first,
			"`aws` takes over AWS's behaviour for these requests, and makes what AWS takes inside the route's `gatewayResponses` a warning at most.", `"name": "shop", "emulate": "aws"`,
		},
		{"escaping", enumeration("auto", "aws"), "the document's", false, first, "How values enter bodies of the route's own entries.", `"name": "shop", "escaping": "auto"`},
		{"api", objectType("api"), "the document's", false, first, "Goes over the document's, key by key.", `"name": "shop", "api": {"id": "shop"}`},
		{
			"stageVariables",
			ValueType{"name to string", `{"type": "object", "additionalProperties": {"type": "string"}}`},
			"the document's", false, first,
			"Go over the document's, name by name, in templates of the document as well.", `"name": "shop", "stageVariables": {"docs": "https://shop.example.com/help"}`,
		},
		{
			"gatewayResponses",
			ValueType{"type to entry", `{"type": "object"}`},
			"none", false, first,
			"The route's own entries. All of them, DEFAULT_4XX and DEFAULT_5XX included, go before the document's.",
			`"name": "shop", "gatewayResponses": {"DEFAULT_5XX": {"statusCode": "503"}}`,
		},
		{"inherit", booleanType, "`true`", false, first, "With `false` the document's entries do not answer.", `"name": "shop", "inherit": false`},
		{
			"resources",
			ValueType{"list of path templates", `{"type": "array", "uniqueItems": true, "items": ` + matching(pathPattern) + `}`},
			"none", false, first,
			"Templates for what follows `match.pathPrefix` in the path, or for the whole path without one. Each gives `$context.resourcePath` and `method.request.path.NAME`, as " +
				"`match.path` does, and never decides whether the route matches. Text goes before `{name}`, and that before `{name+}`. No two may differ in the names of their " +
				"parameters only, and `match.path` cannot stand beside them.",
			`"name": "shop", "match": {"pathPrefix": "/v1"}, "resources": ["/pets", "/pets/{petId}"]`,
		},
	},
	Constraint: `"not": {"required": ["match", "resources"], "properties": {"match": {"required": ["path"]}, "resources": {"minItems": 1}}},
"if": {"properties": {"emulate": {"const": "aws"}}, "required": ["emulate"]},
"then": {"properties": {"gatewayResponses": {"$ref": "#/$defs/gatewayResponsesOfAWS"}}},
"else": {"properties": {"gatewayResponses": {"$ref": "#/$defs/gatewayResponses"}}}`,
}

var matchManual = Object{
	Name: "match", Title: "Matching requests", Path: "routes[].match", Frame: `{"routes": [{"name": "shop", "match": {%s}}]}`,
	About: "All keys that are given must hold, so `{}` always does. A list, which is never empty, holds when one of its elements does. What is not there, such as the metadata of\n" +
		"a request without a route, matches no glob.",
	Keys: []Key{
		{
			"routeNames", namesType, "", false, first,
			"Globs on the name of Envoy's route. On Istio that is the name in the `http` list of a VirtualService.", `"routeNames": ["orders", "cart*"]`,
		},
		{"virtualHosts", namesType, "", false, first, "Globs on the name of Envoy's virtual host.", `"virtualHosts": ["shop*"]`},
		{
			"hosts",
			ValueType{"list of host names", listOf(matching(hostPattern))},
			"", false, first,
			"The host that the client asked for, without port and whatever its case. `*.example.com` is for one or more labels in front of `example.com`.",
			`"hosts": ["localhost", "*.example.com"]`,
		},
		{
			"path",
			ValueType{"path template", matching(pathPattern)},
			"", false, first,
			pathDescription + ", also when metadata has named the route, as long as the template takes the path.", `"path": "/pets/{petId}"`,
		},
		{
			"pathPrefix",
			ValueType{"path", matching(`^/[^?#{}\x00-\x1f\x7f]*$`)},
			"", false, first,
			"A path that the request's is, or lies below. `/v0`, and `/v0/` in the same sense, hold for `/v0` and `/v0/pets`, not for `/v01`.", `"pathPrefix": "/v0"`,
		},
		{
			"methods",
			ValueType{"list of methods", listOf(`{"allOf": [` + matching("^"+tokenPattern+"$") + `, {"not": {"const": "*"}}]}`)},
			"", false, first,
			"Methods, in their own case.", `"methods": ["GET", "HEAD"]`,
		},
		{
			"metadata",
			ValueType{"namespace to key to glob", `{"$ref": "#/$defs/metadata"}`},
			"", false, first,
			"Globs on values in the metadata of Envoy's route. A key can lead to further objects, 16 keys in all, and in a list a key is a place such as `0`. A number is compared as in " +
				"`42`, a boolean as in `true`.",
			`"metadata": {"istio": {"config": "*/virtual-service/shop"}}`,
		},
	},
}
