// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

var ruleManual = Object{
	Name: "rule", Title: "Rules", Path: "classification[]", Frame: `{"classification": [{%s}]}`, Extensions: true,
	About: "A rule says which type a reply has, or that it is left. The first rule that holds decides. A reply that a rule names is replaced even when it was written on\n" +
		"purpose.",
	Keys: []Key{
		{
			"name", wordsType, "its place, `classification[2]`", false, first, "What traces call the rule.",
			`"name": "waf", "when": {"filter": ["coraza"]}, "responseType": "WAF_FILTERED"`,
		},
		{
			"when", objectType("when"), "", true, first, "The conditions, at least one. All of them must hold.",
			`"when": {"details": ["rbac_*"], "requestHeaders": [{"name": "authorization", "present": false}]}, "responseType": "UNAUTHORIZED"`,
		},
		{
			"responseType", typeType, "", false, first, "The type of the reply. A rule has either this or `leave`.",
			`"when": {"flags": ["UT"]}, "responseType": "INTEGRATION_TIMEOUT"`,
		},
		{
			"message", wordsType, "the type's message", false, first, "What `$context.error.message` is.",
			`"when": {"details": ["rbac_*"]}, "responseType": "UNAUTHORIZED", "message": "Log in first"`,
		},
		{
			"leave",
			ValueType{"`true`", `{"const": true}`},
			"", false, first, "The reply goes through as Envoy made it.",
			`"when": {"filter": ["envoy.filters.http.oauth2"]}, "leave": true`,
		},
	},
	Constraint: `"oneOf": [{"required": ["responseType"], "not": {"required": ["leave"]}},
{"required": ["leave"], "not": {"anyOf": [{"required": ["responseType"]}, {"required": ["message"]}]}}]`,
}

var whenManual = Object{
	Name: "when", Title: "Conditions of rules", Path: "classification[].when", Frame: `{"classification": [{"when": {%s}, "responseType": "UNAUTHORIZED"}], "grpc": {}}`,
	About: "A list holds when one of its elements does; an empty one is an error. Of conditions on headers all must hold.",
	Keys: []Key{
		{
			"details", globsType, "", false, first,
			"Globs on Envoy's response code details. White space compares as `_`, as access logs print it.", `"details": ["rbac_access_denied_*"]`,
		},
		{
			"filter", globsType, "", false, first,
			"Globs on the configured name of the filter that sent the reply; `\"\"` is Envoy itself. No filter sends the upstream's replies. A reply that a filter writes without Envoy's help has no name either: the redirects of oauth2 are known by their details, `oauth.missing_credentials`.", `"filter": ["envoy.filters.http.ext_authz*"]`,
		},
		{"flags", ValueType{"list of response flags", listOf(`{"type": "string"}`)}, "", false, first, "Short names of response flags, as access logs print them.", `"flags": ["UT", "UF"]`},
		{
			"status",
			ValueType{
				"list of statuses, `\"403\"` or `403`, and classes, `\"3xx\"`, `\"4xx\"`, `\"5xx\"`",
				listOf(`{"anyOf": [{"type": "integer", "minimum": 300, "maximum": 599}, {"type": "string", "pattern": "^([345]xx|[345][0-9][0-9])$"}]}`),
			},
			"", false, first,
			"The status of the reply. Statuses below 400 are for redirects of Envoy's own filters, such as the way to a login page that a script should see as an error: the rule then " +
				"has `filter` or `details` too, and `source` is `local`. The reply gets the status of the entry or of the type, and its `location` goes.",
			`"status": ["302"], "details": ["oauth.missing_credentials"], "requestHeaders": [{"name": "sec-fetch-mode", "equals": "cors"}]`,
		},
		{
			"grpcStatus",
			ValueType{"list of gRPC statuses, names or numbers", listOf(`{"$ref": "#/$defs/grpcStatus"}`)},
			"", false, first,
			"The header `grpc-status` of the reply. Replies to gRPC requests are only looked at when the document has the key `grpc`; `{}` is enough.",
			`"grpcStatus": ["UNAVAILABLE", 4]`,
		},
		{
			"requestHeaders",
			ValueType{"list of conditions on headers, see below", listOf(`{"$ref": "#/$defs/requestHeader"}`)},
			"", false, first,
			"Conditions on headers of the request, and on `:authority`, `:method`, `:path` and `:scheme`. Of several lines of a header only the first one counts.",
			`"requestHeaders": [{"name": "authorization", "glob": "Basic *"}, {"name": ":method", "equals": "GET"}]`,
		},
		{
			"responseHeaders",
			ValueType{"list of conditions on headers, see below", listOf(`{"$ref": "#/$defs/responseHeader"}`)},
			"", false, first,
			"Conditions on headers of the original reply. Of several lines one must hold.", `"responseHeaders": [{"name": "content-type", "glob": "text/html*"}]`,
		},
		{
			"source", sourceType, "`\"local\"`", false, first,
			"Whose replies are meant: `local` for Envoy's, `upstream` for those of the service behind it, `any` for both. This is not a condition: a rule needs another one.",
			`"source": "upstream", "status": ["5xx"]`,
		},
	},
	Constraint: `"anyOf": [{"required": ["details"]}, {"required": ["filter"]}, {"required": ["flags"]}, {"required": ["status"]}, {"required": ["grpcStatus"]},
{"required": ["requestHeaders"]}, {"required": ["responseHeaders"]}],
"if": {"required": ["status"], "properties": {"status": {"contains": {"anyOf": [{"type": "string", "pattern": "^3"}, {"type": "integer", "maximum": 399}]}}}},
"then": {"properties": {"source": {"const": "local"}}, "anyOf": [{"required": ["details"]}, {"required": ["filter"]}]}`,
}

