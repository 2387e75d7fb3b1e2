// SPDX-License-Identifier: Apache-2.0

package command

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/server/secretfile"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/backup"
)

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write all that the server keeps to a file",
		Long: `backup writes what the store holds at one moment to a new FILE, whether a server runs on it or not. It suits SQLite and PostgreSQL
alike. The key that seals secrets is not in it: keep that apart, or access keys must be made anew after a restore.`,
		Example: "  gwrd backup gwrd-2026-11-28.backup",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), func(on store.Store) error {
				var summary backup.Summary
				err := secretfile.Stream(args[0], func(w io.Writer) (err error) {
					summary, err = backup.Write(cmd.Context(), on, w, time.Now())
					if err == nil && summary.Records+summary.Entries == 0 {
						err = errNothing
					}
					return err
				})
				if err == nil {
					a.say("%s has %d records and %d log entries", args[0], summary.Records, summary.Entries)
				}
				return err
			})
		},
	}
}

// errNothing says that a store was never used, which is rarely the one that is meant.
var errNothing = errors.New("the store holds nothing, and no backup is made; say by --data or --store where the server has it")

func newRestore(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Fill an empty store with a backup",
		Long: `restore fills a store that holds nothing with what a backup has, or does nothing. No server may run on the store. Put the sealing
key of the server that the backup is of in its place before you start one.`,
		Example: "  gwrd restore gwrd-2026-11-28.backup --data restored",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.restore(cmd.Context(), args[0])
		},
	}
}

func (a *app) restore(ctx context.Context, file string) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return commandline.Unreadable(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return a.withStore(ctx, func(on store.Store) error {
		summary, err := backup.Restore(ctx, on, f)
		if err != nil {
			return err
		}
		a.say("restored %d records and %d log entries of %s", summary.Records, summary.Entries, summary.At.Format(time.RFC3339))
		switch _, err := os.Stat(a.settings.SealKeyFile()); {
		case a.settings.Store != "" && a.settings.SealKey == "":
			a.say("start servers with the sealing key of that server, by --seal-key-file: it opens the secrets of access keys")
		case err != nil:
			a.say("put the sealing key of that server into %s before you start this one: it opens the secrets of access keys", a.settings.SealKeyFile())
		}
		return nil
	})
}
