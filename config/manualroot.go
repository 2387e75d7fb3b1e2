// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

var rootManual = Object{
	Name: "root", Title: "The document", Frame: `{%s}`, Extensions: true,
	About: `A document is one JSON object (RFC 8259) in UTF-8, at most 1 MiB, without a byte order mark. The smallest is ` + "`{}`" + `: it changes nothing.
Every key of the root is optional. These are errors: two equal keys in one object, ` + "`null`" + `, a value of another type, and a key that is not on this page. Only ` + "`$schema`" + ` and
keys that begin with ` + "`x-`" + ` are ignored, in the root, in entries, routes and rules.

The order of elements in an array matters, the order of keys in an object does not.

In globs only ` + "`*`" + ` is special: it stands for any text. A glob must match the whole text, and upper and lower case differ.`,
	Keys: []Key{
		{"version", ValueType{"`1`", `{"const": 1}`}, "`1`", false, first, `The version of the format.`, `"version": 1`},
		{
			"revision",
			ValueType{"whole number, 0 to 2^53", `{"type": "integer", "minimum": 0, "maximum": 9007199254740992}`},
			"`0`", false, second,
			"A number that whoever delivers the document chooses. The gauge `gateway_responses.revision.PLUGIN_NAME` shows that of the document in force.",
			`"revision": 42`,
		},
		{
			"mode", enumeration("rewrite", "observe", "off"), "`\"rewrite\"`", false, first,
			"What to do with error replies. `rewrite` replaces them. `observe` classifies and counts them, and changes nothing that a client sees. `off` leaves them, and counts only that.",
			`"mode": "observe"`,
		},
		{
			"emulate", enumeration("aws"), "Envoy's statuses and no added headers; what no entry answers is left", false, first,
			"With `aws` the filter answers like AWS: with AWS's types (a bad token is UNAUTHORIZED, no route is MISSING_AUTHENTICATION_TOKEN), its default statuses, its own replies for " +
				"types without an entry, `x-amzn-ErrorType` and `x-amzn-RequestId`. Unknown variables are empty, with a warning. What AWS accepts inside `gatewayResponses` is at most a warning, " +
				"see [aws.md](aws.md).",
			`"emulate": "aws"`,
		},
		{
			"escaping", enumeration("auto", "aws"), "`\"auto\"`", false, first,
			"How values enter bodies. `auto` escapes them for the place where they stand. `aws` inserts them as they are, as AWS does, so a client can put anything into a body. Places that `auto` refuses are then warnings.",
			`"escaping": "auto"`,
		},
		{
			"api", objectType("api"), "the variables are absent", false, first,
			"Constants that AWS knows and Envoy does not.",
			`"api": {"id": "petstore", "stage": "prod"}`,
		},
		{
			"stageVariables",
			ValueType{"name to string", `{"type": "object", "additionalProperties": {"type": "string"}}`},
			"none", false, first,
			"The values behind `$stageVariables.NAME`. A name is made of letters, digits, `_` and `-`. A name with other characters is a warning, because only `${stageVariables.NAME}` can read it.",
			`"stageVariables": {"docs": "https://docs.example.com"}`,
		},
		{
			"gatewayResponses",
			ValueType{"type to entry, see below", `{"type": "object"}`},
			"none", false, first,
			"The replies, by gateway response type: what AWS's OpenAPI extension `x-amazon-apigateway-gateway-responses` holds, byte for byte.",
			`"gatewayResponses": {"THROTTLED": {"statusCode": "503"}}`,
		},
		{
			"routes",
			ValueType{"list of routes, see below", `{"type": "array"}`},
			"none", false, first,
			"What differs for some requests.",
			`"routes": [{"name": "legacy", "match": {"pathPrefix": "/v0"}, "mode": "off"}]`,
		},
		{
			"routeDocuments", booleanType, "`false`", false, first,
			`With ` + "`true`" + ` the string ` + "`gateway_responses.document`" + ` in the metadata of Envoy's route, or else of its virtual host, is a route, written as JSON:

` + "```yaml" + `
metadata: {filter_metadata: {gateway_responses: {document: '{"gatewayResponses": {"THROTTLED": {"statusCode": 503}}}'}}}
` + "```" + `

It has the keys of a route, except ` + "`name` and `match`" + `, and is at most 64 KiB long, with at most 500 keys and elements, 1,000 ` + "`$`" + ` in its strings and 2,000 segments in its resources. It wins over a name in the same metadata and over ` + "`match`" + `. Metadata of the route wins over
metadata of the virtual host. Access logs name its entries ` + "`document/TYPE`" + `.

The filter reads it at the first error on that route. When it is bad, ` + "`match`" + ` decides. Each error on that route is then counted, and the findings are logged once. The filter
remembers its verdicts on at most 1,024 texts, which together have at most 1 MiB. With more in use it reads them again and again, so keep them few and short.

What a route document needs is not known in advance. So with this key the filter keeps the headers of every request. Variables for single attributes are errors in it, also
with ` + "`emulate`" + `: those that begin with ` + "`context.authorizer.`, `context.envoy.attribute.`, `context.envoy.filterState.`," + `
` + "`context.envoy.metadata.` and `context.identity.clientCert.`" + `.

Whoever may write the metadata of a route may then write what its clients see, redirects and scripts included. Set the key only where you would trust them with the
document itself.`,
			`"routeDocuments": true`,
		},
		{
			"classification",
			ValueType{"list of rules, see below", `{"type": "array", "items": {"$ref": "#/$defs/rule"}}`},
			"none", false, first,
			"Rules that say which type a reply has, or leave it. They go before `declared` and the built-in table.",
			`"classification": [{"when": {"filter": ["coraza"], "status": ["403"]}, "responseType": "WAF_FILTERED"}]`,
		},
		{
			"declared", objectType("declared"), "producers name no types", false, first,
			"Where the producer of a reply names its type itself.",
			`"declared": {"header": "x-gateway-response-type"}`,
		},
		{
			"authorizer", objectType("authorizer"), "`$context.authorizer.*` is absent", false, first,
			"Where other filters leave what they know of the client.",
			`"authorizer": {"claims": "envoy.filters.http.jwt_authn/jwt_payload"}`,
		},
		{
			"cors", objectType("cors"), "no headers are added", false, first,
			"Which pages of other origins may read error replies.",
			`"cors": {"allowOrigins": ["https://app.example.com"]}`,
		},
		{
			"grpc", objectType("grpc"), "replies to gRPC requests are left", false, first,
			"What clients of gRPC see.",
			`"grpc": {"statuses": {"THROTTLED": "RESOURCE_EXHAUSTED"}}`,
		},
		{
			"headerOnly", objectType("headerOnly"), "all headers are carried over", false, first,
			"What is different for replies without a body.",
			`"headerOnly": {"addedByRoutes": ["strict-transport-security"]}`,
		},
		{
			"upstream", objectType("upstream"), "", false, first,
			"Which replies of the upstream are left, whatever the rules say.",
			`"upstream": {"keepProblem": true}, "classification": [{"when": {"source": "upstream", "status": ["5xx"]}, "responseType": "DEFAULT_5XX"}]`,
		},
	},
	// With emulate AWS's other spellings are warnings, so that the schema takes them.
	Constraint: `"if": {"properties": {"emulate": {"const": "aws"}}, "required": ["emulate"]},
"then": {"properties": {"gatewayResponses": {"$ref": "#/$defs/gatewayResponsesOfAWS"}, "routes": {"items": {"$ref": "#/$defs/routeOfAWS"}}}},
"else": {"properties": {"gatewayResponses": {"$ref": "#/$defs/gatewayResponses"}, "routes": {"items": {"$ref": "#/$defs/route"}}}}`,
}

