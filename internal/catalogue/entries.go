// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

var entrySection = Section{
	Title: "Entries of gatewayResponses",
	About: "Types, statuses, headers and media types. With `\"emulate\": \"aws\"` what AWS accepts is a warning at most; [aws.md](aws.md) has the list.",
	Entries: []Entry{
		{
			code.UnknownType, "unknown type",
			"The name is no gateway response type, so no reply would ever have it.",
			"Use one of AWS's 21 types, or one of your own, which begins with `X_`. `gwr types` says which error has which type.",
			`{"gatewayResponses": {"THROTLED": {"statusCode": 429}}}`,
		},
		{
			code.BadOwnType, "bad name of an own type",
			"A type of one's own is `X_` and then capital letters, digits and `_`, 64 bytes at most: it becomes the name of a counter.",
			"Rename the type.",
			`{"gatewayResponses": {"X_over-quota": {"statusCode": 429}}}`,
		},
		{
			code.OwnTypeWithoutEntry, "own type without an entry",
			"A rule or the key `grpc` names a type of one's own that no entry answers. Such a type does not exist, so that nothing a client sends can make one.",
			"Add an entry for it to `gatewayResponses` of the document or of a route.",
			`{"classification": [{"when": {"status": ["503"]}, "responseType": "X_MAINTENANCE"}]}`,
		},
		{
			code.UnnamedOwnType, "own type that nothing names",
			"Envoy's errors have AWS's types. A type of one's own needs a rule in `classification`, or `declared`, and this one has neither, so the entry never answers.",
			"Name the type in a rule, or remove the entry.",
			`{"gatewayResponses": {"X_MAINTENANCE": {"statusCode": 503}}}`,
		},
		{
			code.BadStatus, "bad status",
			"`statusCode` is a status from 200 to 599, as a text of three digits or a number. A status below 200 makes a client of HTTP/1 wait for another one.",
			"Use a status from 200 to 599.",
			`{"gatewayResponses": {"THROTTLED": {"statusCode": "4xx"}}}`,
		},
		{
			code.BodilessStatus, "body beside a status without one",
			"A reply with status 204, 205 or 304 has no body, so the templates have no effect.",
			"Remove `responseTemplates`, or use another status.",
			`{"gatewayResponses": {"THROTTLED": {"statusCode": 204, "responseTemplates": {"text/plain": "slow down"}}}}`,
		},
		{
			code.BadMappingKey, "bad mapping key",
			"A key of `responseParameters` is `gatewayresponse.header.` and the name of a header. This one is something else.",
			"Write `gatewayresponse.header.NAME`, or use `headers`, whose keys are the names alone.",
			`{"gatewayResponses": {"THROTTLED": {"responseParameters": {"method.response.header.Retry-After": "'30'"}}}}`,
		},
		{
			code.BadMappingValue, "bad mapping value",
			"A value of `responseParameters` is a text in single quotes, or the name of a variable without `$`.",
			"Put a static text into single quotes; `headers` takes templates.",
			`{"gatewayResponses": {"UNAUTHORIZED": {"responseParameters": {"gatewayresponse.header.WWW-Authenticate": "Bearer"}}}}`,
		},
		{
			code.MappingWithoutEffect, "mapping without effect",
			"AWS has such mappings, and a reply has no use for them: a reply has no path and no query, and the body of the request is not read.",
			"Remove it.",
			`{"gatewayResponses": {"THROTTLED": {"responseParameters": {"gatewayresponse.querystring.a": "'b'"}}}}`,
		},
		{
			code.BadHeaderName, "bad header name",
			"The name of a header is a token (RFC 9110): letters, digits and ``!#$%&'*+-.^_`|~``.",
			"Correct the name.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"Retry After": "30"}}}}`,
		},
		{
			code.ReservedHeader, "reserved header",
			"Envoy frames replies and sets `date` and `server`, and some headers say which error this is. A document that changed them would break connections or mislead clients.",
			"Remove it.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"Content-Length": "0"}}}}`,
		},
		{
			code.BadHeaderValue, "bad header value",
			"A header value holds no control characters but tabs, which would end the client's HTTP/2 stream, and has 8 KiB at most.",
			"Remove the character, or shorten the value.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"x-note": "a\nb"}}}}`,
		},
		{
			code.HeaderSetTwice, "header set twice",
			"Two members of the entry set the same header, perhaps one in `responseParameters` and one in `headers`. Keys have no order, so either could win.",
			"Keep one of them.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"Retry-After": "30"}, "responseParameters": {"gatewayresponse.header.retry-after": "'60'"}}}}`,
		},
		{
			code.BadMediaType, "bad media type",
			"A key of `responseTemplates` is a media type, `type/subtype`, with parameters or without. It becomes the Content-Type of the reply.",
			"Write one, such as `application/json`.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/*": "slow down"}}}}`,
		},
		{
			code.SameMediaType, "media type twice",
			"Two templates have the same media type. It is chosen without its parameters and in any case.",
			"Keep one of them.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "a", "Text/Plain; charset=utf-8": "b"}}}}`,
		},
		{
			code.ContentTypeWithoutTemplate, "Content-Type without a template",
			"The entry sets a Content-Type that belongs to none of its templates. A body escaped for JSON must not be read as HTML, so the value has no effect.",
			"Use the media type as the key of `responseTemplates`, and leave the header out.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"Content-Type": "text/html"}}}}`,
		},
		{
			code.BadStageVariableName, "bad name of a stage variable",
			"`$stageVariables.NAME` takes letters, digits, `_` and `-`. Another name can only be read with braces.",
			"Rename the variable.",
			`{"stageVariables": {"docs url": "https://docs.example.com"}}`,
		},
	},
}
