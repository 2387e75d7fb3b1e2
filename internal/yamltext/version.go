// SPDX-License-Identifier: Apache-2.0

package yamltext

import "strings"

// version is the directive that says which YAML a text is, up to what differs (https://yaml.org/spec/1.2.2/#681-yaml-directives).
const version = "%YAML 1."

// parsable is a text as the parser takes it, each byte in its place. It takes no version but 1.1, though it reads what 1.2 has; a
// text that begins with another 1.x is said to be 1.1, as the specification asks of a parser.
func parsable(text string) string {
	at := len(text) - len(strings.TrimPrefix(text, "\uFEFF"))
	for line := range strings.Lines(text[at:]) {
		if digits, found := strings.CutPrefix(line, version); found {
			minor := digits[:len(digits)-len(strings.TrimLeft(digits, "0123456789"))]
			if minor == "" {
				return text
			}
			from := at + len(version)
			return text[:from] + "1" + strings.Repeat(" ", len(minor)-1) + text[from+len(minor):]
		}
		if content := strings.TrimSpace(line); content != "" && !strings.HasPrefix(content, "#") && !strings.HasPrefix(content, "%TAG ") {
			return text
		}
		at += len(line)
	}
	return text
}
