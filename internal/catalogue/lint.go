// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

var lintSection = Section{
	Title: "What gwr lint finds",
	About: "Documents with these are right, and unwise. An owner who knows better allows a finding, and says why: in YAML with a comment in its line or above it,\n" +
		"`# gwr:allow GWR112 clients of 2019 read the body alone`; in JSON and YAML with a key in the object around it, `\"x-gwr-allow\": {\"GWR112\": \"clients of 2019 read the body alone\"}`,\n" +
		"in the root, an entry, a route or a rule.",
	Entries: []Entry{
		{
			code.JSONForSomeValues, "not JSON for some values",
			"With `\"escaping\": \"aws\"` a value enters a body as it is: a quote, a line end or no value at all makes it a text that clients cannot parse.",
			"Use `\"escaping\": \"auto\"`, or `${...|json}` within quotes.",
			`{"escaping": "aws", "gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"application/json": "{\"path\": \"$context.path\"}"}}}}`,
		},
		{
			code.UnreachableRule, "rule that is never reached",
			"Rules are tried in their order. An earlier rule takes every reply that this one would, so this one never names any.",
			"Move the finer rule in front, or remove it.",
			`{"classification": [
  {"name": "all of rbac", "when": {"details": ["rbac_*"]}, "responseType": "ACCESS_DENIED"},
  {"name": "one policy", "when": {"details": ["rbac_access_denied_matched_policy[shop]"]}, "responseType": "UNAUTHORIZED"}]}`,
		},
		{
			code.UnreachableRoute, "route that is never reached",
			"Routes are tried in their order. An earlier route takes every request that this one's match would. Metadata of Envoy's routes may still name it.",
			"Move the finer route in front, or remove it.",
			`{"routes": [{"name": "shop", "match": {"pathPrefix": "/shop"}}, {"name": "cart", "match": {"path": "/shop/cart/{id}"}}]}`,
		},
		{
			code.UnusedEntry, "entry that is never chosen",
			"No error of Envoy has this type, and no rule and no producer names it, or its route is off.",
			"Let a rule of `classification` name the type, or remove the entry. `gwr types` says which error has which type.",
			`{"gatewayResponses": {"WAF_FILTERED": {"statusCode": 403}}}`,
		},
		{
			code.MissingTokenAs404, "missing token as 404",
			"On AWS a path that does not exist is MISSING_AUTHENTICATION_TOKEN, so documents from there give it a 404. Without `\"emulate\": \"aws\"` it is the type of a request without a token: a client that should log in would look for another page.",
			"Give the 404 to RESOURCE_NOT_FOUND, or take AWS's types with `\"emulate\": \"aws\"`.",
			`{"gatewayResponses": {"MISSING_AUTHENTICATION_TOKEN": {"statusCode": 404}}}`,
		},
		{
			code.NoChallenge, "401 without a challenge",
			"A 401 must say in WWW-Authenticate how to authenticate (RFC 9110 section 15.5.2). Envoy's jwt_authn and basic_auth send it, other filters do not, and an entry can remove it.",
			"Set `www-authenticate`, or use 403.",
			`{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 401}}}`,
		},
		{
			code.NoRetryAfter, "429 without Retry-After",
			"Clients that are not told when to come back come back at once. Envoy's rate limiters send no Retry-After.",
			"Set `Retry-After` to a number of seconds, or from `response.header.x-ratelimit-reset`.",
			`{"gatewayResponses": {"THROTTLED": {}}}`,
		},
		{
			code.ClosingStatus, "400 that closes the connection",
			"The error ends with its headers, so the filter sends a reply of its own, and behind a 400 of its own Envoy closes the connection of a client of HTTP/1.",
			"Use another status, or give such replies a body with a companion mapper, see [limits.md](limits.md).",
			`{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"statusCode": 400}}}`,
		},
		{
			code.CacheablePerRequest, "one request's data in a cacheable reply",
			"Caches may keep a 404 and a 410 without being told (RFC 9110 section 15.1), and give everybody what is about one request.",
			"Set `cache-control` to `no-store`, or leave the variable out.",
			`{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"application/json": "{\"id\": \"$context.requestId\"}"}}}}`,
		},
		{
			code.SecretInReply, "secret in a reply",
			"A reply that quotes a credential of the client, or holds one of the owner, puts it into logs, caches and screenshots.",
			"Leave it out. Replace a credential that was public.",
			`{"gatewayResponses": {"UNAUTHORIZED": {"responseTemplates": {"text/plain": "bad token $method.request.header.authorization"}}}}`,
		},
		{
			code.LargeBody, "large body",
			"The body has more than 8 KiB. Errors come in floods, and each worker of Envoy renders one for each error.",
			"Shorten it, or link to a page.",
			"",
		},
		{
			code.FailureAsSuccess, "failure as success",
			"A status below 300 tells clients, caches and monitoring that the request succeeded, and they act on it.",
			"Use a status from 400 on. Clients that read only bodies find the error there anyway.",
			`{"gatewayResponses": {"INTEGRATION_TIMEOUT": {"statusCode": 200}}}`,
		},
		{
			code.ServerErrorAsClientError, "fault of the server as one of the client",
			"A 4xx says that the same request fails again, so clients do not retry, and alarms on 5xx stay silent.",
			"Use a status from 500 on.",
			`{"gatewayResponses": {"INTEGRATION_FAILURE": {"statusCode": 404}}}`,
		},
		{
			code.RedirectOfWrites, "redirect of writes",
			"The entry redirects requests of every method. A browser makes a GET of a POST and drops what it sent, or with 307 and 308 sends it to the other page.",
			"Put the entry into a route with `\"match\": {\"methods\": [\"GET\", \"HEAD\"]}`.",
			`{"gatewayResponses": {"UNAUTHORIZED": {"statusCode": 302, "headers": {"location": "/login"}}}}`,
		},
		{
			code.RawClientValue, "raw value of a client",
			"`\"escaping\": \"aws\"` inserts values as they are, and a client chooses this one: it can write members of the JSON, or elements of the page.",
			"Use `\"escaping\": \"auto\"`.",
			`{"escaping": "aws", "gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "$context.path"}}}}`,
		},
		{
			code.EchoedOriginWithCredentials, "any page may read with credentials",
			"The reply allows whichever page asks to read it with the cookies of its visitor, which is what the same-origin policy is there to prevent.",
			"Name the origins in `cors`, with `allowCredentials`.",
			`{"gatewayResponses": {"DEFAULT_4XX": {"headers": {"access-control-allow-origin": "$method.request.header.origin", "access-control-allow-credentials": "true"}}}}`,
		},
		{
			code.DeclaredByAnybody, "type that every service may declare",
			"`declared` takes the word of the upstream, so every service behind Envoy, and whatever passes headers through it, chooses what clients see.",
			"Use the `source` `local` with `filter`, or allow it and say why all services are trusted.",
			`{"declared": {"header": "x-gateway-response-type", "source": "upstream"}}`,
		},
		{
			code.AllowedWithoutReason, "allowed without a reason",
			"A finding is allowed, and nobody will know why in a year. It is reported all the same.",
			"Write the reason behind the code.",
			`gatewayResponses:
  THROTTLED: {} # gwr:allow GWR107`,
		},
		{
			code.AllowedNothing, "allows nothing",
			"No finding has this code at this place, or there is no such code.",
			"Remove the comment or the member.",
			`gatewayResponses:
  THROTTLED: # gwr:allow GWR112 clients of 2019 read the body alone
    headers: {Retry-After: "30"}`,
		},
		{
			code.DeclaredDespiteFilter, "filter that trusts every service",
			"`filter` of `declared` is about the replies of Envoy's own filters. With the `source` `any` the replies of every service behind Envoy are read, too, and no filter sends those.",
			"Use the `source` `local`, or allow it and say why all services are trusted.",
			`{"declared": {"header": "x-gateway-response-type", "source": "any", "filter": ["ext_authz"]}}`,
		},
		{
			code.HashOfNothing, "hash of nothing in the page",
			"`content-security-policy` allows a style or a script by its hash, and none in the page has it: the page was changed, or its line ends were. Browsers drop what is there, and the page loses its looks.",
			"Write the hash that the finding has. Without one, nothing in the page needs the hash; remove it.",
			`gatewayResponses:
  DEFAULT_4XX:
    headers:
      Content-Security-Policy: "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    responseTemplates:
      text/html: "<style>p {color: red}</style><p>$context.error.message</p>"`,
		},
	},
}
