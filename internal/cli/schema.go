// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"gatewayresponses/internal/schema"
)

func newSchema(a *app) *cobra.Command {
	var tests bool
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of documents, or of test files",
		Long: `schema prints the JSON Schema of documents (2020-12), by which editors complete and check them. A document in JSON names its path
or URL in "$schema"; one in YAML begins with # yaml-language-server: $schema=document.schema.json.

It is the schema of what people write, with bodies in files of their own. Documents as Envoy gets them have none; theirs is
docs/document.schema.json.

With --tests it is the schema of test files, which gwr test runs.`,
		Example: `  gwr schema > document.schema.json
  gwr schema --tests > testfile.schema.json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			write := schema.Written
			if tests {
				write = schema.Tests
			}
			text, err := write()
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}
	cmd.Flags().BoolVar(&tests, "tests", false, "the schema of test files")
	return cmd
}
