// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"gatewayresponses/internal/schema"
)

func newSchema(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of documents",
		Long: `schema prints the JSON Schema of documents (2020-12), by which editors complete and check them. A document in JSON names its path
or URL in "$schema"; one in YAML begins with # yaml-language-server: $schema=document.schema.json.

It is the schema of what people write, with bodies in files of their own. Documents as Envoy gets them have none; theirs is
docs/document.schema.json.`,
		Example: "  gwr schema > document.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text, err := schema.Written()
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}
}
