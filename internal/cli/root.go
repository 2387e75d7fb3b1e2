// SPDX-License-Identifier: Apache-2.0

// Package cli is the command gwr: flags in, one call into the package that does the work, text or JSON out.
//
// A file holds a command. Of gwr, nothing but this package knows cobra.
package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/version"
)

// Run runs gwr with arguments and returns its exit code.
func Run(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	a := newApp(in, out, err)
	return commandline.Exit(commandline.Run(ctx, newRoot(a), args), a.say)
}

// newRoot is gwr with all its commands.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "gwr",
		Short: "Know what every client will see when the gateway says no",
		Long: `gwr reads a document that says what clients see instead of Envoy's own error replies, and says what becomes of them,
with the engine that runs in Envoy. A document is JSON or YAML, in a file or on stdin. Begin with gwr init, or with gwr import;
docs/tutorial.md takes ten minutes.

Exit codes: 0 fine, 1 findings, 2 usage, 3 unreadable input, 4 internal error, 130 interrupted.`,
		Version:           version.Number,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.NoArgs,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(usageOf)
	commandline.Add(root, "Write a document:", newInit(a), newValidate(a), newLint(a), newFmt(a), newTest(a), newBuild(a))
	commandline.Add(root, "See what clients get:", newExplain(a), newRender(a), newDiff(a), newReplay(a), newTry(a), newCompare(a))
	commandline.Add(root, "Take it to a gateway, or from one:", newEmit(a), newDoctor(a), newImport(a), newExport(a))
	commandline.Add(root, "On a running server:", newOff(a), newOn(a))
	commandline.Add(root, "Look something up:", newSchema(a), newTypes(a), newVariables(a))
	commandline.OnlyKnownArguments(root)
	a.complete(root)
	return root
}
