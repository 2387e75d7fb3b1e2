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
//	revision          a whole number from 0 to 2^53 that whoever delivers the document chooses; statistics show it
//	mode              what to do with error replies:
//	                    "rewrite"  replace them; the default
//	                    "observe"  classify and count them, and change nothing that a client sees
//	                    "off"      look at nothing
//	emulate           "aws" takes over AWS's types, default statuses, built-in replies and x-amzn-* headers
//	api               {"id", "stage", "accountId"}: strings behind $context.apiId, $context.stage and $context.accountId
//	stageVariables    NAME to string: the values behind $stageVariables.NAME. A name is made of letters, digits, "_" and
//	                  "-"; another one is a warning, since only ${stageVariables.NAME} may reach it
//	gatewayResponses  TYPE to entry, see below
//	routes            an array of what differs for some requests, see below
//	classification    the owner's rules, see below
//	declared          where producers of replies name types, see below
//	authorizer        where filters leave what they know of the client, see below
//	grpc              what clients of gRPC see, see below
//	escaping          how values enter bodies:
//	                    "auto"  escaped for the media type of the template; the default
//	                    "aws"   as they are in JSON and text, as AWS does
//	cors              which pages of other origins may read error replies, see below
//	upstream          which replies of the upstream pass whatever the rules say, see below
//	headerOnly        what holds for replies without a body, see below
//	routeDocuments    true: the metadata of Envoy's routes may hold entries of routes, see below; false is the default
//
// $schema and keys that begin with x- are allowed in the root and in entries, with any value, and mean nothing. All
// other keys are errors, and so are two equal keys in one object, null, and values of another type than the one said here.
//
// # Entries
//
// TYPE is one of the 21 gateway response types of AWS, see ResponseTypes. UNSUPPORTED_MEDIA_TYPES, the spelling of old
// AWS documentation, is UNSUPPORTED_MEDIA_TYPE. Or it is a type of one's own, X_ and then capital letters, digits and "_",
// at most 64 in all. Those exist that gatewayResponses of the document or of a route have an entry for, and rules and
// declared can name them. Where their own entry does not answer, DEFAULT_4XX or DEFAULT_5XX does.
//
// An entry is an object; {} is valid. Its keys, all optional:
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
// response.header.NAME is for mappings alone. With a "$" in a template, where it would be text, it is an error unless
// emulate is "aws".
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
// # Which entry answers
//
// The entry of the error's type answers it; without one that of its broader type, which EXPIRED_TOKEN and
// MISSING_AUTHENTICATION_TOKEN have in UNAUTHORIZED; without that DEFAULT_4XX or DEFAULT_5XX, by the status of the reply.
// What no entry answers is left. With emulate "aws" no type is broader than another, DEFAULT_* goes by the status that AWS
// gives to the type, and AWS's own reply answers what no entry does. docs/classification.md says which error has which
// type, and which replies are left because somebody wrote them on purpose.
//
// An entry is used whole, and what it lacks does not come from another one. Without statusCode the status stays, or is
// that of AWS with emulate "aws". Without responseTemplates the body is {"message":$context.error.messageString}, as
// application/json. Of several templates the Accept of the request chooses (RFC 9110 section 12.5.1). Where it does not
// decide, because it is absent, malformed, longer than 8 KiB, matches none or several alike, that is application/json,
// else the first key in byte order. The key is the Content-Type, unless the entry sets one of the same type/subtype.
//
// A header that an entry sets replaces all lines of its name; others stay, but for those that described the old body. It is
// not set when the variable that it consists of has no value. A value above 8 KiB, with a control character other than a
// tab, or for Retry-After neither a number of seconds nor a date, is not set either, which is counted.
//
// # Rules
//
// classification is an array of rules, which name replies before the built-in table does. The first one that holds
// decides. A rule that names a reply makes it replaceable even when somebody wrote it on purpose.
//
//	"classification": [
//	  {"name": "waf", "when": {"filter": ["coraza"], "status": ["403"]}, "responseType": "WAF_FILTERED"},
//	  {"name": "no credential on Istio",
//	   "when": {"details": ["rbac_*"], "requestHeaders": [{"name": "authorization", "present": false}]},
//	   "responseType": "UNAUTHORIZED", "message": "Log in first"},
//	  {"name": "login page", "when": {"filter": ["envoy.filters.http.oauth2"]}, "leave": true}
//	]
//
// Keys of a rule:
//
//	name          what traces call it; without one it is called after its place, classification[2]
//	when          conditions, at least one; all of them must hold
//	responseType  the type of the reply, one of the 21 or of one's own
//	message       what stands for the type's message, optional
//	leave         true: the reply goes through as Envoy made it. A rule has either this or responseType
//
// Keys of when. A list holds when one of its elements does, but for those of headers, all of whose elements must hold:
//
//	details          globs on the response code details. White space compares as "_", as access logs print it
//	filter           globs on the configured name of the filter that sent the reply; "" is Envoy itself. None sends the
//	                 upstream's
//	flags            short names of response flags, "UT"
//	status           "403" or 403, "4xx", "5xx". Redirects too, "302" or "3xx", of Envoy's own filters: then filter or
//	                 details must be given, and source must not
//	grpcStatus       gRPC statuses by name or number, "UNAVAILABLE" or 14, in the header grpc-status of the reply. Replies to
//	                 gRPC requests are looked at only with the key grpc, of which {} will do
//	requestHeaders   [{"name": NAME, "present": true or false | "equals": TEXT | "glob": GLOB}]. Of a header on several
//	                 lines the first one counts. NAME can be :authority, :method, :path and :scheme, too
//	responseHeaders  the same on the headers of Envoy's reply. Of several lines one must hold
//	source           whose replies are meant: "local", the default, for those that Envoy makes, "upstream" for those of the
//	                 service behind it, or "any". It is no condition: a rule needs another one
//
// In a glob * stands for any text, and everything else for itself, case included. It is compared with the whole text.
//
// # Declared types
//
// With declared the producer of a reply, such as an authorization service or a Wasm plugin, names the type itself. Rules go
// before it, the built-in table behind it.
//
//	"declared": {"header": "x-gateway-response-type", "filter": ["envoy.filters.http.ext_authz*"], "source": "local"}
//
//	header    the header of the reply that holds the type. Beside it the producer may send HEADER-message, which stands for
//	          the type's message, and HEADER-validation-error, the value of $context.error.validationErrorString
//	metadata  the place of the type in the dynamic metadata, "NAMESPACE/KEY" with more keys behind, beside which
//	          KEY-message and KEY-validation-error may stand. It counts when no header names a type. One of header and
//	          metadata is required
//	filter    globs on the configured name of the filter whose replies are trusted; without it any filter's are
//	source    whose replies are trusted: "local", the default, for those of filters, "upstream" for those of the service
//	          behind Envoy, or "any"
//
// The three headers are read on replies with status 400 or above from these filters and this source, and removed from
// them before the client sees them, also from replies that are left. mode "observe" and "off" remove nothing. A type
// that does not exist is counted and otherwise ignored. The texts are escaped like any other value.
//
// # Data of other filters
//
// Variables can quote what other filters of Envoy know; docs/variables.md lists them all. Names with other characters than
// letters, digits, "_" and dots need braces in a template:
//
//	${context.envoy.metadata.NAMESPACE/KEY}  dynamic metadata; more keys may follow, and in a list a KEY is a place, "0"
//	${context.envoy.filterState.KEY}         an object of the filter state
//	${context.envoy.attribute.a.b}           any attribute
//
// They are read when an error is replaced, so a filter that does not get its turn before the reply has written nothing:
// then, as for what is no text, number or boolean, the variable is absent. In JSON outside quotes all become strings.
//
// AWS's names for what an authorizer said need to know where that is:
//
//	"authorizer": {"claims": "envoy.filters.http.jwt_authn/jwt_payload", "context": "envoy.filters.http.ext_authz"}
//
//	claims   the place of a token's claims, "NAMESPACE" or "NAMESPACE/KEY" with more keys behind; the values of
//	         $context.authorizer.claims.NAME. For jwt_authn KEY is what payload_in_metadata of the provider says. Only tokens
//	         that were verified have claims, so they are for refusals that come later
//	context  the place of what an authorization service returned; the values of $context.authorizer.NAME and
//	         $context.authorizer.context.NAME
//
// One of the two is required. $context.authorizer.principalId is in the context, or without that the claim sub. In a
// document without authorizer these names are a warning, and absent.
//
// Of a client certificate Envoy has an attribute for the subject only. All other fields of $context.identity.clientCert are
// taken from the filter state, under the name of the field behind "gateway_responses.". A filter fills it in:
//
//	http_filters:
//	- name: envoy.filters.http.set_filter_state
//	  typed_config:
//	    "@type": type.googleapis.com/envoy.extensions.filters.http.set_filter_state.v3.Config
//	    on_request_headers:
//	    - object_key: gateway_responses.clientCert.issuerDN
//	      factory_key: envoy.string
//	      format_string: {text_format_source: {inline_string: "%DOWNSTREAM_PEER_ISSUER%"}}
//
// and in the same way clientCert.serialNumber from %DOWNSTREAM_PEER_SERIAL%, clientCert.clientCertPem from
// %DOWNSTREAM_PEER_CERT%, where it is percent-encoded, clientCert.validity.notBefore from
// %DOWNSTREAM_PEER_CERT_V_START(%b %e %H:%M:%S %Y GMT)% and clientCert.validity.notAfter from the same with V_END.
//
// # Errors of the upstream
//
// What an upstream answers goes through untouched, until a rule or declared has the source "upstream" or "any". Then
// the replies with status 400 or above that such a rule or such a header names are answered as local ones are: by the
// entry of their type, or of the family of their own status, with CORS headers, and with the status that they had
// unless the entry has one. Those that nothing names are left; the built-in table names none.
//
//	"classification": [
//	  {"name": "stack traces", "when": {"source": "upstream", "status": ["5xx"]}, "responseType": "DEFAULT_5XX"}],
//	"upstream": {"keepProblem": true}
//
// Left whatever the rules say are replies of the media types application/grpc*, text/event-stream and, with keepProblem
// true, application/problem+json. keepProblem is the only key of upstream, and false the default.
//
// The decision falls on the headers. Headers of the upstream stay, but for those that the entry names and those that
// described its body; trailers go with the body. $context.envoy.body has the first 16 KiB of it, and is absent when it
// is compressed. The new body leaves with the first piece of the old one, or, when it quotes that, after 16 KiB or at
// the end. The rest is read and dropped, so that the exchange ends when the upstream ends it. When the old body ends with
// trailers that the header Trailer does not announce, such as the filter decompressor adds to all that it decompresses, a
// body that quotes it cannot leave any more: the client gets none, and left.hostError counts it.
//
// An upstream that sends header and trailers without any body between them, which only HTTP/2 can, leaves no place for a
// new body: the client sees a cut stream, or where the template quotes the body, an empty one. left.hostError counts it.
//
// # Routes
//
// An element of routes is an object. It says what differs for the requests that belong to it; a request belongs to one
// element or to none. Its keys, all optional but name:
//
//	name              what metadata and access logs call it; unique, without white space and control characters. "off" and
//	                  "observe" are reserved
//	match             which requests belong to it, see below; without it only metadata can say so
//	mode              the mode for these requests; the document's without it
//	emulate           "aws" for these requests; the document's without it
//	escaping          the escaping of the route's own entries; the document's without it
//	api               goes over the document's, key by key
//	stageVariables    go over the document's, name by name, in templates of the document as well
//	gatewayResponses  the route's own entries; all of them, DEFAULT_4XX and DEFAULT_5XX included, go before the document's
//	inherit           false: the document's entries do not answer; true is the default
//	resources         path templates for what follows pathPrefix of match, or for the whole path without one. They give
//	                  $context.resourcePath and method.request.path.NAME as path does, and never decide whether the element
//	                  matches. A literal segment goes before {name}, and that before {name+}
//
// A name in the metadata of Envoy comes first. It is the string gateway_responses.route in the metadata of the route, or
// the annotation gateway.envoyproxy.io/gateway-responses of the HTTPRoute that Envoy Gateway made it of, or
// gateway_responses.route in the metadata of the virtual host:
//
//	metadata: {filter_metadata: {gateway_responses: {route: partner}}}
//
// Without a name, or with one that no element has, the first element whose match holds. All keys of match that are given
// must hold, so {} always does, and a list, which is never empty, holds when one of its elements does:
//
//	routeNames    globs on the name of Envoy's route. On Istio that is the name in the http list of a VirtualService
//	virtualHosts  globs on the name of Envoy's virtual host
//	hosts         the host that the client asked for, without port and whatever its case; "*.example.com" is for one or
//	              more labels in front of example.com
//	path          a template such as /pets/{petId} or /files/{path+}, see package internal/pathtemplate. It gives
//	              $context.resourcePath and method.request.path.NAME, also when metadata has named the element, as long
//	              as the template takes the path
//	pathPrefix    a path that the request's is or lies below: /v0, and /v0/ in the same sense, hold for /v0 and /v0/pets,
//	              not for /v01
//	methods       methods, in their own case
//	metadata      NAMESPACE to KEY to glob, on values in the metadata of Envoy's route; KEY can lead to further objects,
//	              16 keys in all, and in a list a KEY is a place such as "0". A number is compared as in 42, a boolean as in true:
//	              {"istio": {"config": "*/virtual-service/shop"}}
//
// In globs * stands for any text, and nothing else is special; upper and lower case differ. What is not there, such as
// the metadata of a request without a route, matches no glob for metadata.
//
// # Route documents
//
// With routeDocuments the string gateway_responses.document in the metadata of Envoy's route, or else of its virtual
// host, is an entry of routes, written as JSON:
//
//	metadata: {filter_metadata: {gateway_responses: {document: '{"gatewayResponses": {"THROTTLED": {"statusCode": 503}}}'}}}
//
// It has the keys mode, emulate, escaping, api, stageVariables, gatewayResponses, inherit and resources, and is at most 64 KiB long. It goes before match,
// and before a name in the same metadata. Metadata of the route goes before metadata of the virtual host, whichever of the
// two it has. Access logs name the entry that answers as in document/THROTTLED, whatever an element of routes is called.
//
// It is read when the first error comes that it is for. A bad one, such as an object in the place of the string, is counted
// for each such error, logged once with all findings, whose lines and columns are those of its own text, and ignored: match
// decides. The verdicts on 1,024 texts of 1 MiB together are remembered; with more of them in use they are read again and
// again, so keep them few and short.
//
// What a route document asks for is not known before. So with this key the headers of every request are kept, of good ones
// too. And variables that ask Envoy for something by a name of their own are errors in it, also with emulate: those that
// begin with context.authorizer., context.envoy.attribute., context.envoy.filterState., context.envoy.metadata. and
// context.identity.clientCert.
//
// Whoever may write the metadata of a route may then write what clients see in the place of its errors, redirects and
// scripts included. Set the key only where those are trusted with the document of the filter as well.
//
// # Header-only replies
//
// A reply without a body cannot be given one in place. The filter sends a new one, which carries the headers of the old one
// over, and to which Envoy adds what response_headers_to_add of route, virtual host and route configuration say once more.
// So these headers would come twice. headerOnly names those that are not carried over:
//
//	"headerOnly": {"addedByRoutes": ["strict-transport-security"]}
//
// List what every route adds, and nothing that comes from elsewhere, such as www-authenticate: a header on the list that the
// route does not add is lost, which is counted and logged. What an entry sets is sent all the same; when the route adds it,
// too, both arrive, so let one of the two do it. Nor can an entry remove what the route adds. Replies that have a body are
// not concerned: an entry replaces and removes all of their headers.
//
// # CORS
//
// A browser hides a reply from a page of another origin unless the reply's headers allow that page to read it. Services and
// Envoy's cors filter add them to replies that get as far as they do, which the gateway's own errors do not. cors adds them
// to those:
//
//	"cors": {
//	  "allowOrigins": ["https://app.example.com", "https://*.example.org"],
//	  "allowCredentials": true,
//	  "exposeHeaders": ["x-request-id", "retry-after"],
//	  "preflight": {"allowMethods": ["GET", "PUT"], "allowHeaders": ["authorization"], "maxAgeSeconds": 600}
//	}
//
//	allowOrigins      required: origins as browsers send them, scheme://host or scheme://host:port in lower case, without
//	                  the scheme's default port. In host and port * stands for any text, also for several labels, but the
//	                  last label of the host has none. "*" alone allows every origin
//	allowCredentials  true lets pages read replies to requests with cookies; false is the default. No "*" may then stand
//	                  on any of the lists
//	exposeHeaders     the reply headers that pages may read beside the few that they always may
//	preflight         answers preflights that the gateway refuses: allowMethods, allowHeaders and maxAgeSeconds (0 to 86400)
//	                  are what the answer says, all optional
//
// The headers go on errors that are replaced, and on those that are the gateway's own and have no entry; other replies of
// the upstream, and those that somebody wrote on purpose, never get them. An Access-Control-Allow-Origin that the reply
// has, or that the entry maps or removes, wins. The Origin is sent back as it came when it is allowed. Vary: Origin is on
// each of those errors, whoever asks; where "*" is allowed the headers are the same for all, and are sent without an
// Origin too.
//
// Replies to gRPC-Web that Envoy's filter grpc_web has translated get the headers, too, replaced or not: pages read them.
// Let exposeHeaders have grpc-status and grpc-message there.
//
// A preflight is an OPTIONS with an allowed Origin and an Access-Control-Request-Method. Answered with a 204 are those
// that got a 401, 403 or 429 from the gateway, or from an upstream when a rule or declared names it; an entry is not
// needed, and the access log names cors.preflight as the entry. Lists are not empty, and hold nothing twice.
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
//	          then that of DEFAULT_4XX or DEFAULT_5XX by the HTTP status that Envoy gave the error (with emulate
//	          "aws", see above), then Envoy's own
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
// gatewayResponses.THROTTLED.responseTemplates["application/json"]. An element of an array is its number from 0 in brackets.
// Of a key that is longer than 64 bytes there is only the beginning, in brackets, and "..." behind it.
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
