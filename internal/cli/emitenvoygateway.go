// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/emit/envoygateway"
)

func newEmitEnvoyGateway(a *app) *cobra.Command {
	var e gatewayEmission
	cmd := &cobra.Command{
		Use:   "envoy-gateway [DOCUMENT]",
		Short: "Make the manifests by which Envoy Gateway runs a document",
		Long: `emit envoy-gateway makes four manifests, of which three are applied: envoyextensionpolicy.yaml runs the filter on all routes of a
Gateway; envoyproxy.yaml puts it in front of the filters that refuse requests; envoypatchpolicy.yaml brings it the requests that no
route takes. Where patches are not allowed, httproute.yaml, with a rule in the document, takes the place of the last one. Without
DOCUMENT, or with -, it is read from stdin.

With --server a gwrd delivers the document, and there are envoypatchpolicy-ecds.yaml and envoyproxy-ecds.yaml alone. The document
given here is what Envoy runs until then, and --image becomes a volume of its pods: --wasm says where plugin.wasm is then, as the
gateway there has it (plugin.file, --plugin-file of gwrd).

With --adapter module the filter is the dynamic module, which is experimental. The image of Envoy must have it: --module says where.
Warnings say what the module cannot tell on that Envoy; Envoy Gateway 1.9 runs Envoy 1.39.

With --engine response-override there is no filter: the document becomes backendtrafficpolicy.yaml, Envoy Gateway's own means,
as far as that gives the same replies. What it leaves out, and which replies differ, is reported; the exit code is 1 when
something is left out.`,
		Example: `  gwr emit envoy-gateway gwr.yaml --gateway shop --image oci://registry.example.com/gateway-responses:1.0.0 --out manifests
  gwr emit envoy-gateway gwr.yaml --gateway shop --image oci://registry.example.com/gateway-responses:1.0.0 --server gwrd.gwrd:8401
  gwr emit envoy-gateway gwr.yaml --gateway shop --adapter module@1.39 --out manifests`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			return e.run(a, func() error { return e.readFlags(cmd.Flags()) }, e.files)(cmd, names)
		},
	}
	e.add(cmd, "gateway-responses", "gateway")
	flags := cmd.Flags()
	addEngine(cmd, &e.engine, wasmEngine, overrideEngine)
	flags.StringVar(&e.options.Gateway, "gateway", "", "the `name` of the Gateway")
	flags.StringVar(&e.options.Namespace, "namespace", "default", "the `namespace` of the Gateway")
	flags.StringSliceVar(&e.options.Listeners, "listener", []string{"http"}, "the `names` of listeners of the Gateway, for envoypatchpolicy.yaml")
	flags.StringVar(&e.options.Image, "image", "", "the `url` of the Wasm module: oci://, https:// or http://")
	flags.StringVar(&e.options.SHA256, "sha256", "", "the SHA-256 `digest` of what the URL leads to: of an image's manifest, or of a file")
	flags.StringVar(&e.module, "module", defaultModule, "the `path` at which Envoy finds the dynamic module")
	flags.StringVar(&e.server, "server", "", "the `host:port` of a gwrd that delivers the document (ECDS)")
	flags.StringVar(&e.served.Gateway, "server-gateway", "default", "the `name` of the gateway there")
	flags.StringVar(&e.served.Wasm, "wasm", "/etc/gateway-responses/plugin.wasm", "the `path` at which Envoy finds plugin.wasm of --image")
	addTLS(flags, &e.tls)
	return cmd
}

// gatewayEmission is one call of gwr emit envoy-gateway.
type gatewayEmission struct {
	emission
	options envoygateway.Options
	// module is the path of the dynamic module.
	engine, module string
	// server is host:port, and served what there is of it in options.
	server string
	served envoygateway.Server
	tls    envoy.TLS
}

// readFlags finds flags that are missing or wrong, and makes options of them.
func (e *gatewayEmission) readFlags(flags *pflag.FlagSet) error {
	check := e.readImage
	if e.isModule() {
		check = e.checkModule
	}
	if err := check(flags.Changed); err != nil {
		return err
	}
	if e.options.Gateway == "" {
		return errors.New("--gateway is missing: the name of the Gateway")
	}
	return e.readServer(flags)
}

// readImage checks the flags about the code of the wasm filter.
func (e *gatewayEmission) readImage(given func(flag string) bool) (err error) {
	if given("module") {
		return errors.New("--module is the path of the dynamic module; choose that by --adapter module")
	}
	if e.options.SHA256, err = emit.ParseSHA256(e.options.SHA256); err != nil || e.engine != wasmEngine {
		return err
	}
	if e.options.Image == "" {
		return errors.New("--image is missing: the URL of the module")
	}
	return envoygateway.CheckImage(e.options.Image)
}

// readServer checks the flags about a server that delivers, and makes options of them.
func (e *gatewayEmission) readServer(flags *pflag.FlagSet) (err error) {
	if e.server == "" {
		for _, flag := range []string{"server-gateway", "wasm", "server-ca", "client-cert", "client-key"} {
			if flags.Changed(flag) {
				return fmt.Errorf("--%s is about a server that delivers; name it by --server", flag)
			}
		}
		return nil
	}
	if flags.Changed("root-id") {
		return errors.New("--root-id is as the server has it; leave it out")
	}
	if e.engine != wasmEngine {
		return errors.New("--server delivers to the filter, and --engine " + e.engine + " is without it; leave one out")
	}
	if e.served.Endpoint, err = envoy.ParseEndpoint(e.server); err != nil {
		return err
	}
	if e.served.TLS, err = complete(e.tls); err != nil {
		return err
	}
	return envoygateway.CheckServed(e.options.Image)
}

// files are the files that the flags ask for.
func (e *gatewayEmission) files() ([]emit.File, error) {
	e.options.Plugin = e.plugin
	if e.isModule() {
		e.options.Module, e.options.NamedRoutes = e.module, namedRoutes(e.checked.Document)
	}
	if e.server != "" {
		return envoygateway.DeliveredFiles(e.options, e.served)
	}
	if e.engine == wasmEngine {
		return envoygateway.Files(e.options)
	}
	overrides, found := envoygateway.Overrides(e.checked.Document)
	e.left = check.Findings(e.checked.Source, found)
	return envoygateway.Policy(e.options, overrides)
}