var apiManual = Object{
	Name: "api", Path: "api", Frame: `{"api": {%s}}`,
	Keys: []Key{
		{"id", textType, "absent", false, first, "The value of `$context.apiId`.", `"id": "petstore"`},
		{"stage", textType, "absent", false, first, "The value of `$context.stage`.", `"stage": "prod"`},
		{"accountId", textType, "absent", false, first, "The value of `$context.accountId`.", `"accountId": "123456789012"`},
	},
}

var headerOnlyManual = Object{
	Name: "headerOnly", Title: "Replies without a body", Path: "headerOnly", Frame: `{"headerOnly": {%s}}`,
	About: "A reply without a body cannot get one in place. The filter sends a new reply, with the headers of the old one. Envoy then adds the `response_headers_to_add` of\n" +
		"route, virtual host and route configuration a second time, so these headers would come twice.",
	Keys: []Key{
		{
			"addedByRoutes", headersType, "none", false, first,
			"Headers that are not carried over, because every route adds them. List nothing that comes from elsewhere, such as `www-authenticate`: a header on the list that " +
				"the route does not add is lost, which is counted and logged. A header that an entry sets is sent all the same. When the route adds it too, both arrive, so set it in one " +
				"of the two. An entry cannot remove what the route adds. In replies with a body an entry replaces and removes any header.",
			`"addedByRoutes": ["strict-transport-security"]`,
		},
	},
}

