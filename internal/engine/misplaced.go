// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
)

// mappingRoot begins the names of variables that only mappings can use.
const mappingRoot = "response.header."

// misplaced reports what looks like a variable in a template and is for mappings only. The template would show it as it is
// written. That is what AWS does with every name it does not know, so with emulate: aws it is text.
func (c *compiler) misplaced(text string) []template.Error {
	var errs []template.Error
	for at := 0; !c.scope.emulatesAWS(); {
		found := strings.Index(text[at:], mappingRoot)
		if found < 0 {
			break
		}
		at += found + len(mappingRoot)
		before, braced := strings.CutSuffix(text[:at-len(mappingRoot)], "{")
		if !strings.HasSuffix(before, "$") {
			continue
		}
		written := "$" + mappingRoot
		if braced {
			written = "${" + mappingRoot
		}
		errs = append(errs, template.Error{
			Offset:  len(before) - 1,
			Message: quote.Text(written) + ` has no effect in a template; "responseParameters" sets headers from those of the original reply`,
		})
	}
	return errs
}
