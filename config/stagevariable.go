// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
)

// stageVariables reads the values behind $stageVariables.NAME.
func (d *decoder) stageVariables(key Text, variables *[]Member) {
	d.Object(key, func(key Text) {
		if !isStageVariableName(key.Value) {
			// A warning: it harms no reply, and AWS exports may hold such a name.
			d.Report(Warning, key.Path, key.Offset,
				"$stageVariables.NAME cannot name "+quote.Text(key.Value)+`; a name is made of letters, digits, "_" and "-"`)
		}
		// A variable without a good value is there, too, or its uses would be found to be wrong.
		value, _ := d.Text(key.Path)
		*variables = append(*variables, Member{key, value})
	})
}

// isStageVariableName tells names that a template can use without braces.
func isStageVariableName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !jsonread.IsWord(r) && r != '-' })
}
