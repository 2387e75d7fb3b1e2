// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/emit/istio"
)

func newEmitIstio(a *app) *cobra.Command {
	var (
		e        emission
		o        istio.Options
		selector []string
	)
	cmd := &cobra.Command{
		Use:   "istio [DOCUMENT]",
		Short: "Make the manifests by which Istio runs a document",
		Long: `emit istio makes three manifests, of which one is applied: wasmplugin.yaml; envoyfilter.yaml, by which the filter also sees what
CUSTOM authorization refuses; and trafficextension.yaml, the WasmPlugin of newer versions of Istio. Without DOCUMENT, or with -,
it is read from stdin.`,
		Example: `  gwr emit istio gwr.yaml --image oci://registry.example.com/gateway-responses:1.0.0
  gwr emit istio gwr.yaml --image file:///etc/istio/plugin.wasm --gateway shop --namespace shop --out istio`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			for _, text := range selector {
				label, err := istio.ParseLabel(text)
				if err != nil {
					return usage(err)
				}
				o.Labels = append(o.Labels, label)
			}
			if o.Image == "" {
				return usageOf(cmd, errors.New("--image is missing: the URL of the module"))
			}
			if err := istio.CheckImage(o.Image); err != nil {
				return usage(err)
			}
			if err := e.load(a, names); err != nil {
				return err
			}
			o.Plugin = e.plugin
			files, err := istio.Files(o)
			if err != nil {
				return err
			}
			return e.deliver(a, files)
		},
	}
	e.add(cmd, "gateway-responses", "gateway")
	flags := cmd.Flags()
	flags.StringVar(&o.Image, "image", "", "the `url` of the module: oci://, https://, http:// or file://")
	flags.StringVar(&o.SHA256, "sha256", "", "the SHA-256 `digest` of what the URL leads to, in hexadecimal")
	flags.StringVar(&o.Namespace, "namespace", "istio-ingress", "the `namespace` of the gateway")
	flags.StringVar(&o.Gateway, "gateway", "", "the `name` of a Gateway of the Gateway API; without it --selector chooses")
	flags.StringSliceVar(&selector, "selector", []string{"istio=ingress"}, "the labels of the gateway's proxies, `key=value`")
	return cmd
}
