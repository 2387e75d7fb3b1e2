// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/emit"
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

With --engine response-override there is no filter: the document becomes backendtrafficpolicy.yaml, Envoy Gateway's own means,
as far as that gives the same replies. What it leaves out, and which replies differ, is reported; the exit code is 1 when
something is left out.`,
		Example: `  gwr emit envoy-gateway gwr.yaml --gateway shop --image oci://registry.example.com/gateway-responses:1.0.0 --out manifests`,
		Args:    cobra.MaximumNArgs(1),
		RunE:    e.run(a, e.checkFlags, e.files),
	}
	e.add(cmd, "gateway-responses", "gateway")
	flags := cmd.Flags()
	addEngine(cmd, &e.engine, wasmEngine, overrideEngine)
	flags.StringVar(&e.options.Gateway, "gateway", "", "the `name` of the Gateway")
	flags.StringVar(&e.options.Namespace, "namespace", "default", "the `namespace` of the Gateway")
	flags.StringSliceVar(&e.options.Listeners, "listener", []string{"http"}, "the `names` of listeners of the Gateway, for envoypatchpolicy.yaml")
	flags.StringVar(&e.options.Image, "image", "", "the `url` of the module: oci://, https:// or http://")
	flags.StringVar(&e.options.SHA256, "sha256", "", "the SHA-256 `digest` of what the URL leads to: of an image's manifest, or of a file")
	return cmd
}

// gatewayEmission is one call of gwr emit envoy-gateway.
type gatewayEmission struct {
	emission
	options envoygateway.Options
	engine  string
}

// checkFlags finds flags that are missing or wrong.
func (e *gatewayEmission) checkFlags() (err error) {
	if e.options.SHA256, err = emit.ParseSHA256(e.options.SHA256); err != nil {
		return err
	}
	switch {
	case e.options.Image == "" && e.engine == wasmEngine:
		return errors.New("--image is missing: the URL of the module")
	case e.options.Gateway == "":
		return errors.New("--gateway is missing: the name of the Gateway")
	case e.engine == wasmEngine:
		return envoygateway.CheckImage(e.options.Image)
	}
	return nil
}

// files are the files that the flags ask for.
func (e *gatewayEmission) files() ([]emit.File, error) {
	e.options.Plugin = e.plugin
	if e.engine == wasmEngine {
		return envoygateway.Files(e.options)
	}
	overrides, found := envoygateway.Overrides(e.checked.Document)
	e.left = check.Findings(e.checked.Source, found)
	return envoygateway.Policy(e.options, overrides)
}
