// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/finding"
)

// addForce gives a command the flag without which it overwrites no file.
func addForce(cmd *cobra.Command, force *bool) {
	cmd.Flags().BoolVar(force, "force", false, "overwrite files")
}

// addFailOn gives a command the flag that says how severe a finding must be to fail.
func addFailOn(cmd *cobra.Command, failOn *string) {
	addChoice(cmd, failOn, "fail-on", "level", "how severe a finding must be to fail", string(finding.Error), string(finding.Warning), string(finding.Info))
}

// checkPort reports that a number of a flag is no port.
func checkPort(flag string, port int) error {
	if port < 1 || port > 65535 {
		return fmt.Errorf("%s %d is not a port; use a number from 1 to 65535", flag, port)
	}
	return nil
}
