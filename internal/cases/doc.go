// SPDX-License-Identifier: Apache-2.0

// Package cases reads the corpus of behaviour: what Envoy was about to answer, and what the client sees instead.
//
// A case is a txtar archive under corpus/, named after the behaviour it shows. The same case runs natively through the
// engine, through the compiled plugin under wazero, and, where its facts can be provoked, on a real Envoy.
//
//	Why the behaviour is as it is, and where that is known from.
//	-- document.json --
//	{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": "404"}}}
//	-- request --
//	GET /pets?limit=5 HTTP/1.1
//	host: api.example.com
//	-- envoy --
//	details: rbac_access_denied_matched_policy[none]
//	-- reply --
//	HTTP/1.1 403
//	content-type: text/plain
//
//	RBAC: access denied
//	-- want --
//	HTTP/1.1 404
//	content-type: application/json
//	!etag
//
//	{"message":"User is not authorized to access this resource"}
//	-- trace --
//	type: ACCESS_DENIED
//	entry: ACCESS_DENIED
//
// A template of the document that is hard to read as a JSON string has a file of its own, "template: ACCESS_DENIED text/html".
// It is put into the responseTemplates of that entry of gatewayResponses, under that media type, without its last line end.
//
// request, reply and want are messages as HTTP/1.1 writes them, without content-length: start line, header lines, and
// after an empty line the body, whose last line end is the archive's and does not count. A line "name:= " holds a Go
// string literal, for bytes that a line cannot. The request's host line becomes ":authority".
//
// envoy holds what Envoy knows: details (text, as Envoy holds it), flags (UT,URX), owner (name of a filter), protocol,
// time (RFC 3339), source (ip:port), route, virtualHost, cluster, upstream, routeEntry (what metadata names),
// routeDocument (the document that metadata holds), routeMetadata (NAMESPACE.KEY=VALUE, with spaces between), and code
// (403) where that is not the reply's status: Envoy answers gRPC requests with status 200 and the headers grpc-status and
// grpc-message. All are optional.
//
// attributes holds further attributes, one on each line: "metadata NAMESPACE/KEY: VALUE", "filterState KEY: VALUE" or
// "attribute connection.mtls: VALUE". VALUE is JSON: a string, a number, true or false.
//
// want names all values of the headers it lists, and with "!" headers that must be absent; headers it does not list are
// free. Without want the reply must go through untouched. trace says how the decision must come about: type, reason,
// entry, left (why the reply was left), dropped (headers, with spaces between). It is optional, and so is each line.
package cases
