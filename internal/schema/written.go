// SPDX-License-Identifier: Apache-2.0

package schema

import "bytes"

// What Text says of templates, and what holds where people write one: a body may stand in a file of its own.
const (
	templates   = `"responseTemplates": {`
	aText       = "\"additionalProperties\": {\n            \"type\": \"string\"\n          }"
	aTextOrFile = `"additionalProperties": {
            "anyOf": [
              {"type": "string"},
              {
                "description": "The file that has the body, by its path from the folder of the document.",
                "type": "object",
                "properties": {"file": {"type": "string", "minLength": 1}},
                "required": ["file"],
                "additionalProperties": false
              }
            ]
          }`
)

// Written is the JSON Schema of documents as people write them, which gwr reads. Envoy gets documents of the schema Text.
func Written() ([]byte, error) {
	text, err := Text()
	if err != nil {
		return nil, err
	}
	parts := bytes.Split(text, []byte(templates))
	for i := range parts[1:] {
		parts[i+1] = bytes.Replace(parts[i+1], []byte(aText), []byte(aTextOrFile), 1)
	}
	return bytes.Join(parts, []byte(templates)), nil
}
