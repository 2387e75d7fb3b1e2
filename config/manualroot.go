// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

var rootManual = Object{
	Name: "root", Title: "The document", Frame: `{%s}`, Extensions: true,
	About: `A document is one JSON object (RFC 8259) in UTF-8, at most 1 MiB, without a byte order mark. The smallest is ` + "`{}`" + `: it changes nothing.
Every key of the root is optional. Two equal keys in one object, ` + "`null`" + `, and values of another type than the one said here are errors. So are keys that are
not on this page, but for ` + "`$schema`" + ` and keys that begin with ` + "`x-`" + `, which the root, entries, routes and rules may have and which mean nothing.

The order of the members of an object means nothing; the order of the elements of an array does.

In globs ` + "`*`" + ` stands for any text, and nothing else is special. A glob is compared with the whole text, and upper and lower case differ.`,
	Keys: []Key{
		{"version", ValueType{"`1`", `{"const": 1}`}, "`1`", false, first, `The version of the format.`, `"version": 1`},
		{
			"revision",
			ValueType{"whole number, 0 to 2^53", `{"type": "integer", "minimum": 0, "maximum": 9007199254740992}`},
			"`0`", false, first,
			"A number that whoever delivers the document chooses. The gauge `gateway_responses.revision.PLUGIN_NAME` shows that of the document in force.",
			`"revision": 42`,
		},
		{
			"mode", enumeration("rewrite", "observe", "off"), "`\"rewrite\"`", false, first,
			"What to do with error replies. `rewrite` replaces them. `observe` classifies and counts them, and changes nothing that a client sees. `off` ignores them.",
			`"mode": "observe"`,
		},
		{
			"emulate", enumeration("aws"), "Envoy's statuses and no added headers; what no entry answers is left", false, first,
			"`aws` takes over AWS's types (a bad token is UNAUTHORIZED, no route is MISSING_AUTHENTICATION_TOKEN), default statuses, built-in replies for types without an " +
				"entry, `x-amzn-ErrorType` and `x-amzn-RequestId`. Unknown variables are empty, and what AWS takes inside `gatewayResponses` is at most a warning, see " +
				"[aws.md](aws.md).",
			`"emulate": "aws"`,
		},
		{
			"escaping", enumeration("auto", "aws"), "`\"auto\"`", false, first,
			"How values enter bodies. `auto` escapes them for the place where they stand. `aws` inserts them as they are, as AWS does, into every body and at every place: then a client can put anything into a body. A place that `auto` would refuse is a warning then.",
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
			"The values behind `$stageVariables.NAME`. A name is made of letters, digits, `_` and `-`. Another one is a warning, for only `${stageVariables.NAME}` reaches it.",
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

It has the keys of a route but for ` + "`name` and `match`" + `, and is at most 64 KiB long. It goes before a name in the same metadata and before ` + "`match`" + `. Metadata of the
route goes before metadata of the virtual host, whichever of the two it has. Access logs name its entry as in ` + "`document/THROTTLED`" + `.

It is read when the first error comes that it is for. A bad one is counted for each such error, logged once with all findings, and ignored: ` + "`match`" + ` decides. The
verdicts on 1,024 texts of 1 MiB together are remembered; with more of them in use they are read again and again, so keep them few and short.

What a route document asks for is not known before. So with this key the headers of every request are kept, of good ones too. Variables that ask Envoy for
something by a name of their own are errors in it, also with ` + "`emulate`" + `: those that begin with ` + "`context.authorizer.`, `context.envoy.attribute.`, `context.envoy.filterState.`," + `
` + "`context.envoy.metadata.` and `context.identity.clientCert.`" + `.

Whoever may write the metadata of a route may then write what clients see in the place of its errors, redirects and scripts included. Set the key only where
they are trusted with the document of the filter as well.`,
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
			"What holds for replies without a body.",
			`"headerOnly": {"addedByRoutes": ["strict-transport-security"]}`,
		},
		{
			"upstream", objectType("upstream"), "", false, first,
			"Which replies of the upstream pass whatever the rules say.",
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
	About: "A reply without a body cannot be given one in place. The filter sends a new one, which carries the headers of the old one over. Envoy then adds what\n" +
		"`response_headers_to_add` of route, virtual host and route configuration says once more, so that these headers would come twice.",
	Keys: []Key{
		{
			"addedByRoutes", headersType, "none", false, first,
			"Headers that are not carried over, because every route adds them. List nothing that comes from elsewhere, such as `www-authenticate`: a header on the list that " +
				"the route does not add is lost, which is counted and logged. What an entry sets is sent all the same; when the route adds it too, both arrive, so let one of the " +
				"two do it. An entry cannot remove what the route adds. Replies that have a body are not concerned: an entry replaces and removes all of their headers.",
			`"addedByRoutes": ["strict-transport-security"]`,
		},
	},
}

var grpcManual = Object{
	Name: "grpc", Title: "gRPC", Path: "grpc", Frame: `{"grpc": {%s}}`,
	About: "A client of gRPC reads the response headers `grpc-status` and `grpc-message` under HTTP status 200; it takes no other status, and no body. So entries do not\n" +
		"apply to replies to gRPC requests, this key does. All of it holds for gRPC-Web behind Envoy's filter `grpc_web` too, where the HTTP status is that of the error,\n" +
		"and stays. gRPC-Web without that filter is plain HTTP, and answered by `gatewayResponses`.",
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
	About: `What an upstream answers goes through untouched, until a rule or ` + "`declared` has the `source` \"upstream\" or \"any\"" + `. Then the replies with status 400 or above
that such a rule or such a header names are answered as local ones are: by the entry of their type, or of DEFAULT_4XX or DEFAULT_5XX by their own status, with CORS headers,
and with the status that they had unless the entry has one. Those that nothing names are left; the built-in table names none. Replies of the media types
` + "`application/grpc*` and `text/event-stream`" + ` are always left.

The decision falls on the headers. Headers of the upstream stay, but for those that the entry names and those that described its body; trailers go with the
body. ` + "`$context.envoy.body`" + ` has the first 16 KiB of it, and is absent when it is compressed. The new body leaves with the first piece of the old one, or, when it
quotes that, after 16 KiB or at the end. The rest is read and dropped, so that the exchange ends when the upstream ends it.

When the old body ends with trailers that the header ` + "`Trailer`" + ` does not announce, a body that quotes it cannot leave any more: the client gets none, and
` + "`left.hostError`" + ` counts it. (The filter ` + "`decompressor`" + ` adds such trailers to all that it decompresses.) An upstream that sends headers and trailers without any
body between them, which only HTTP/2 can, leaves no place for a new body: the client sees a cut stream, or where the template quotes the body, an empty one.
` + "`left.hostError`" + ` counts it too.`,
	Keys: []Key{
		{
			"keepProblem", booleanType, "`false`", false, first,
			"With `true` replies of the upstream whose media type is `application/problem+json` are left.",
			`"keepProblem": true`,
		},
	},
}
