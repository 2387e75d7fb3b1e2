// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

// originPattern is an origin as browsers send it, with stars.
const originPattern = `^(\*|[a-z][a-z0-9+.-]*://(([a-z0-9*_-]+\.)*[a-z0-9_-]+|\[[0-9a-f.]*:[0-9a-f:.]*\])(:(\*|[1-9][0-9]{0,4}))?)$`

var corsManual = Object{
	Name: "cors", Title: "CORS", Path: "cors", Frame: `{"cors": {%s}}`,
	About: `A browser hides a reply from a page of another origin unless the reply's headers allow that page to read it. Services, and Envoy's filter ` + "`cors`" + `, add these headers to
their replies, but the gateway's own errors never reach them. This key adds the headers to every error that is replaced, and to the gateway's own errors without an
entry. Replies of the upstream that are left, and replies that somebody wrote on purpose, never get them. An ` + "`Access-Control-Allow-Origin`" + ` that the reply
has, or that the entry maps or removes, wins.

The ` + "`Origin`" + ` is sent back as it came when it is allowed. ` + "`Vary: Origin`" + ` is on each of those errors, whoever asks. With ` + "`*`" + ` the headers are the same for everybody, and are also sent
without an ` + "`Origin`" + `. Replies to gRPC-Web that Envoy's filter ` + "`grpc_web`" + ` has translated get the headers, replaced or not, because pages read them. For those, put
` + "`grpc-status` and `grpc-message` into `exposeHeaders`" + `. An empty list is an error, and so is an element that stands twice.`,
	Keys: []Key{
		{
			"allowOrigins",
			ValueType{"list of origins, or `[\"*\"]`", `{"allOf": [` + setOf(matching(originPattern)) + `, {"$ref": "#/$defs/loneStar"}]}`},
			"", true, first,
			"Origins as browsers send them, `scheme://host` or `scheme://host:port` in lower case, without the scheme's default port. In host and port `*` stands for any text, also for " +
				"several labels. The last label of the host must not have one. `*` alone allows every origin.",
			`"allowOrigins": ["https://app.example.com", "https://*.example.org"]`,
		},
		{
			"allowCredentials", booleanType, "`false`", false, first,
			"With `true` pages may read replies to requests with cookies. Then a `*` in any of the lists is an error.", `"allowOrigins": ["https://app.example.com"], "allowCredentials": true`,
		},
		{
			"exposeHeaders", sharedHeaders, "none", false, first,
			"The headers of the reply that pages may read, besides the few that they always may.", `"allowOrigins": ["https://app.example.com"], "exposeHeaders": ["x-request-id", "retry-after"]`,
		},
		{
			"preflight", objectType("preflight"), "preflights are left", false, first,
			"Answers preflights that the gateway refused.", `"allowOrigins": ["https://app.example.com"], "preflight": {"allowMethods": ["GET", "PUT"]}`,
		},
	},
	Constraint: `"if": {"required": ["allowCredentials"], "properties": {"allowCredentials": {"const": true}}},
"then": {"properties": {"allowOrigins": {"$ref": "#/$defs/noStar"}, "exposeHeaders": {"$ref": "#/$defs/noStar"},
"preflight": {"properties": {"allowMethods": {"$ref": "#/$defs/noStar"}, "allowHeaders": {"$ref": "#/$defs/noStar"}}}}}`,
}

// sharedHeaders is a list of headers, or "*" alone.
var sharedHeaders = ValueType{"list of header names, or `[\"*\"]`", `{"allOf": [` + headersType.Schema + `, {"$ref": "#/$defs/loneStar"}]}`}

var preflightManual = Object{
	Name: "preflight", Title: "Preflights", Path: "cors.preflight", Frame: `{"cors": {"allowOrigins": ["https://app.example.com"], "preflight": {%s}}}`,
	About: "A preflight is an `OPTIONS` with an allowed `Origin` and an `Access-Control-Request-Method`. When the gateway refuses one with a 401, 403 or 429, the filter\n" +
		"answers it with a 204. It does so, too, when an upstream refuses it and a rule or `declared` names that reply, and when a filter redirects it and a rule makes a 401, 403 or 429 of the\n" +
		"redirect. None of this needs an entry. The access log names `cors.preflight` as the entry.",
	Keys: []Key{
		{
			"allowMethods",
			ValueType{"list of methods, or `[\"*\"]`", `{"allOf": [` + headersType.Schema + `, {"$ref": "#/$defs/loneStar"}]}`},
			"none are named", false, first,
			"The methods that a page may use.", `"allowMethods": ["GET", "PUT"]`,
		},
		{"allowHeaders", sharedHeaders, "none are named", false, first, "The headers that a request may have.", `"allowHeaders": ["authorization", "content-type"]`},
		{
			"maxAgeSeconds",
			ValueType{"whole number, 0 to 86400", `{"type": "integer", "minimum": 0, "maximum": 86400}`},
			"the browser's own", false, first,
			"For how long a browser may remember the answer.", `"maxAgeSeconds": 600`,
		},
	},
}
