// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"errors"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/companion"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/emit/localreply"
)

func newEmitEnvoy(a *app) *cobra.Command {
	var e envoyEmission
	cmd := &cobra.Command{
		Use:   "envoy [DOCUMENT]",
		Short: "Make the configuration of an Envoy that runs a document",
		Long: `emit envoy makes http_filter.yaml, the filter with the document, to add to a configuration of your own, and envoy.yaml, a whole
configuration to begin with. Without DOCUMENT, or with -, it is read from stdin.

With --ecds a server delivers the document; the one given here is what Envoy runs until then. With --from that is the document
which a gateway of a running gwrd has now, and name, plugin.wasm and address of the server are as the gateway has them: the
server may be down whenever Envoy starts. Without TLS the server must be on the machine of Envoy. With --adapter module the
server delivers the document to the dynamic module.

With --companion there is a local_reply_config beside the filter. It answers what the filter never sees, such as requests without a
host or with too large headers, as the document says, and gives replies without a body one that the filter can replace.

With --adapter module the filter is the dynamic module, for an Envoy of your own. It sees what the wasm filter never sees, and adds
bodies itself, so that it needs no companion. typed_per_filter_config.yaml says which routes of Envoy have those routes of the
document that have no match. Warnings say what the module cannot tell on that Envoy.

With --engine local-reply there is no filter: the document becomes local_reply_config, Envoy's own means, as far as that gives the
same replies. What it leaves out, and which replies differ, is reported; the exit code is 1 when something is left out.`,
		Example: `  gwr emit envoy gwr.yaml --wasm /etc/envoy/plugin.wasm
  gwr emit envoy gwr.yaml --adapter module@1.40 --out envoy
  gwr emit envoy gwr.yaml --out envoy --upstream shop:8080
  gwr emit envoy --from http://127.0.0.1:8400 --key-file gwrd-data/admin-key --out envoy
  gwr emit envoy --from http://127.0.0.1:8400 --key-file gwrd-data/admin-key --adapter module --out envoy`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			e.given = cmd.Flags().Changed
			if e.from.url != "" {
				e.load = func(cmd *cobra.Command, names []string) (check.Checked, error) { return a.fetch(cmd, names, &e) }
			}
			return e.run(a, e.readFlags, e.files)(cmd, names)
		},
	}
	e.add(cmd, "gateway_responses", "gateway")
	flags := cmd.Flags()
	flags.StringVar(&e.options.Wasm, "wasm", envoy.DefaultWasm, "the `path` of plugin.wasm on the machine of Envoy")
	flags.BoolVar(&e.options.RefuseInvalid, "refuse-invalid", false, "make Envoy refuse a bad document, as for envoy --mode validate")
	flags.BoolVar(&e.beside, "companion", false, "answer what the filter never sees, too")
	addEngine(cmd, &e.engine, wasmEngine, localReplyEngine)
	flags.BoolVar(&e.ecds, "ecds", false, "let a server deliver the document (ECDS)")
	flags.StringVar(&e.server, "server", "", "the `host:port` of that server (default gwrd:8401, or with --from its host)")
	e.delivery.add(flags)
	e.from.add(cmd)
	flags.StringVar(&e.upstream, "upstream", "127.0.0.1:8080", "the `host:port` that envoy.yaml sends requests to")
	flags.StringVar(&e.options.Prefix, "prefix", "/", "the `path` below which envoy.yaml does so")
	flags.IntVar(&e.options.Port, "port", 10000, "the port that envoy.yaml listens on")
	flags.IntVar(&e.options.AdminPort, "admin-port", 9901, "the port of the admin interface in envoy.yaml")
	return cmd
}

// envoyEmission is one call of gwr emit envoy.
type envoyEmission struct {
	emission
	options envoy.Options
	// upstream and server are host:port.
	upstream, server, engine string
	ecds, beside             bool
	// given reports whether a flag was given.
	given    func(flag string) bool
	delivery delivery
	from     fromServer
}

// readFlags checks the flags, and makes options of them.
func (e *envoyEmission) readFlags() (err error) {
	if err = errors.Join(checkPort("--port", e.options.Port), checkPort("--admin-port", e.options.AdminPort)); err != nil {
		return err
	}
	if e.options.Upstream, err = envoy.ParseEndpoint(e.upstream); err != nil {
		return err
	}
	if e.engine == localReplyEngine && (e.beside || e.ecds || e.from.url != "") {
		return errors.New("--companion, --ecds and --from are about the filter, and --engine local-reply is without it; leave them out")
	}
	if e.isModule() {
		if err := e.checkModule(); err != nil {
			return err
		}
	}
	if e.ecds || e.from.url != "" {
		e.options.Server, err = e.delivery.server(cmp.Or(e.server, e.from.delivers(), defaultDelivery))
	}
	return err
}

// files are the files that the flags ask for.
func (e *envoyEmission) files() ([]emit.File, error) {
	o := e.options
	o.Plugin = e.plugin
	if e.isModule() {
		o.Wasm, o.Module, o.NamedRoutes = "", true, namedRoutes(e.checked.Document)
	}
	compile := companion.Compile
	if e.engine == localReplyEngine {
		o.Wasm, compile = "", localreply.Compile
	}
	if e.engine == localReplyEngine || e.beside {
		compiled, found := compile(e.checked.Document)
		e.left = check.Findings(e.checked.Source, found)
		o.LocalReplyConfig = compiled.YAML()
	}
	return envoy.Files(o)
}
