// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strconv"

	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
)

// maxBody is how large the body of an error should be, in bytes.
const maxBody = 8 << 10

// largeBodies looks for bodies that are large for an error. Each worker of Envoy renders one for each error, and errors come in
// floods.
func largeBodies(s *subject, report report) {
	for e := range s.entries {
		for text, body := range e.bodies {
			rendered, _ := body.Template.Render(nil, template.NoLimit, body.Plain)
			if len(rendered) > maxBody {
				report(whole(text), "the body has "+strconv.Itoa(len(rendered))+" bytes or more, and Envoy sends it with each error, in floods of them too; use at most "+
					strconv.Itoa(maxBody))
			}
		}
	}
}

// rawClientValues looks for values of clients that enter a body as they are: escaping: aws.
func rawClientValues(s *subject, report report) {
	for e := range s.entries {
		if !e.compiled.IsRaw() {
			continue
		}
		for text, body := range e.bodies {
			for i, name := range body.Template.Names() {
				if isClients(name) {
					report(place{text, body.Template.Places()[i]}, "a client can write what it likes into the body by "+quote.Text("$"+name)+
						`: "escaping": "aws" inserts it as it is; use "escaping": "auto"`)
				}
			}
		}
	}
}
