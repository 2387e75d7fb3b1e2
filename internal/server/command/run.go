// SPDX-License-Identifier: Apache-2.0

package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/server"
	"gatewayresponses/internal/tryrequest"
	"gatewayresponses/internal/version"
)

// xdsPort is the port that gwr takes for that of xDS when it is told none.
const xdsPort = "8401"

// addServer gives a command the flags of the server.
func (a *app) addServer(cmd *cobra.Command) {
	flags, s := cmd.Flags(), &a.settings
	flags.StringVar(&s.HTTP.Address, "listen", "127.0.0.1:8400", "the `host:port` of AWS's API and of /v1")
	flags.StringVar(&s.HTTP.Certificate, "tls-cert", "", "the `file` of the certificate of --listen, read anew when it changes")
	flags.StringVar(&s.HTTP.Key, "tls-key", "", "the `file` of its private key")
	flags.BoolVar(&s.Insecure, "insecure-listen", false, "let other machines reach --listen without TLS, as behind a proxy that speaks it")
	flags.StringVar(&s.XDS.Address, "xds-listen", "127.0.0.1:"+xdsPort, "the `host:port` where Envoys get their documents")
	flags.StringVar(&s.XDS.Certificate, "xds-tls-cert", "", "the `file` of the certificate of --xds-listen, read anew when it changes")
	flags.StringVar(&s.XDS.Key, "xds-tls-key", "", "the `file` of its private key")
	flags.StringVar(&s.XDS.ClientCA, "xds-client-ca", "", "the `file` of the CA that signs the certificates of Envoys")
	flags.StringArrayVar(&a.grants, "xds-grant", nil, "which Envoys may have which gateways, as `NAMES=GATEWAYS`; without one, each may have all")
	flags.StringArrayVar(&a.tries, "try", nil, "an Envoy that people may try requests on, as `GATEWAY/NAME=URL`; give several")
	flags.StringVar(&s.TryCA, "try-ca", "", "the `file` of the CA that signs the certificates of these Envoys (default that of the system)")
	flags.StringVar(&s.OIDC.Issuer, "oidc-issuer", "", "the `url` of an OpenID provider that signs people in to the console")
	flags.StringVar(&s.OIDC.ClientID, "oidc-client-id", "", "the `id` that it knows the server by")
	flags.StringVar(&s.OIDC.SecretFile, "oidc-client-secret-file", "", "the `file` of the secret that it gave; without, a client without one")
	flags.StringVar(&s.OIDC.Scopes, "oidc-scopes", "openid profile email", "the `scopes` to ask for, with spaces between")
	flags.StringVar(&s.OIDC.Claim, "oidc-claim", "groups", "the `name` of the claim that gives rights, dots lead into objects")
	flags.StringArrayVar(&a.peopleGrants, "oidc-grant", nil, "what a value of the claim gives, as `VALUE=ROLE`,apis=GLOB,hosts=GLOB")
	flags.StringVar(&s.OIDC.PublicURL, "public-url", "", "the `url` where browsers find the server, which the OpenID provider sends them back to")
	flags.StringVar(&s.Files, "files", "", "the `folder` for GATEWAY.json, which Envoys on this machine read")
	flags.StringVar(&s.Ops, "ops-listen", "127.0.0.1:8402", "the `host:port` of /healthz, /readyz and /metrics, without secrets")
	flags.BoolVar(&s.Dev, "dev", false, "take AWS's test credentials, such as test and test, from this machine")
	flags.BoolVar(&s.AcceptWithoutEffect, "accept-without-effect", false, "store settings that imply protection that nobody here gives")
	flags.StringVar(&s.Source, "source", "", "the `folder` that gateways and base documents are read from, such as a Git checkout")
	flags.StringVar(&s.Account, "account", "000000000000", "the `number` of the AWS account that ids and ARNs are given with")
	flags.StringVar(&s.PluginFile, "plugin-file", envoy.DefaultWasm, "the `path` of plugin.wasm where Envoys run")
	flags.StringVar(&s.Region, "region", "us-east-1", "the `name` of the AWS region that ARNs are given with")
	flags.Float64Var(&s.Rate, "rate", 100, "the `number` of requests a second that an access key may make; 0 is any")
	flags.IntVar(&s.Burst, "burst", 300, "the `number` of requests that it may make at once")
	commandline.AddChoice(cmd, &a.log.format, "log-format", "format", "how to write the log", "text", "json")
	commandline.AddChoice(cmd, &a.log.level, "log-level", "level", "what to write into it", "info", "debug", "warn", "error")
}

// run runs the server.
func (a *app) run(ctx context.Context) error {
	ctx, stop := commandline.UntilInterrupt(ctx)
	defer stop()
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	if err := a.greet(ctx, s); err != nil {
		return errors.Join(commandline.Unreadable(err), s.Close())
	}
	return s.Run(ctx)
}

// open opens the server that the flags describe.
func (a *app) open(ctx context.Context) (*server.Server, error) {
	for _, text := range a.grants {
		grant, err := xds.ParseGrant(text)
		if err != nil {
			return nil, commandline.Usage(fmt.Errorf("--xds-grant: %w", err))
		}
		a.settings.Grants = append(a.settings.Grants, grant)
	}
	for _, text := range a.tries {
		target, err := tryrequest.ParseTarget(text)
		if err != nil {
			return nil, commandline.Usage(fmt.Errorf("--try: %w", err))
		}
		a.settings.Tries = append(a.settings.Tries, target)
	}
	for _, text := range a.peopleGrants {
		grant, err := auth.ParseGrant(text)
		if err != nil {
			return nil, commandline.Usage(fmt.Errorf("--oidc-grant: %w", err))
		}
		a.settings.PeopleGrants = append(a.settings.PeopleGrants, grant)
	}
	if err := a.settings.Check(); err != nil {
		return nil, commandline.Usage(err)
	}
	a.settings.Log = a.log.logger(a.err)
	s, err := server.Open(ctx, a.settings)
	if err != nil {
		return nil, commandline.Unreadable(err)
	}
	return s, nil
}

// greet says where the server listens and, after a first start, how to use it.
func (a *app) greet(ctx context.Context, s *server.Server) error {
	made, err := s.FirstKey(ctx)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("gwrd %s: AWS's API on %s, xDS on %s, health and metrics on http://%s\n", version.Number, s.URL(), s.XDSAddress(), s.OpsAddress())
	if made {
		data, err := filepath.Abs(a.settings.Data)
		if err != nil {
			return err
		}
		text += fmt.Sprintf(`
This is the first start. %[1]s holds an access key that may do everything, and %[2]s the same key in one word, for gwr and /v1;
only you can read them. So aws and Envoy find the server:

  export AWS_CONFIG_FILE=%[1]s
  aws --profile %[3]s apigateway get-rest-apis

  gwr emit envoy --from %[4]s%[5]s --key-file %[2]s --out envoy

`, filepath.Join(data, server.AWSConfigFile), filepath.Join(data, server.BearerFile), server.Profile, s.URL(), forEnvoys(s))
	}
	_, err = io.WriteString(a.out, text)
	return err
}

// forEnvoys is the flag of gwr emit envoy that says where Envoys find the server, or nothing where gwr knows by itself.
func forEnvoys(s *server.Server) string {
	_, port, err := net.SplitHostPort(s.XDSAddress().String())
	at, errAt := url.Parse(s.URL())
	if err != nil || errAt != nil || port == xdsPort {
		return ""
	}
	return " --server " + net.JoinHostPort(at.Hostname(), port)
}
