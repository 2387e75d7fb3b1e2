// SPDX-License-Identifier: Apache-2.0

package engine

import "gatewayresponses/config"

// Load decodes, validates and compiles text for a host with the given abilities. All findings come back at once, sorted; the
// program is nil when one of them is an error.
func Load(text []byte, abilities Abilities) (*Program, config.Findings) {
	document, findings := config.Decode(text)
	if document == nil {
		return nil, findings
	}
	program, more := Compile(document, abilities)
	findings = append(findings, more...)
	findings.Sort()
	if findings.HasErrors() {
		return nil, findings
	}
	return program, findings
}