var grpcManual = Object{
	Name: "grpc", Title: "gRPC", Path: "grpc", Frame: `{"grpc": {%s}}`,
	About: "A client of gRPC expects HTTP status 200, and reads the response headers `grpc-status` and `grpc-message`, but no body. So entries do not apply to replies to gRPC\n" +
		"requests. This key does. The same is true for gRPC-Web behind Envoy's filter `grpc_web`, where the HTTP status is that of the error, and stays. gRPC-Web without that\n" +
		"filter is plain HTTP, and is answered by `gatewayResponses`.",
	Keys: []Key{
		{
			"statuses",
			ValueType{
				"type to gRPC status, a name or a number",
				mapOf(`{"$ref": "#/$defs/responseType"}`, `{"$ref": "#/$defs/grpcStatus"}`),
			},
			"Envoy's own status", false, first,
			"A type without a status takes that of its broader type, then that of DEFAULT_4XX or DEFAULT_5XX, then Envoy's own. The names are OK (0), CANCELLED (1), UNKNOWN (2), " +
				"INVALID_ARGUMENT (3), DEADLINE_EXCEEDED (4), NOT_FOUND (5), ALREADY_EXISTS (6), PERMISSION_DENIED (7), RESOURCE_EXHAUSTED (8), FAILED_PRECONDITION (9), " +
				"ABORTED (10), OUT_OF_RANGE (11), UNIMPLEMENTED (12), INTERNAL (13), UNAVAILABLE (14), DATA_LOSS (15) and UNAUTHENTICATED (16).",
			`"statuses": {"THROTTLED": "RESOURCE_EXHAUSTED", "INTEGRATION_TIMEOUT": 4}`,
		},
		{
			"message",
			ValueType{"template, plain text", `{"type": "string"}`},
			"Envoy's message", false, first,
			"The template of `grpc-message`; the filter encodes it as the protocol asks. A message that renders empty is removed. In it `$context.status` is the HTTP status that " +
				"Envoy gave the error, and `$context.envoy.body` its own message.",
			`"message": "$context.error.message ($context.requestId)"`,
		},
	},
}

var upstreamManual = Object{
	Name: "upstream", Title: "Errors of the upstream", Path: "upstream",
	Frame: `{"classification": [{"when": {"source": "upstream", "status": ["5xx"]}, "responseType": "DEFAULT_5XX"}], "upstream": {%s}}`,
	About: `Replies of an upstream are left, until a rule or ` + "`declared` has the `source` \"upstream\" or \"any\"" + `. Such a rule, or such a producer, names replies with status 400 or above.
Those are answered like local ones: by the entry of their type, or by DEFAULT_4XX or DEFAULT_5XX, with CORS headers, and with their own status unless the entry has one.
What nothing names is left; the built-in table names no reply of an upstream. Replies of the media types
` + "`application/grpc*` and `text/event-stream`" + ` are always left.

The filter decides when the headers arrive. Headers of the upstream stay, except those that the entry names and those that described its body. Trailers are removed.
` + "`$context.envoy.body`" + ` has the first 16 KiB of the old body, and is absent when that is compressed. The new body is sent with the first piece of the old one or, when it
quotes the old one, after 16 KiB or at the end. The rest is read and dropped, so the exchange ends when the upstream ends it.

When the old body ends with trailers that the header ` + "`Trailer`" + ` does not announce, a new body that quotes it can no longer be sent: the client gets none, and
` + "`left.hostError`" + ` counts it. (The filter ` + "`decompressor`" + ` adds such trailers to all that it decompresses.) When ` + "`Trailer`" + ` does announce them, and no length is known, the wasm filter
quotes the first piece of the old body, and the [dynamic module](adapters.md) all of it. An HTTP/2 upstream that sends headers and
trailers without a body leaves no place for a new one: the client gets an empty one, and
` + "`left.hostError`" + ` counts it too. An error over HTTP/2 that announces no length and has no byte stays without a body as well, since it may answer a HEAD request. The
body of an upgrade that the upstream refuses cannot be quoted.`,
	Keys: []Key{
		{
			"keepProblem", booleanType, "`false`", false, first,
			"With `true` replies of the upstream whose media type is `application/problem+json` are left.",
			`"keepProblem": true`,
		},
	},
}
