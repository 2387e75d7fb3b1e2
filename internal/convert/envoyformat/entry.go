// SPDX-License-Identifier: Apache-2.0

package envoyformat

import (
	"encoding/json"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert/object"
)

// IsGoodEntry reports whether a document takes an entry. What variables mean is not asked.
func IsGoodEntry(entry object.Object) bool {
	return isGood(object.Object{{Name: "gatewayResponses", Value: object.Object{{Name: string(config.Default4XX), Value: entry}}}})
}

// IsGoodWhen reports whether a document takes the conditions of a rule.
func IsGoodWhen(when object.Object) bool {
	return isGood(object.Object{{Name: "classification", Value: object.List{object.Object{{Name: "when", Value: when}, {Name: "leave", Value: true}}}}})
}

// IsMediaType reports whether a document takes a media type for a body.
func IsMediaType(mediaType string) bool {
	return IsGoodEntry(object.Object{{Name: "responseTemplates", Value: object.Object{{Name: mediaType, Value: ""}}}})
}

// isGood reports whether a document has no errors.
func isGood(document object.Object) bool {
	text, err := json.Marshal(document)
	if err != nil {
		return false
	}
	_, found := config.Decode(text)
	return !found.HasErrors()
}
