// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"testing"

	"gatewayresponses/internal/commandline/commandlinetest"
)

// TestPage holds the manual to the help that the commands print.
func TestPage(t *testing.T) {
	commandlinetest.Page(t, newRoot(newApp(nil, nil, nil)), "../../docs/gwr.md")
}

// TestHelp holds the help of all commands to one form.
func TestHelp(t *testing.T) {
	root := newRoot(newApp(nil, nil, nil))
	commandlinetest.Help(t, root)
	commandlinetest.Programs(t, root, "gwr schema") // which prints nothing else
}

// TestScriptForEach sees that each command is in a script.
func TestScriptForEach(t *testing.T) {
	commandlinetest.Scripts(t, newRoot(newApp(nil, nil, nil)), "testdata/script")
}