var conditionManual = Object{
	Name: "requestHeader", Title: "Conditions on headers", Path: "classification[].when.requestHeaders[]",
	Frame: `{"classification": [{"when": {"requestHeaders": [{%s}]}, "responseType": "UNAUTHORIZED"}]}`,
	About: "A condition names a header and asks exactly one thing of it.",
	Keys: []Key{
		{
			"name",
			ValueType{"header name", matching("^(" + tokenPattern + "|:authority|:method|:path|:scheme)$")},
			"", true, first, "The header, in any case.",
			`"name": "authorization", "present": true`,
		},
		{"present", booleanType, "", false, first, "Whether the header must be there.", `"name": "authorization", "present": false`},
		{"equals", textType, "", false, first, "The value that the header must have.", `"name": ":method", "equals": "GET"`},
		{"glob", ValueType{"glob", `{"type": "string"}`}, "", false, first, "A glob that the value must match.", `"name": "authorization", "glob": "Basic *"`},
	},
	Constraint: `"oneOf": [{"required": ["present"]}, {"required": ["equals"]}, {"required": ["glob"]}]`,
}

var declaredManual = Object{
	Name: "declared", Title: "Declared types", Path: "declared", Frame: `{"declared": {%s}}`,
	About: `With ` + "`declared`" + ` the producer of a reply, such as an authorization service or a Wasm plugin, names the type itself. Rules come before it, the built-in table after it. The
filter reads the headers on replies with status 400 or above from these filters and this source, and removes them, also from replies that are left. In the modes
` + "`observe` and `off`" + ` they stay. A type that does not exist is counted and otherwise ignored. The texts are escaped like any other value. One of
` + "`header` and `metadata`" + ` is required.`,
	Keys: []Key{
		{
			"header",
			ValueType{"header name", matching("^" + tokenPattern + "$")},
			"", false, first,
			"The header of the reply that holds the type. Beside it the producer may send `HEADER-message`, which stands for the type's message, and `HEADER-validation-error`, the " +
				"value of `$context.error.validationErrorString`.",
			`"header": "x-gateway-response-type"`,
		},
		{
			"metadata",
			ValueType{"`NAMESPACE/KEY`, with more keys behind", matching("^" + placePattern + "(/" + placePattern + ")+$")},
			"", false, first,
			"The place of the type in the dynamic metadata, beside which `KEY-message` and `KEY-validation-error` may stand. It counts when no header names a type.",
			`"metadata": "com.example.gateway/type"`,
		},
		{
			"filter", globsType, "any filter's", false, first, "Globs on the configured name of the filter whose replies are trusted.",
			`"header": "x-gateway-response-type", "filter": ["envoy.filters.http.ext_authz*"]`,
		},
		{
			"source", sourceType, "`\"local\"`", false, first,
			"Whose replies are trusted: `local` for those of filters, `upstream` for those of the service behind Envoy, `any` for both.",
			`"header": "x-gateway-response-type", "source": "any"`,
		},
	},
	Constraint: `"anyOf": [{"required": ["header"]}, {"required": ["metadata"]}]`,
}

