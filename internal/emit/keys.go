// SPDX-License-Identifier: Apache-2.0

package emit

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
)

// Keys finds the keys of a document, and the first string in each element of an array, by their JSON Pointer (RFC 6901), for
// findings about what a decoded document does not remember the place of. A text that is not JSON has the keys in front of the
// mistake.
func Keys(document []byte) map[string]config.Text {
	keys := map[string]config.Text{}
	d := jsontext.NewDecoder(bytes.NewReader(document))
	for {
		at := int(d.InputOffset())
		token, err := d.ReadToken()
		if err != nil {
			return keys
		}
		if token.Kind() != '"' {
			continue
		}
		at += bytes.IndexByte(document[at:], '"') // no quote stands between two tokens
		text := config.Text{Value: token.String(), Offset: at}
		for pointer := d.StackPointer(); pointer != ""; pointer = pointer.Parent() {
			if _, known := keys[string(pointer)]; known {
				break
			}
			keys[string(pointer)] = text
		}
	}
}
