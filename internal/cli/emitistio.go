// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/istio"
)

func newEmitIstio(a *app) *cobra.Command {
	var e istioEmission
	cmd := &cobra.Command{
		Use:   "istio [DOCUMENT]",
		Short: "Make the manifests by which Istio runs a document",
		Long: `emit istio makes three manifests, of which one is applied: wasmplugin.yaml; envoyfilter.yaml, by which the filter also sees what
CUSTOM authorization refuses; and trafficextension.yaml, the WasmPlugin of newer versions of Istio. A waypoint takes no EnvoyFilter.
Without DOCUMENT, or with -, it is read from stdin.`,
		Example: `  gwr emit istio gwr.yaml --image oci://registry.example.com/gateway-responses:1.0.0
  gwr emit istio gwr.yaml --image file:///etc/istio/plugin.wasm --gateway shop --namespace shop --out istio
  gwr emit istio gwr.yaml --image oci://registry.example.com/gateway-responses:1.0.0 --proxy sidecar --selector app=shop`,
		Args: cobra.MaximumNArgs(1),
		RunE: e.run(a, e.readFlags, e.files),
	}
	e.add(cmd, "gateway-responses", "gateway")
	flags := cmd.Flags()
	flags.StringVar(&e.options.Image, "image", "", "the `url` of the module: oci://, https://, http:// or file://")
	flags.StringVar(&e.options.SHA256, "sha256", "", "the SHA-256 `digest` of what the URL leads to: of an image's manifest, or of a file")
	flags.StringVar(&e.proxy, "proxy", "gateway", "the `kind` of the proxies: gateway, sidecar (requests that come in) or waypoint")
	flags.StringVar(&e.options.Namespace, "namespace", "istio-ingress", "the `namespace` of the proxies")
	flags.StringVar(&e.options.Gateway, "gateway", "", "the `name` of a Gateway of the Gateway API, a waypoint among them; without it --selector chooses")
	flags.StringSliceVar(&e.selector, "selector", []string{"istio=ingress"}, "the labels of the proxies, `key=value`")
	return cmd
}

// istioEmission is one call of gwr emit istio.
type istioEmission struct {
	emission
	options  istio.Options
	proxy    string
	selector []string
}

// readFlags checks the flags, and makes options of them.
func (e *istioEmission) readFlags() (err error) {
	if e.options.Proxy, err = istio.ParseProxy(e.proxy); err != nil {
		return err
	}
	if e.options.Proxy == istio.WaypointProxy && e.options.Gateway == "" {
		return errors.New("--gateway is missing: the name of the waypoint")
	}
	if e.options.SHA256, err = emit.ParseSHA256(e.options.SHA256); err != nil {
		return err
	}
	for _, text := range e.selector {
		label, err := istio.ParseLabel(text)
		if err != nil {
			return err
		}
		e.options.Labels = append(e.options.Labels, label)
	}
	if e.options.Image == "" {
		return errors.New("--image is missing: the URL of the module")
	}
	return istio.CheckImage(e.options.Image)
}

// files are the files that the flags ask for.
func (e *istioEmission) files() ([]emit.File, error) {
	e.options.Plugin = e.plugin
	return istio.Files(e.options)
}
