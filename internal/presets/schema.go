// SPDX-License-Identifier: Apache-2.0

package presets

import (
	"strings"

	"gatewayresponses"
)

// What the schema of a document says of templates, and what holds where people write one: a body may stand in a file of its own.
const (
	templates = `"responseTemplates": {`
	aText     = `"additionalProperties": {
            "type": "string"
          }`
	aTextOrFile = `"additionalProperties": {
            "anyOf": [
              {"type": "string"},
              {
                "description": "The file that has the body, from the folder of this document.",
                "type": "object",
                "properties": {"file": {"type": "string", "minLength": 1}},
                "required": ["file"],
                "additionalProperties": false
              }
            ]
          }`
)

// schema is the JSON Schema of documents as people write them.
func schema() []byte {
	parts := strings.Split(string(gatewayresponses.Schema), templates)
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.Replace(parts[i], aText, aTextOrFile, 1)
	}
	return []byte(strings.Join(parts, templates))
}
