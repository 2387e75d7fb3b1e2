// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

var templateSection = Section{
	Title: "Templates and variables",
	About: "Names that mean nothing, and places where no escaping helps. [variables.md](variables.md) lists the names.",
	Entries: []Entry{
		{
			code.UnknownVariable, "unknown variable",
			"Nothing is called by this name. Clients would see the text as it is written, or nothing.",
			"Use a name from [variables.md](variables.md), or `gwr variables`.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"x-id": "$context.requestID"}}}}`,
		},
		{
			code.UnknownStageVariable, "unknown stage variable",
			"Neither the document nor the route has a stage variable of this name.",
			"Add it to `stageVariables`, or correct the name.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"link": "<$stageVariables.docs>"}}}}`,
		},
		{
			code.BadVariableName, "malformed name of a variable",
			"The name begins as a known one, and what follows cannot be read: a key is missing or empty, a header has no such name, or Envoy does not know the attribute any more when it replies.",
			"Write what the message suggests.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"x-rule": "${context.envoy.metadata.com.acme.waf}"}}}}`,
		},
		{
			code.VariableWithoutValue, "variable without a value",
			"The name is known and never has a value here: only AWS knows it, or the document does not say where the value comes from.",
			"Add what the message names, `api`, `authorizer` or `declared`, or remove the variable.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"x-stage": "$context.stage"}}}}`,
		},
		{
			code.NameEndsEarly, "name that ends early",
			"A name without braces ends before a hyphen or a colon. Claims and keys of metadata often have them.",
			"Use braces: around all of it if it belongs to the name, else around the name.",
			`{"authorizer": {"context": "envoy.filters.http.ext_authz"},
 "gatewayResponses": {"THROTTLED": {"headers": {"x-tenant": "$context.authorizer.tenant-id"}}}}`,
		},
		{
			code.UnclosedVariable, "unclosed variable",
			"`${` begins a variable, and no `}` ends it.",
			"Add the `}`.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"x-id": "${context.requestId"}}}}`,
		},
		{
			code.UnknownFilter, "unknown filter",
			"A variable in braces takes one of the filters `json`, `html` and `url`.",
			"Use one of them. None is needed for escaping: values are escaped for the place where they stand.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"x-path": "${context.path|lower}"}}}}`,
		},
		{
			code.NoEscaping, "media type without escaping",
			"Values are escaped by the media type, and for this one nobody knows how. A client could write anything into the body.",
			"Write the text without variables, or use JSON, HTML, XML, a form or text/plain.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/csv": "path,$context.path"}}}}`,
		},
		{
			code.UnsafePlace, "place where no escaping helps",
			"Whatever is done to the value, a client could change what the text means: within a script, a style, a comment, a tag, or an attribute without quotes.",
			"Put the value into text or into a quoted attribute, such as `data-path=\"$context.path\"`.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/html": "<script>var path = '$context.path'</script>"}}}}`,
		},
		{
			code.UnsafeURL, "URL that a client could turn elsewhere",
			"The value stands where it could change the scheme or the host of a URL, so a link could be made that leads from your page to another site.",
			"Begin the URL with a path, a scheme and a host, or a stage variable, or write `${...|url}`.",
			`{"gatewayResponses": {"UNAUTHORIZED": {"statusCode": 302, "headers": {"location": "$context.path"}}}}`,
		},
		{
			code.UnsafeHeader, "header that a client could extend",
			"Browsers obey this header, and a value with `;` or `,` in it would add a directive or a cookie attribute.",
			"Write `${...|url}`.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"set-cookie": "last=$context.path; HttpOnly"}}}}`,
		},
		{
			code.EchoedOrigin, "origin that a client chooses",
			"A value of the client in Access-Control-Allow-Origin lets every page read the reply.",
			"Name the origins in `cors`.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"access-control-allow-origin": "$method.request.header.origin"}}}}`,
		},
		{
			code.RawMarkup, "page with raw values",
			"With `\"escaping\": \"aws\"` values enter a page as they are, so a client can write elements of it, scripts too.",
			"Write `${...|html}`, or escape by media type with `\"escaping\": \"auto\"`.",
			`{"escaping": "aws", "gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/html": "<p>$context.path</p>"}}}}`,
		},
		{
			code.VariableMember, "name of a member that a client chooses",
			"Readers of a JSON object with two members of one name take either, so a client could overrule a member of the template.",
			"Use the variable as a value.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"application/json": "{\"$context.path\": 1}"}}}}`,
		},
		{
			code.TemplateNotJSON, "template that is not JSON",
			"The template stands under a JSON media type, and what it renders is no JSON, even with plain values, or names a member twice.",
			"Mend the template at the place that is shown.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"application/json": "{'message': $context.error.messageString}"}}}}`,
		},
		{
			code.EmptyTemplate, "empty template",
			"The reply has no body at all.",
			"Remove the template to send the default one, `{\"message\":...}`.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"application/json": ""}}}}`,
		},
		{
			code.BodyInHeader, "original body in a header",
			"Headers are sent before the original body is known.",
			"Use `$context.envoy.body` in `responseTemplates`.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"x-body": "$context.envoy.body"}}}}`,
		},
		{
			code.MappingOnlyName, "name for mappings alone",
			"`response.header.NAME` is the source of a mapping. In a template it would be text.",
			"Set a header from it in `responseParameters`.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "wait $response.header.x-ratelimit-reset s"}}}}`,
		},
		{
			code.VariableInStatic, "variable in a static value",
			"A value in single quotes is sent as it is written, `$` included.",
			"Write the name without quotes and `$`, or use `headers`, which has templates.",
			`{"gatewayResponses": {"THROTTLED": {"responseParameters": {"gatewayresponse.header.x-id": "'$context.requestId'"}}}}`,
		},
		{
			code.Velocity, "expression of VTL",
			"AWS's mapping templates for integrations are written in VTL, those of gateway responses are not, on AWS neither. The expression is sent as text.",
			"Use a variable, `$context.error.messageString`.",
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"application/json": "{\"id\": \"$input.params('id')\"}"}}}}`,
		},
		{
			code.HeaderWithoutEffect, "header that is never sent",
			"The value is longer than 8 KiB, or Retry-After is neither a number of seconds nor a date. Clients stumble over either, so it is not set.",
			"Correct the value.",
			`{"gatewayResponses": {"THROTTLED": {"headers": {"Retry-After": "soon"}}}}`,
		},
	},
}
