// SPDX-License-Identifier: Apache-2.0

package command

import (
	"testing"

	"gatewayresponses/internal/commandline/commandlinetest"
)

// TestPage holds the manual to the help that the commands print.
func TestPage(t *testing.T) {
	commandlinetest.Page(t, newRoot(&app{}), "../../../docs/gwrd.md")
}

// TestHelp holds the help of all commands to one form.
func TestHelp(t *testing.T) { commandlinetest.Help(t, newRoot(&app{})) }

// TestScriptForEach sees that each command is in a script.
func TestScriptForEach(t *testing.T) { commandlinetest.Scripts(t, newRoot(&app{}), "testdata/script") }
