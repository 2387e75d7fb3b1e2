// SPDX-License-Identifier: Apache-2.0

package command

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/jsonwrite"
)

// owner is who changes keys here: whoever may read the store and the key that seals it.
var owner = control.Caller{Name: "gwrd keys", Rights: auth.Everything()}

func newKeys(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Make, list and revoke access keys",
		Long: `keys changes the access keys in the store directly, whether a server runs on it or not. A server takes a new key at once, and
refuses a revoked one within seconds.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newKeysCreate(a), newKeysList(a), newKeysRevoke(a))
	return cmd
}

func newKeysCreate(a *app) *cobra.Command {
	var rights auth.Rights
	var role string
	file := keyFile{form: "aws"}
	var life time.Duration
	cmd := &cobra.Command{
		Use:   "create NAME",
		Short: "Make an access key",
		Long: `create makes an access key, and writes it into a new file that only you can read: a configuration file of AWS's tools, or, with
--form bearer, the key in one word, for /v1. With --file - it goes to stdout, as where the server runs in a container. NAME says to
people whose key it is, or what it is for.`,
		Example: `  gwrd keys create alice --role deploy --host '*.example.com' --file alice.aws-config
  AWS_CONFIG_FILE=alice.aws-config aws --profile gwrd apigateway get-rest-apis`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			rights.Role = auth.Role(role)
			in := control.KeyInput{Name: &args[0], Rights: &rights}
			if life > 0 {
				expires := time.Now().Add(life)
				in.Expires = &expires
			}
			return a.createKey(cmd.Context(), in, file)
		},
	}
	flags := cmd.Flags()
	commandline.AddChoice(cmd, &role, "role", "role", "what the key may do; each includes the ones before it", string(auth.Read), string(auth.Edit), string(auth.Deploy), string(auth.Admin))
	flags.StringArrayVar(&rights.APIs, "api", nil, "a `glob` of ids of APIs that it is for; without one, all")
	flags.StringArrayVar(&rights.Hosts, "host", nil, "a `glob` of domain names that it is for; without one, none, or all with the role admin")
	flags.DurationVar(&life, "for", 0, "how long it works, a `duration` such as 2160h; without, for good")
	commandline.AddChoice(cmd, &file.form, "form", "form", "what the file is for", "aws", "bearer")
	flags.StringVar(&file.path, "file", "", "the `file` to write, which must not be there yet; - is stdout")
	flags.StringVar(&file.url, "url", "http://127.0.0.1:8400", "the `url` of the server, for the file")
	flags.StringVar(&file.region, "region", "us-east-1", "the `name` of the AWS region, for the file")
	commandline.Require(cmd, "role", "file")
	return cmd
}

// createKey makes a key and writes it into a file, or does nothing.
func (a *app) createKey(ctx context.Context, in control.KeyInput, file keyFile) error {
	return a.withControl(ctx, func(c *control.Control) error {
		var made control.NewKey
		err := file.stream(a.out, func(w io.Writer) (err error) {
			if made, err = c.CreateKey(ctx, owner, in); err != nil {
				return err
			}
			_, err = w.Write(file.text(auth.Credentials{ID: made.ID, Secret: made.Secret}))
			return err
		})
		if err != nil && made.ID != "" { // nobody has its secret
			_, revoked := c.DeleteKey(ctx, owner, made.ID)
			return errors.Join(err, revoked)
		}
		if err != nil {
			return err
		}
		a.say("%s holds the key %s of %s", file.where(), made.ID, made.Name)
		return nil
	})
}

func newKeysList(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the access keys",
		Long:    "list prints the access keys, what they may do and when they were last used; their secrets it cannot print.",
		Example: "  gwrd keys list",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withControl(cmd.Context(), func(c *control.Control) error {
				keys, err := c.Keys(cmd.Context(), owner)
				if err != nil {
					return err
				}
				if format == "json" {
					return jsonwrite.Indented(a.out, keys)
				}
				_, err = io.WriteString(a.out, keyTable(keys, time.Now()))
				return err
			})
		},
	}
	commandline.AddFormat(cmd, &format, "text", "json")
	return cmd
}

func newKeysRevoke(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "revoke ID",
		Short:   "Make an access key stop working, for good",
		Long:    "revoke deletes an access key. Servers refuse it within seconds. The last key that may do everything stays.",
		Example: "  gwrd keys revoke GWRAXXXXXXXXXXXXXXXX",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withControl(cmd.Context(), func(c *control.Control) error {
				_, err := c.DeleteKey(cmd.Context(), owner, args[0])
				if err == nil {
					a.say("%s is revoked", args[0])
				}
				return err
			})
		},
	}
}
