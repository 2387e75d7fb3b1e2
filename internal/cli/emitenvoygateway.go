// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/emit/envoygateway"
)

func newEmitEnvoyGateway(a *app) *cobra.Command {
	var (
		e      emission
		o      envoygateway.Options
		engine string
	)
	cmd := &cobra.Command{
		Use:   "envoy-gateway [DOCUMENT]",
		Short: "Make the manifests by which Envoy Gateway runs a document",
		Long: `emit envoy-gateway makes four manifests: envoyextensionpolicy.yaml runs the filter on all routes of a Gateway, envoyproxy.yaml puts
it in front of the filters that refuse requests, and httproute.yaml takes requests that no route takes. envoypatchpolicy.yaml does
all three, for those who may patch what Envoy Gateway makes, and is applied instead. Without DOCUMENT, or with -, it is read from
stdin.

With --engine response-override there is no filter: the document becomes backendtrafficpolicy.yaml, Envoy Gateway's own means,
as far as that gives the same replies. What it leaves out, and which replies differ, is reported; the exit code is 1 when
something is left out.`,
		Example: `  gwr emit envoy-gateway gwr.yaml --gateway shop --image oci://registry.example.com/gateway-responses:1.0.0 --out manifests`,
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			if o.Image == "" && engine == wasmEngine {
				return usageOf(cmd, errors.New("--image is missing: the URL of the module"))
			}
			if o.Gateway == "" {
				return usageOf(cmd, errors.New("--gateway is missing: the name of the Gateway"))
			}
			if err := envoygateway.CheckImage(o.Image); err != nil && engine == wasmEngine {
				return usage(err)
			}
			if err := e.load(a, names); err != nil {
				return err
			}
			o.Plugin = e.plugin
			if engine == overrideEngine {
				overrides, found := envoygateway.Overrides(e.checked.Document)
				e.left = check.Findings(e.checked.Source, found)
				files, err := envoygateway.Policy(o, overrides)
				if err != nil {
					return err
				}
				return e.deliver(a, files)
			}
			files, err := envoygateway.Files(o)
			if err != nil {
				return err
			}
			return e.deliver(a, files)
		},
	}
	e.add(cmd, "gateway-responses", "gateway")
	flags := cmd.Flags()
	addEngine(cmd, &engine, wasmEngine, overrideEngine)
	flags.StringVar(&o.Gateway, "gateway", "", "the `name` of the Gateway")
	flags.StringVar(&o.Namespace, "namespace", "default", "the `namespace` of the Gateway")
	flags.StringVar(&o.Listener, "listener", "http", "the `name` of a listener of the Gateway, for envoypatchpolicy.yaml")
	flags.StringVar(&o.Image, "image", "", "the `url` of the module: oci://, https:// or http://")
	flags.StringVar(&o.SHA256, "sha256", "", "the SHA-256 `digest` of what the URL leads to, in hexadecimal")
	flags.StringVar(&o.Wasm, "wasm", "/etc/envoy/plugin.wasm", "the `path` of plugin.wasm in Envoy's containers")
	return cmd
}
