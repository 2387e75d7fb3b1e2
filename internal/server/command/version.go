// SPDX-License-Identifier: Apache-2.0

package command

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/version"
)

func newVersion(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Say which version this is",
		Long:    "version prints the version of gwrd, which is that of gwr and of the filter that were built with it.",
		Example: "  gwrd version",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if format == "json" {
				return jsonwrite.Indented(a.out, struct {
					Version string `json:"version"`
					Go      string `json:"go"`
				}{version.Number, runtime.Version()})
			}
			_, err := fmt.Fprintf(a.out, "gwrd %s, %s\n", version.Number, runtime.Version())
			return err
		},
	}
	commandline.AddFormat(cmd, &format, "text", "json")
	return cmd
}
