// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/emit/istio"
)

func newEmitIstio(a *app) *cobra.Command {
	var e istioEmission
	cmd := &cobra.Command{
		Use:   "istio [DOCUMENT]",
		Short: "Make the manifests by which Istio runs a document",
		Long: `emit istio makes three manifests, of which one is applied: wasmplugin.yaml; envoyfilter.yaml, by which the filter also sees what
CUSTOM authorization refuses; and trafficextension.yaml, the WasmPlugin of newer versions of Istio. A waypoint takes no EnvoyFilter.
Without DOCUMENT, or with -, it is read from stdin.

With --server a gwrd delivers the document, and there is envoyfilter-ecds.yaml alone. The document given here is what a proxy runs
until then, and --image a file in its pod: file:///PATH, as the gateway there has it (plugin.file, --plugin-file of gwrd).`,
		Example: `  gwr emit istio gwr.yaml --image oci://registry.example.com/gateway-responses:1.0.0
  gwr emit istio gwr.yaml --image file:///etc/istio/plugin.wasm --gateway shop --namespace shop --out istio
  gwr emit istio gwr.yaml --image oci://registry.example.com/gateway-responses:1.0.0 --proxy sidecar --selector app=shop
  gwr emit istio gwr.yaml --image file:///etc/envoy/plugin.wasm --server gwrd.gwrd:8401`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			return e.run(a, func() error { return e.readFlags(cmd.Flags()) }, e.files)(cmd, names)
		},
	}
	e.add(cmd, "gateway-responses", "gateway")
	flags := cmd.Flags()
	must(flags.MarkHidden("adapter")) // there is one
	flags.StringVar(&e.options.Image, "image", "", "the `url` of the module: oci://, https://, http:// or file://")
	flags.StringVar(&e.options.SHA256, "sha256", "", "the SHA-256 `digest` of what the URL leads to: of an image's manifest, or of a file")
	flags.StringVar(&e.proxy, "proxy", "gateway", "the `kind` of the proxies: gateway, sidecar (requests that come in) or waypoint")
	flags.StringVar(&e.options.Namespace, "namespace", "istio-ingress", "the `namespace` of the proxies")
	flags.StringVar(&e.options.Gateway, "gateway", "", "the `name` of a Gateway of the Gateway API, a waypoint among them; without it --selector chooses")
	flags.StringSliceVar(&e.selector, "selector", []string{"istio=ingress"}, "the labels of the proxies, `key=value`")
	flags.StringVar(&e.server, "server", "", "the `host:port` of a gwrd that delivers the document (ECDS)")
	flags.StringVar(&e.served, "server-gateway", "default", "the `name` of the gateway there")
	addTLS(flags, &e.tls)
	return cmd
}

// istioEmission is one call of gwr emit istio.
type istioEmission struct {
	emission
	options  istio.Options
	proxy    string
	selector []string
	// server is host:port, served the gateway that it delivers to.
	server, served string
	tls            envoy.TLS
}

// readFlags checks the flags, and makes options of them.
func (e *istioEmission) readFlags(flags *pflag.FlagSet) (err error) {
	if e.isModule() {
		return errors.New("there is no manifest of Istio for a dynamic module, and its images do not have the file; with an image of your own put what gwr emit envoy --adapter module makes into an EnvoyFilter")
	}
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
	if err := istio.CheckImage(e.options.Image); err != nil {
		return err
	}
	return e.readServer(flags)
}

// readServer checks the flags about a server that delivers, and makes options of them.
func (e *istioEmission) readServer(flags *pflag.FlagSet) error {
	if e.server == "" {
		for _, flag := range []string{"server-gateway", "server-ca", "client-cert", "client-key"} {
			if flags.Changed(flag) {
				return fmt.Errorf("--%s is about a server that delivers; name it by --server", flag)
			}
		}
		return nil
	}
	if flags.Changed("root-id") {
		return errors.New("--root-id is as the server has it; leave it out")
	}
	if e.options.Proxy == istio.WaypointProxy {
		return errors.New("--server needs an EnvoyFilter, and istiod applies none of a waypoint")
	}
	at, err := envoy.ParseEndpoint(e.server)
	if err != nil {
		return err
	}
	certificates, err := complete(e.tls)
	if err != nil {
		return err
	}
	e.options.Server = &istio.Server{Endpoint: at, TLS: certificates, Gateway: e.served}
	return istio.CheckLocal(e.options.Image)
}

// files are the files that the flags ask for.
func (e *istioEmission) files() ([]emit.File, error) {
	e.options.Plugin = e.plugin
	return istio.Files(e.options)
}
