// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

var routeSection = Section{
	Title: "Routes, rules and the other keys of the root",
	About: "Conditions that cannot hold, and names that something else has.",
	Entries: []Entry{
		{
			code.BadRouteName, "bad name of a route",
			"The name of a route stands in Envoy's metadata and in access logs: it is unique, not empty, has no white space, and is none of `off` and `observe`, which are modes there.",
			"Choose another name.",
			`{"routes": [{"name": "off", "match": {"pathPrefix": "/v0"}}]}`,
		},
		{
			code.BadHost, "bad host",
			"`hosts` are names without scheme, port and path; a `*` stands only in front, as in `*.example.com`.",
			"Write the name alone.",
			`{"routes": [{"name": "shop", "match": {"hosts": ["https://shop.example.com"]}}]}`,
		},
		{
			code.BadMethod, "bad method",
			"A method of HTTP is a token, in capital letters where the standard has it so.",
			"Write it as requests have it, `GET`; without the key all methods are meant.",
			`{"routes": [{"name": "shop", "match": {"methods": ["get"]}}]}`,
		},
		{
			code.BadPath, "bad path",
			"A path template begins with `/`, and a parameter `{name}` is a whole segment; `{name+}` is the last one. A path prefix has no parameters.",
			"Correct the path at the place that is shown.",
			`{"routes": [{"name": "pets", "match": {"path": "/pets/{id}.json"}}]}`,
		},
		{
			code.SameResource, "resource twice",
			"Two path templates of `resources` take the same paths, so one would never be found.",
			"Keep one of them.",
			`{"routes": [{"name": "pets", "match": {"pathPrefix": "/v1"}, "resources": ["/pets/{id}", "/pets/{petId}"]}]}`,
		},
		{
			code.BadMetadataMatch, "bad condition on metadata",
			"Metadata of Envoy's routes stands in namespaces. A condition leads from a namespace over keys to a glob.",
			"Write `{\"NAMESPACE\": {\"KEY\": \"GLOB\"}}`.",
			`{"routes": [{"name": "shop", "match": {"metadata": {"istio": "shop"}}}]}`,
		},
		{
			code.EmptyGlob, "empty glob",
			"An empty glob is compared with a whole name, and no name is empty.",
			"Write the name; `*` stands for any text.",
			`{"routes": [{"name": "shop", "match": {"virtualHosts": [""]}}]}`,
		},
		{
			code.NoCondition, "rule without a condition",
			"A rule without a condition would be for every error of Envoy.",
			"Add conditions to `when`, or say that you mean every error: `\"status\": [\"4xx\", \"5xx\"]`.",
			`{"classification": [{"when": {}, "responseType": "DEFAULT_5XX"}]}`,
		},
		{
			code.BadStatusCondition, "bad status in a rule",
			"`status` of a rule lists statuses from 300 to 599 and the classes `3xx`, `4xx` and `5xx`. The filter looks at no others.",
			"Use one of them.",
			`{"classification": [{"when": {"status": ["2xx"]}, "leave": true}]}`,
		},
		{
			code.RedirectWithoutFilter, "rule for all redirects",
			"Most redirects are no errors. A rule names them only together with the filter or the details that they come from, and only those of Envoy itself.",
			"Add `filter` or `details`, and leave `source` out.",
			`{"classification": [{"when": {"status": ["302"]}, "responseType": "UNAUTHORIZED"}]}`,
		},
		{
			code.RedirectWithoutStatus, "redirect that stays one",
			"A rule gives redirects a type, and the entry that answers it says no status. The type has none of its own, so the reply would stay a redirect; it is left as it is.",
			"Add `statusCode` to the entry.",
			`{"classification": [{"when": {"details": ["oauth2*"], "status": ["302"]}, "responseType": "X_LOGIN"}],
 "gatewayResponses": {"X_LOGIN": {}}}`,
		},
		{
			code.UnknownFlag, "unknown response flag",
			"Envoy has no such response flag. Flags have the short names that access logs print, such as `UT`.",
			"Use the short name.",
			`{"classification": [{"when": {"flags": ["ut"]}, "responseType": "INTEGRATION_TIMEOUT"}]}`,
		},
		{
			code.UnknownGRPCStatus, "unknown gRPC status",
			"A gRPC status is a name such as `UNAVAILABLE`, or its number from 0 to 16.",
			"Use one of the names.",
			`{"grpc": {"statuses": {"THROTTLED": "EXHAUSTED"}}}`,
		},
		{
			code.GRPCNotLookedAt, "gRPC status that is not looked at",
			"Without the key `grpc` the filter does not look at replies to gRPC requests, so the condition holds for gRPC-Web alone.",
			"Add `\"grpc\": {}`, or remove the condition.",
			`{"classification": [{"when": {"grpcStatus": ["UNAVAILABLE"]}, "leave": true}]}`,
		},
		{
			code.FilterOfUpstream, "filter of the upstream's replies",
			"No filter sends the replies of the upstream, so a condition on the filter never holds for them.",
			"Remove `filter`, or let `source` be `local` or `any`.",
			`{"classification": [{"when": {"filter": ["coraza"], "source": "upstream"}, "responseType": "WAF_FILTERED"}]}`,
		},
		{
			code.UpstreamWithoutEffect, "upstream without effect",
			"The key `upstream` limits what is done to replies of the upstream, and this document leaves them all.",
			"Remove the key, or give a rule or `declared` the `source` `upstream` or `any`.",
			`{"upstream": {"keepProblem": true}}`,
		},
		{
			code.BadMetadataPlace, "bad place in the metadata",
			"A place in the dynamic metadata is `NAMESPACE`, or `NAMESPACE/KEY` with more keys behind.",
			"Write one, such as `envoy.filters.http.jwt_authn/jwt_payload`.",
			`{"declared": {"metadata": "com.example.gateway"}}`,
		},
		{
			code.BadOrigin, "bad origin",
			"An origin is scheme, host and port as browsers write them: `https://app.example.com`, lower case, without path and without the scheme's own port. `null` is the origin of every sandboxed page.",
			"Write the origin as the browser sends it.",
			`{"cors": {"allowOrigins": ["https://app.example.com/"]}}`,
		},
		{
			code.OpenOrigin, "origin that anybody can have",
			"A `*` in the registered name of a host matches names that anybody can register, and their pages could read the replies.",
			"Let the `*` stand for whole labels in front, `https://*.example.com`.",
			`{"cors": {"allowOrigins": ["https://*example.com"]}}`,
		},
		{
			code.BadWildcard, "wildcard that browsers do not take",
			"Browsers take `*` for everything only when it stands alone and without credentials, and never for `authorization`.",
			"List what is allowed.",
			`{"cors": {"allowOrigins": ["*"], "allowCredentials": true}}`,
		},
		{
			code.HostCannotTell, "something that the host cannot tell",
			"The adapter, on that Envoy, cannot read what the document asks for, so a variable has no value or a condition never holds. The wasm filter can read all that Envoy knows; a dynamic module finds no value inside an object or a list of metadata, and nothing in the metadata of virtual hosts.",
			"Remove it, use the adapter or the Envoy that can, or have the value written elsewhere: right below the namespace of metadata, into filter state, or into a header. `jwt_authn` writes claims into request headers (`claim_to_headers`).",
			"",
		},
	},
}
