// SPDX-License-Identifier: Apache-2.0

package envoyformat

import (
	"encoding/json"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
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

// StatusCode is an entry with the status to send that a source gives a reply, nil without one. path leads to it, for the loss of one
// that a document does not take.
func StatusCode(result *convert.Result, code *tree.Node, path string) object.Object {
	if code == nil {
		return nil
	}
	text, _ := code.Scalar()
	status, err := strconv.Atoi(text)
	entry := object.Object{{Name: "statusCode", Value: status, From: code.Place}}
	if err != nil || !IsGoodEntry(entry) {
		result.Lose(code.Place, path, nil, "%s is no status to send; left out", quote.Text(text))
		return nil
	}
	return entry
}

// Statuses are the statuses of errors that are meant, as a rule lists them: whole classes as such.
func Statuses(isMeant func(status int) bool) object.List {
	statuses := object.List{}
	for class := 4; class <= 5; class++ {
		var some object.List
		for status := 100 * class; status < 100*(class+1); status++ {
			if isMeant(status) {
				some = append(some, strconv.Itoa(status))
			}
		}
		if len(some) == 100 {
			some = object.List{strconv.Itoa(class) + "xx"}
		}
		statuses = append(statuses, some...)
	}
	return statuses
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
