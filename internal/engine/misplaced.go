// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/quote"
)

// mappingRoot begins the names of variables that only mappings can use.
const mappingRoot = "response.header."

// checkMappingOnlyNames reports what looks like a variable in a template and is for mappings only. The template would show it as it is
// written. That is what AWS does with every name it does not know, so with emulate: aws it is text. It reports whether there is one.
func (c *compiler) checkMappingOnlyNames(text config.Text) (found bool) {
	for at := 0; !c.scope.emulatesAWS(); {
		next := strings.Index(text.Value[at:], mappingRoot)
		if next < 0 {
			break
		}
		at += next + len(mappingRoot)
		before, braced := strings.CutSuffix(text.Value[:at-len(mappingRoot)], "{")
		if !strings.HasSuffix(before, "$") {
			continue
		}
		written := "$" + mappingRoot
		if braced {
			written = "${" + mappingRoot
		}
		found = true
		c.report(config.Error, text, len(before)-1,
			quote.Text(written)+` has no effect in a template; "responseParameters" sets headers from those of the original reply`)
	}
	return found
}
