// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

var textSection = Section{
	Title: "The text and its keys",
	About: "What keeps a text from being a document, and keys and values that the format does not have.",
	Entries: []Entry{
		{
			code.NoDocument, "no document",
			"The text is no JSON text at all: it is empty or blank, begins with a byte order mark, is UTF-16, or is binary. A `google.protobuf.Struct` arrives in Envoy as binary.",
			"Save the file as UTF-8 without a byte order mark. In Envoy's configuration, give the document as a `google.protobuf.StringValue`. The smallest document is `{}`.",
			"",
		},
		{
			code.TooLarge, "a limit is exceeded",
			"The document, or a part of it, is larger than the filter takes: 1 MiB for a document, 64 KiB for one in the metadata of a route, and fixed numbers of keys, segments and levels, which keep the filter's memory and time bounded.",
			"Split the document, shorten what is named, or move routes out of metadata into `routes`.",
			`{"routes": [{"name": "deep", "match": {"metadata": {"1": {"2": {"3": {"4": {"5": {"6": {"7": {"8": {"9":
  {"10": {"11": {"12": {"13": {"14": {"15": {"16": {"17": "x"}}}}}}}}}}}}}}}}}}}]}`,
		},
		{
			code.Syntax, "not JSON",
			"The text breaks the syntax of JSON, so nothing behind the place is read. Comments, single quotes and a comma behind the last member are the usual causes.",
			"Mend the place. Write YAML, in a file that ends in `.yaml`, if you want comments: `gwr` reads it.",
			`{"mode": "rewrite",}`,
		},
		{
			code.TrailingText, "text behind the document",
			"A document is one JSON value. Something stands behind its closing bracket.",
			"Remove what is behind it, or put it into the object.",
			`{"mode": "rewrite"} {}`,
		},
		{
			code.DuplicateKey, "duplicate key",
			"An object has one key twice, or two spellings of one key or type. Readers of JSON differ in which they take, so one of the two would be lost without notice.",
			"Keep one of them.",
			`{"gatewayResponses": {"THROTTLED": {"statusCode": 429}, "THROTTLED": {"statusCode": 503}}}`,
		},
		{
			code.UnknownKey, "unknown key",
			"The format does not have this key at this place. It would have no effect, so a misspelt key would be a silent mistake. [document.md](document.md) lists all keys.",
			"Correct the name. Keys of other tools begin with `x-`; they are allowed in the root, in entries, routes and rules.",
			`{"gatewayResponse": {}}`,
		},
		{
			code.WrongType, "wrong type",
			"The value is of another JSON type than the key takes: a number where a text belongs, one text where a list belongs, `null`.",
			"Write what the message asks for. A key without a meaning is left out, not set to `null`.",
			`{"stageVariables": {"retries": 3}}`,
		},
		{
			code.UnknownChoice, "not one of the choices",
			"The key takes one of a few values, and this is none of them.",
			"Use one that the message lists.",
			`{"mode": "on"}`,
		},
		{
			code.BadNumber, "number out of range",
			"The number has a fraction, or is outside of what the key takes.",
			"Use a number from the range that the message names.",
			`{"revision": -1}`,
		},
		{
			code.EmptyList, "empty list",
			"A list of conditions holds when one of its elements does, so an empty one never holds.",
			"Remove the key for \"any\", or list what is meant.",
			`{"routes": [{"name": "none", "match": {"methods": []}}]}`,
		},
		{
			code.Repeated, "listed twice",
			"An element of the list stands there already, perhaps in another case.",
			"Keep one of them.",
			`{"headerOnly": {"addedByRoutes": ["x-a", "X-A"]}}`,
		},
		{
			code.MissingKey, "missing key",
			"The object lacks a key without which it means nothing: the name of a route, what a rule says, the header of a condition, the origins of `cors`.",
			"Add the key that the message names.",
			`{"routes": [{"match": {"pathPrefix": "/v0"}}]}`,
		},
		{
			code.ConflictingKeys, "keys that exclude each other",
			"Two keys of the object say different things about the same.",
			"Keep one of them.",
			`{"classification": [{"when": {"status": ["403"]}, "leave": true, "responseType": "ACCESS_DENIED"}]}`,
		},
		{
			code.EmptyText, "empty text",
			"The text is empty where it must say something.",
			"Write a text, or remove the key.",
			`{"classification": [{"name": "", "when": {"status": ["403"]}, "responseType": "ACCESS_DENIED"}]}`,
		},
		{
			code.MoreFindings, "more findings",
			"There are more findings than are told one by one: a thousand of a document, twenty of one in metadata.",
			"Mend the others first.",
			"",
		},
		{
			code.IgnoredExtension, "ignored extension",
			"The key is the one that OpenAPI files have for gateway responses. In a document every `x-*` key is ignored, so the replies in it are never sent.",
			"Name the key `gatewayResponses`.",
			`{"x-amazon-apigateway-gateway-responses": {"THROTTLED": {"statusCode": "429"}}}`,
		},
		{
			code.NotLoaded, "not loaded",
			"The filter could not fetch its configuration from Envoy, or a fault of the filter itself kept it from loading the document. The last good document goes on.",
			"Look at the message, and report a fault of the filter.",
			"",
		},
	},
}