var authorizerManual = Object{
	Name: "authorizer", Title: "Data of other filters", Path: "authorizer", Frame: `{"authorizer": {%s}}`,
	About: `Replies can quote what other filters of Envoy know; [variables.md](variables.md) lists the variables. Values are read when an error is replaced. A variable is absent when the
filter behind it did not run before the error, and when the value is not a text, number or boolean. In JSON outside quotes all values become strings.

| variable | value |
|---|---|
| ` + "`${context.envoy.metadata.NAMESPACE/KEY}`" + ` | dynamic metadata; more keys may follow. The key of an element of a list is its number, from ` + "`0`" + ` |
| ` + "`${context.envoy.filterState.KEY}`" + ` | an object of the filter state |
| ` + "`${context.envoy.attribute.a.b}`" + ` | any attribute |

The keys say where AWS's names for an authorizer's data find it. One of the two is required. ` + "`$context.authorizer.principalId`" + ` is in the context, or else the claim
` + "`sub`" + `. In a document without ` + "`authorizer`" + ` these names are a warning, and absent.

Of a client certificate Envoy has an attribute for the subject only. All other fields of ` + "`$context.identity.clientCert`" + ` are taken from the filter state, under the name of the
field behind ` + "`gateway_responses.`" + `. A filter fills it in:

` + "```yaml" + `
http_filters:
- name: envoy.filters.http.set_filter_state
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.set_filter_state.v3.Config
    on_request_headers:
    - object_key: gateway_responses.clientCert.issuerDN
      factory_key: envoy.string
      format_string: {text_format_source: {inline_string: "%DOWNSTREAM_PEER_ISSUER%"}}
` + "```" + `

and in the same way ` + "`clientCert.serialNumber` from `%DOWNSTREAM_PEER_SERIAL%`, `clientCert.clientCertPem` from `%DOWNSTREAM_PEER_CERT%`" + `, where it is percent-encoded,
` + "`clientCert.validity.notBefore` from `%DOWNSTREAM_PEER_CERT_V_START(%b %e %H:%M:%S %Y GMT)%` and `clientCert.validity.notAfter`" + ` from the same with ` + "`V_END`" + `.`,
	Keys: []Key{
		{
			"claims", placeType, "", false, first,
			"The place of a token's claims in the dynamic metadata; the values of `$context.authorizer.claims.NAME`. For `jwt_authn` KEY is what `payload_in_metadata` of the provider " +
				"says. Only tokens that were verified have claims, so they are for refusals that come later.",
			`"claims": "envoy.filters.http.jwt_authn/jwt_payload"`,
		},
		{
			"context", placeType, "", false, first,
			"The place of what an authorization service returned; the values of `$context.authorizer.NAME` and `$context.authorizer.context.NAME`.",
			`"context": "envoy.filters.http.ext_authz"`,
		},
	},
	Constraint: `"anyOf": [{"required": ["claims"]}, {"required": ["context"]}]`,
}

// placeType is a place in the dynamic metadata.
var placeType = ValueType{"`NAMESPACE` or `NAMESPACE/KEY`, with more keys behind", matching("^" + placePattern + "(/" + placePattern + ")*$")}
