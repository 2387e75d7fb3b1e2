// SPDX-License-Identifier: Apache-2.0

package command

import (
	"errors"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/store/postgres"
)

func newMigrate(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the schema of a PostgreSQL to this version",
		Long: `migrate runs the migrations that the schema of --store lacks, and prints their names. Servers of the version before go on with the
new schema, so it comes first, and the servers one after the other. SQLite needs no command: gwrd migrates it when it starts.`,
		Example: "  gwrd migrate --store postgres://gwrd@db.example.com/gwrd",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.settings.Store == "" {
				return commandline.UsageOf(cmd, errors.New("say which PostgreSQL, by --store"))
			}
			if err := a.settings.CheckAddress(); err != nil {
				return commandline.Usage(err)
			}
			run, err := postgres.Migrate(cmd.Context(), a.settings.Store)
			if err != nil {
				return commandline.Unreadable(err)
			}
			if format == "json" {
				return jsonwrite.Indented(a.out, struct {
					Migrations []string `json:"migrations"`
				}{append([]string{}, run...)})
			}
			for _, name := range run {
				a.say("ran the migration %s", name)
			}
			if len(run) == 0 {
				a.say("the schema is up to date")
			}
			return nil
		},
	}
	commandline.AddFormat(cmd, &format, "text", "json")
	return cmd
}
