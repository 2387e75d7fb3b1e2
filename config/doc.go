// SPDX-License-Identifier: Apache-2.0

// Package config reads the document that says what clients see instead of Envoy's own error replies.
//
// Decode reads it strictly: it reports everything that is wrong at once, each finding with its path, its line and its
// column, quotes what it found, and says what would be right. Errors refuse the document. Warnings do not: what they are
// about has no effect. What variables and templates mean is checked by whoever compiles the document, and reported in the
// same form by Document.Finding.
//
// # The document
//
// A document is one JSON object (RFC 8259) in UTF-8, at most 1 MiB, without a byte order mark. The smallest is {}.
//
//	{
//	  "version": 1,
//	  "api": {"id": "petstore", "stage": "prod"},
//	  "stageVariables": {"docs": "https://docs.example.com"},
//	  "gatewayResponses": {
//	    "THROTTLED": {
//	      "statusCode": "429",
//	      "responseParameters": {"gatewayresponse.header.Retry-After": "'5'"},
//	      "responseTemplates": {"application/json": "{\"message\":$context.error.messageString}"}
//	    },
//	    "UNAUTHORIZED": {"statusCode": 302, "headers": {"Location": "$stageVariables.docs/login"}}
//	  }
//	}
//
// Keys of the root, all optional:
//
//	version           the version of the format, 1
//	mode              what to do with error replies:
//	                    "rewrite"  replace them; the default
//	                    "observe"  classify and count them, and change nothing that a client sees
//	                    "off"      look at nothing
//	emulate           "aws" takes over AWS's types, default statuses, built-in replies and x-amzn-* headers
//	api               {"id", "stage", "accountId"}: strings behind $context.apiId, $context.stage and $context.accountId
//	stageVariables    NAME to string: the values behind $stageVariables.NAME. A name is made of letters, digits, "_" and
//	                  "-"; another one is a warning, since only ${stageVariables.NAME} may reach it
//	gatewayResponses  TYPE to entry, see below
//	grpc              what clients of gRPC see, see below
//	escaping          how values enter bodies:
//	                    "auto"  escaped for the media type of the template; the default
//	                    "aws"   as they are in JSON and text, as AWS does
//
// $schema and keys that begin with x- are allowed in the root and in entries, with any value, and mean nothing. All
// other keys are errors, and so are two equal keys in one object, null, and values of another type than the one said here.
// The keys routes, classification, declared, authorizer, cors, headerOnly, upstream and routeDocuments are reserved.
//
// # Entries
//
// TYPE is one of the 21 gateway response types of AWS, see ResponseTypes. UNSUPPORTED_MEDIA_TYPES, the spelling of old
// AWS documentation, is UNSUPPORTED_MEDIA_TYPE. An entry is an object; {} is valid. Its keys, all optional:
//
//	statusCode          the status to send, 200 to 599, as a string of three digits or as an integer
//	responseParameters  header mappings, KEY to VALUE
//	headers             header templates, header name to template
//	responseTemplates   body templates, media type to template
//
// The grammar of header mappings, in the notation of RFC 5234:
//
//	KEY      = "gatewayresponse." ("header" / "path" / "querystring") "." NAME
//	VALUE    = "'" text "'"
//	         / "method.request.header." NAME      / "method.request.multivalueheader." NAME
//	         / "method.request.querystring." NAME / "method.request.multivaluequerystring." NAME
//	         / "method.request.path." NAME        / "context." name *("." name)
//	         / "stageVariables." name             / "response.header." NAME
//
// Case matters. NAME is all that follows, dots included; where it is a header it is a token (RFC 9110 section 5.6.2). A
// name has no white space, no control characters and none of $ { } | ' ". The text of a static value needs no escape for
// single quotes, is at most 8 KiB, and removes the header when it is empty. Neither it nor a header template may hold a
// control character other than a tab: it would end the client's HTTP/2 stream.
//
// A header is set once per entry, counting both maps and ignoring case. Warnings, without effect:
//   - path and querystring keys: a reply has neither
//   - method.request.body: a reply can be due before the body is there
//   - the headers that belong to the proxy or to emulate: connection, content-encoding, content-length, date, host,
//     keep-alive, proxy-connection, server, te, trailer, transfer-encoding, upgrade, x-amzn-errortype, x-amzn-requestid
//
// A media type is type/subtype, with parameters if need be ("text/html; charset=utf-8"). It is chosen by type/subtype
// alone, so no two keys may differ in case or parameters only. Ranges such as text/* are errors.
//
// # gRPC
//
// A client of gRPC takes no status and no body: it reads the response headers grpc-status and grpc-message under HTTP
// status 200. So entries do not apply to replies to gRPC requests, the key grpc does:
//
//	"grpc": {
//	  "statuses": {"THROTTLED": "RESOURCE_EXHAUSTED", "INTEGRATION_TIMEOUT": 4},
//	  "message": "$context.error.message ($context.requestId)"
//	}
//
// Both keys are optional:
//
//	statuses  TYPE to gRPC status, a name or a number: OK (0), CANCELLED (1), UNKNOWN (2), INVALID_ARGUMENT (3),
//	          DEADLINE_EXCEEDED (4), NOT_FOUND (5), ALREADY_EXISTS (6), PERMISSION_DENIED (7), RESOURCE_EXHAUSTED (8),
//	          FAILED_PRECONDITION (9), ABORTED (10), OUT_OF_RANGE (11), UNIMPLEMENTED (12), INTERNAL (13),
//	          UNAVAILABLE (14), DATA_LOSS (15), UNAUTHENTICATED (16). A type without one takes that of its broader type,
//	          then that of DEFAULT_4XX or DEFAULT_5XX by the HTTP status that Envoy gave the error, then Envoy's own
//	message   template of grpc-message, plain text of any type; the filter encodes it as the protocol asks. Without it
//	          Envoy's message stays. What renders empty removes it
//
// In the message $context.status is the HTTP status that Envoy gave the error, and $context.envoy.body its own message.
// Without the key grpc, replies to gRPC requests are left as they are. All of it holds for gRPC-Web behind Envoy's grpc_web
// filter, too, where the HTTP status is that of the error, and stays. gRPC-Web without that filter is plain HTTP, and
// answered by gatewayResponses.
//
// # Positions
//
// Lines and columns count from 1. "\n" and "\r\n" end a line, and a column is a byte. A path leads to the place from the
// root: keys made of letters, digits and "_" stand behind a dot, others in brackets, as in
// gatewayResponses.THROTTLED.responseTemplates["application/json"].
//
// # Differences to AWS
//
// gatewayResponses takes what AWS's OpenAPI extension x-amazon-apigateway-gateway-responses holds, byte for byte.
// Beyond that, headers, response.header.NAME and integer statuses are ours, and a header name is any token, where AWS
// allows letters, digits and . _ $ - alone. AWS takes statuses from 100 to 599; below 200 they are errors here, for a
// client of HTTP/1 waits for another status behind them.
//
// # Compatibility
//
// A document without findings goes on to mean the same in every later release that reads its version. New keys may come;
// they are errors in releases that do not know them, so that no release ever runs half a document. The texts of findings
// may change.
package config
