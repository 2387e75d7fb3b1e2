// SPDX-License-Identifier: Apache-2.0

// Package command is the command gwrd: flags in, one call into the package that does the work.
//
// A file holds a command. Of gwrd, nothing but this package knows cobra.
package command

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/server"
	"gatewayresponses/internal/terminal"
	"gatewayresponses/internal/version"
)

// app is what all commands share.
type app struct {
	in       io.Reader
	out, err io.Writer
	settings server.Settings
	log      logFlags
	// grants are those of --xds-grant, peopleGrants those of --oidc-grant and tries those of --try, as they are written.
	grants, peopleGrants, tries []string
}

// Run runs gwrd with arguments and returns its exit code.
func Run(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	a := &app{in: in, out: terminal.Printer(out), err: terminal.Printer(err), log: logFlags{format: "text", level: "info"}}
	return commandline.Exit(commandline.Run(ctx, newRoot(a), args), a.say)
}

// newRoot is gwrd with all its commands.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "gwrd",
		Short: "Serve AWS's API for gateway responses, and deliver what is deployed to Envoys",
		Long: `gwrd is a server. Tools for AWS API Gateway (aws, SDKs, Terraform, SAM) put gateway responses into it and deploy them; the Envoys
that are connected to it have what was deployed a moment later. It is reached from this machine alone unless flags say otherwise.

Without a command it runs until Ctrl-C or SIGTERM, and then ends what is under way; a second signal ends it at once. The first
start writes a key that may do everything into the folder of --data, and prints how aws and Envoy find the server.

Exit codes: 0 fine, 2 usage, 3 unreadable input, 4 internal error, 130 interrupted.`,
		Example: `  gwrd
  gwrd --data /var/lib/gwrd --listen 0.0.0.0:8400 --tls-cert cert.pem --tls-key key.pem
  gwrd --store postgres://gwrd@db.example.com/gwrd --seal-key-file /run/secrets/seal.key`,
		Version:       version.Number,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return a.run(cmd.Context()) },
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(commandline.UsageOf)
	a.addStore(root)
	a.addServer(root)
	commandline.Add(root, "See it work:", newTry(a))
	commandline.Add(root, "Look after the server:", newKeys(a), newBackup(a), newRestore(a), newMigrate(a), newVersion(a))
	commandline.OnlyKnownArguments(root)
	return root
}

// addStore gives all commands the flags that say where things are kept.
func (a *app) addStore(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&a.settings.Data, "data", "gwrd-data", "the `folder` of what the server keeps")
	flags.StringVar(&a.settings.Store, "store", "", "the `url` of a PostgreSQL, for several servers, password in PGPASSFILE; without, SQLite")
	flags.StringVar(&a.settings.SealKey, "seal-key-file", "", "the `file` of the key that seals secrets (default one in the folder of --data)")
}

// say tells people something that is not what the command is for. Should that fail, there is nobody to tell.
func (a *app) say(format string, values ...any) {
	_, _ = fmt.Fprintln(a.err, finding.PrintableLines(fmt.Sprintf("gwrd: "+format, values...)))
}
