// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

// Patterns of routes.
const (
	pathPattern     = `^(/(` + literal + `|\{` + parameterName + `\}))*/(` + literal + `|\{` + parameterName + `\+?\})$`
	hostPattern     = `^(\*\.)?([^*:\[/\\?#@\x00-\x20\x7f][^*:/\\?#@\x00-\x20\x7f]*|\[[^*\]/\\?#@\x00-\x20\x7f]*\])$`
	pathDescription = "A template is made of segments: text, `{name}`, and at the end `{name+}`. It is compared with the path, without its query, segment by segment. Segments are percent-decoded, except " +
		"`%2F`. Upper and lower case differ. It gives `$context.resourcePath` and `method.request.path.NAME`"
)

var routeManual = Object{
	Name: "route", Title: "Routes", Path: "routes[]", Frame: `{"routes": [{%s}]}`, Extensions: true,
	About: `A route says what differs for some requests. A request belongs to one route or to none. First, the metadata of Envoy can name the route. The name is the string
` + "`gateway_responses.route`" + ` in the metadata of Envoy's route, or the annotation ` + "`gateway.envoyproxy.io/gateway-responses`" + ` of Envoy Gateway's HTTPRoute, or
` + "`gateway_responses.route`" + ` in the metadata of the virtual host:

` + "```yaml" + `
metadata: {filter_metadata: {gateway_responses: {route: shop}}}
` + "```" + `

Without a name, or with one that no route has, the request belongs to the first route whose ` + "`match`" + ` holds. The names ` + "`off` and `observe`" + ` are reserved: they are
switches for an incident. In the metadata ` + "`off`" + ` leaves the errors of these requests alone, and ` + "`observe`" + ` only observes them. The document stays as it is, and needs no routes.
A switch never makes the filter do more than the document says.

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
			"emulate", enumeration("aws"), "the document's", false, second,
			"With `aws` the filter answers these requests like AWS. What AWS accepts inside the route's `gatewayResponses` is at most a warning.", `"name": "shop", "emulate": "aws"`,
		},
		{"escaping", enumeration("auto", "aws"), "the document's", false, second, "How values enter the bodies of the route's own entries.", `"name": "shop", "escaping": "auto"`},
		{"api", objectType("api"), "the document's", false, first, "Its keys replace the document's, one by one.", `"name": "shop", "api": {"id": "shop"}`},
		{
			"stageVariables",
			ValueType{"name to string", `{"type": "object", "additionalProperties": {"type": "string"}}`},
			"the document's", false, first,
			"They replace the document's, one by one, also in templates of the document.", `"name": "shop", "stageVariables": {"docs": "https://shop.example.com/help"}`,
		},
		{
			"gatewayResponses",
			ValueType{"type to entry", `{"type": "object"}`},
			"none", false, first,
			"The route's own entries. All of them, DEFAULT_4XX and DEFAULT_5XX too, come before the document's.",
			`"name": "shop", "gatewayResponses": {"DEFAULT_5XX": {"statusCode": "503"}}`,
		},
		{"inherit", booleanType, "`true`", false, first, "With `false` the document's entries do not answer.", `"name": "shop", "inherit": false`},
		{
			"resources",
			ValueType{"list of path templates", `{"type": "array", "uniqueItems": true, "items": ` + matching(pathPattern) + `}`},
			"none", false, second,
			"Templates for what follows `match.pathPrefix` in the path, or for the whole path without one. Each gives `$context.resourcePath` and `method.request.path.NAME`, as " +
				"`match.path` does, and never decides whether the route matches. Text wins over `{name}`, and `{name}` over `{name+}`. Two that differ only in the names of their " +
				"parameters are an error, and so is `match.path` beside them.",
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
	About: "All keys must hold, so `{}` always does. A list holds when one of its elements does; an empty one is an error. What is not there, such as the metadata of a request\n" +
		"without a route, matches no glob.",
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
			"The host that the client asked for, without port, in any case. `*.example.com` stands for one or more labels in front of `example.com`.",
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
			"The path of the request is this one, or begins with its segments: `/v0`, like `/v0/`, matches `/v0` and `/v0/pets`, but not `/v01`.", `"pathPrefix": "/v0"`,
		},
		{
			"methods",
			ValueType{"list of methods", listOf(`{"allOf": [` + matching("^"+tokenPattern+"$") + `, {"not": {"const": "*"}}]}`)},
			"", false, first,
			"Methods. Upper and lower case differ.", `"methods": ["GET", "HEAD"]`,
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
