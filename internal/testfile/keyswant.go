// SPDX-License-Identifier: Apache-2.0

package testfile

// The objects of what is wanted.
var (
	wantObject = object[*Want]{name: "want", constraint: `"minProperties": 1`, keys: []key[*Want]{
		{"untouched", "The reply goes through as it is.", `{"const": true}`, (*decoder).untouched},
		{"status", "The status.", status("2"), func(d *decoder, at Text, w *Want) { _, w.Status = d.status(at, 200) }},
		{
			"headers", "For each name the value, a list of the values of all its lines, null for no such header, or an object with one test.",
			`{"type": "object", "propertyNames": {"$ref": "#/$defs/headerName"},
				"additionalProperties": {"anyOf": [{"$ref": "#/$defs/texts"}, {"type": "null"}, {"$ref": "#/$defs/header"}]}}`,
			func(d *decoder, at Text, w *Want) { w.Headers = d.wantedHeaders(at) },
		},
		{
			"body", "The body, or an object of which all must hold.", `{"anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/body"}]}`,
			func(d *decoder, at Text, w *Want) { d.wantedBody(at, &w.Body) },
		},
		{"type", "The gateway response type.", aName, func(d *decoder, at Text, w *Want) { w.Type = d.nonEmpty(at) }},
		{"entry", "The entry that answers, or would with the mode observe.", aName, func(d *decoder, at Text, w *Want) { w.Entry = d.nonEmpty(at) }},
		{"left", "Why the reply is left.", aName, func(d *decoder, at Text, w *Want) { w.Left = d.nonEmpty(at) }},
	}}

	headerObject = object[*Header]{name: "header", constraint: `"minProperties": 1, "maxProperties": 1`, keys: []key[*Header]{
		{"equals", "The value, or the values of all lines.", someTexts, func(d *decoder, at Text, h *Header) { h.Test, h.Values = Equals, d.texts(at) }},
		{"contains", "A text in the value.", oneText, func(d *decoder, at Text, h *Header) { d.headerText(at, h, Contains) }},
		{"glob", "The value, where * stands for any text.", oneText, func(d *decoder, at Text, h *Header) { d.headerText(at, h, Glob) }},
		{"regexp", "A regular expression that matches the whole value.", oneText, func(d *decoder, at Text, h *Header) {
			d.headerText(at, h, Regexp)
			h.Pattern = d.pattern(h.Values)
		}},
		{"present", "Whether there is such a header.", `{"type": "boolean"}`, (*decoder).presence},
	}}

	bodyObject = object[*Body]{name: "body", constraint: `"minProperties": 1`, keys: []key[*Body]{
		{"equals", "The whole body.", aText, func(d *decoder, at Text, b *Body) { b.Equals = d.pointer(at) }},
		{"json", "JSON that is equal, whatever its spaces and the order of its keys.", anyValue, (*decoder).wantedJSON},
		{"paths", "Values in the JSON, by their paths as gjson writes them.", anObject, (*decoder).wantedPaths},
		{"lacks", "Paths that must not be there.", someTexts, func(d *decoder, at Text, b *Body) { b.Lacks = d.texts(at) }},
		{"contains", "A text in the body, or several.", someTexts, func(d *decoder, at Text, b *Body) { b.Contains = d.texts(at) }},
		{
			"file", "The file that has the whole body, by its path from the folder of the test file. gwr test --update writes it.",
			`{"type": "string", "minLength": 1}`, func(d *decoder, at Text, b *Body) { b.File = d.localPath(at) },
		},
	}}
)

// anyValue is every value of JSON.
const anyValue = `{"type": ["array", "boolean", "null", "number", "object", "string"]}`

// oneText is a text, which may stand in a list of its own.
const oneText = `{"anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "maxItems": 1, "items": {"$ref": "#/$defs/text"}}]}`
