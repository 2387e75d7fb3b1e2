// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/manyapis"
)

// marker is in the body of every error that a made document rewrites. Behind it stands the document's revision.
const marker = "made by bench, revision "

// makeDocument makes a document of at least size bytes: many APIs with a route each. Their entries are equal, or each has a text
// of its own. It returns the number of APIs. The revision makes its text differ from others of the same size: Envoy remembers
// what became of texts that it has seen.
func makeDocument(size int, equal bool, revision int) (text []byte, apis int) {
	var b strings.Builder
	b.WriteString(`{"emulate":"aws","gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"application/json":"{\"message\":$context.error.messageString,\"note\":\"` +
		marker + fmt.Sprint(revision) + `\"}"}}},"routes":[`)
	for ; b.Len() < size; apis++ {
		if apis > 0 {
			b.WriteByte(',')
		}
		own := ""
		if !equal {
			own = fmt.Sprint(apis)
		}
		b.WriteString(manyapis.Route(apis, own))
	}
	b.WriteString("]}")
	return []byte(b.String()), apis
}
