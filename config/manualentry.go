// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package config

// Patterns of header mappings.
const (
	mappingKeyPattern   = `^gatewayresponse\.(header\.` + tokenPattern + `|(path|querystring)\.[^\x00]*)$`
	namePattern         = `[^.\x00-\x20\x7f${}|'"]+`
	mappingValuePattern = `^('[^\x00-\x08\x0a-\x1f\x7f]*'` +
		`|(method\.request\.(header|multivalueheader)|response\.header)\.` + tokenPattern +
		`|method\.request\.(querystring|multivaluequerystring|path)\.[^\x00]+` +
		`|method\.input\.params\.[^\x00]+|method\.request\.body([.\[][^\x00]*)?|(context|stageVariables)(\.` + namePattern + `)+)$`
	mediaTypePart    = `[!#$%&'+.^_\x60|~0-9A-Za-z-]+`
	mediaParameter   = `[ \t]*` + tokenPattern + `=(` + tokenPattern + `|"([^"\\\x00-\x08\x0a-\x1f\x7f]|\\[^\x00-\x08\x0a-\x1f\x7f])*")[ \t]*`
	mediaTypePattern = `^` + mediaTypePart + `/` + mediaTypePart + `[ \t]*(;(` + mediaParameter + `;)*(` + mediaParameter + `)?)?$`
)

var entryManual = Object{
	Name: "entry", Title: "Entries", Path: "gatewayResponses.TYPE", Frame: `{"gatewayResponses": {"DEFAULT_4XX": {%s}}}`, Extensions: true,
	About: `The names in ` + "`gatewayResponses`" + ` are gateway response types:

- the 21 types of AWS. ` + "`UNSUPPORTED_MEDIA_TYPES`" + `, the spelling of old AWS documentation, is UNSUPPORTED_MEDIA_TYPE. [classification.md](classification.md) says which
  error has which type, and which replies are left because somebody wrote them on purpose.
- types of your own: ` + "`X_`" + ` and then capital letters, digits and ` + "`_`" + `, at most 64 characters in all. A type exists when ` + "`gatewayResponses`" + ` of the document or
  of a route has an entry for it. Rules, ` + "`declared` and `grpc.statuses`" + ` can use it. One that only a route document
  has an entry for exists for ` + "`declared`" + ` on that route.

An error is answered by the first of these entries: that of its type; that of the broader type, which is UNAUTHORIZED for EXPIRED_TOKEN and
MISSING_AUTHENTICATION_TOKEN; DEFAULT_4XX or DEFAULT_5XX, by the status of the reply. Without any of them it is left. With ` + "`emulate` \"aws\"" + ` there are no broader types,
DEFAULT_* is chosen by the status that AWS gives to the type, and an error without an entry gets AWS's own reply.

An entry is used whole: what it lacks does not come from another entry. ` + "`{}`" + ` is an entry. A header that it sets replaces all lines of that name. An entry sets a
header once, in ` + "`responseParameters` or in `headers`" + `, whatever the case of its name. Other headers stay, except those that described the old body. These headers belong to the
proxy or to ` + "`emulate`" + `; setting one has no effect, and is a warning: ` + "`connection`, `content-encoding`, `content-length`, `date`, `host`, `keep-alive`, `proxy-connection`," + `
` + "`server`, `te`, `trailer`, `transfer-encoding`, `upgrade`, `x-amzn-errortype`, `x-amzn-requestid`" + `.

A header that consists of one variable is not set when that is absent. A header is dropped, and counted, when its value is longer than 8 KiB or holds a control
character other than a tab; ` + "`Retry-After`" + ` also when its value is neither a number of seconds nor a date.`,
	Keys: []Key{
		{
			"statusCode",
			ValueType{
				"status, 200 to 599, as a string or an integer",
				`{"anyOf": [{"type": "integer", "minimum": 200, "maximum": 599}, {"type": "string", "pattern": "^[2-5][0-9][0-9]$"}]}`,
			},
			"the reply's own status; with `emulate` \"aws\" the one that AWS gives to the type", false, first,
			"The status to send. AWS accepts 100 to 199, too. Here they are errors, because a client of HTTP/1 would wait for another status; with `emulate` \"aws\" they are ignored, with a warning. A reply with status 204, 205 or 304 has no " +
				"body, so `responseTemplates` beside one of them is a warning.",
			`"statusCode": "429"`,
		},
		{
			"responseParameters",
			ValueType{"header mappings, target to source", mapOf(matching(mappingKeyPattern), matching(mappingValuePattern))},
			"none", false, first,
			"The target is `gatewayresponse.header.NAME`. The source is one of the following. Upper and lower case differ:\n\n" +
				"| source | value |\n|---|---|\n" +
				"| `'text'` | the text, at most 8 KiB; `''` removes the header. Single quotes in the text need no escape |\n" +
				"| `method.request.header.NAME`, `method.request.multivalueheader.NAME` | a header of the request |\n" +
				"| `method.request.querystring.NAME`, `method.request.multivaluequerystring.NAME` | a parameter of the query |\n" +
				"| `method.request.path.NAME` | a parameter of the path, see `match.path` and `resources` |\n" +
				"| `method.input.params.NAME` | a parameter of the path, else of the query, else a header. AWS's own sample uses it |\n" +
				"| `context.NAME`, `stageVariables.NAME` | a variable, see [variables.md](variables.md) |\n" +
				"| `response.header.NAME` | a header of the original reply; ours, not AWS's |\n\n" +
				"The targets `gatewayresponse.path.*` and `gatewayresponse.querystring.*` and the source `method.request.body` have no effect, and are warnings.",
			`"responseParameters": {"gatewayresponse.header.Retry-After": "'5'", "gatewayresponse.header.Server-Timing": "response.header.server-timing"}`,
		},
		{
			"responseTemplates",
			ValueType{"body templates, media type to template", mapOf(matching(mediaTypePattern), `{"$ref": "#/$defs/body"}`)},
			"`{\"message\":$context.error.messageString}` under `application/json`", false, first,
			"[Variables](variables.md) in a template are replaced, once, and escaped for the place where they stand. The `Accept` of the request chooses between several templates (RFC " +
				"9110 section 12.5.1). An `Accept` that is absent, malformed, longer than 8 KiB, or matches none or several equally, leaves `application/json`, or else the first " +
				"media type in byte order. The media type becomes the `Content-Type`. Two that differ only in case or parameters are an error, and so is a range such as `text/*`.",
			`"responseTemplates": {"application/json": "{\"message\": $context.error.messageString}", "text/html": "<h1>$context.error.message</h1>"}`,
		},
		{
			"headers",
			ValueType{"header templates, name to template", mapOf(matching("^"+tokenPattern+"$"), matching(textPattern))},
			"none", false, first,
			"Ours, not AWS's: headers that are templates. `${context.path|url}` percent-encodes a value, `|json` and `|html` quote it for JSON and HTML.",
			`"headers": {"Location": "https://login.example.com/?to=${context.envoy.originalPath|url}"}`,
		},
	},
}
