// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/v1client"
)

// Where gwrd delivers documents unless told otherwise.
const (
	deliveryPort    = "8401"
	defaultDelivery = "gwrd:" + deliveryPort
)

// delivery are the flags about the server that delivers a document.
type delivery struct {
	tls     envoy.TLS
	node    string
	metrics bool
}

// add gives a command the flags.
func (d *delivery) add(flags *pflag.FlagSet) {
	addTLS(flags, &d.tls)
	flags.StringVar(&d.node, "node", "", "the `id` of Envoy, which its certificate must have (default gateway)")
	flags.BoolVar(&d.metrics, "metrics", false, "let Envoy send its statistics to the server, which shows rates and what each node runs")
}

// addTLS gives a command the flags about certificates.
func addTLS(flags *pflag.FlagSet, files *envoy.TLS) {
	flags.StringVar(&files.CA, "server-ca", "", "the `path`, on the machine of Envoy, of the certificates that may have signed that of the server")
	flags.StringVar(&files.Certificate, "client-cert", "", "the `path`, on the machine of Envoy, of its certificate for the server")
	flags.StringVar(&files.Key, "client-key", "", "the `path`, on the machine of Envoy, of the key of that certificate")
}

// server is the server at an address.
func (d *delivery) server(address string) (*envoy.Server, error) {
	at, err := envoy.ParseEndpoint(address)
	if err != nil {
		return nil, err
	}
	certificates, err := complete(d.tls)
	return &envoy.Server{Endpoint: at, TLS: certificates, Node: d.node, Metrics: d.metrics}, err
}

// complete gives the files of TLS, nil without any. One cannot do without the others.
func complete(files envoy.TLS) (*envoy.TLS, error) {
	switch {
	case files == envoy.TLS{}:
		return nil, nil
	case files.CA == "", files.Certificate == "", files.Key == "":
		return nil, errors.New("--server-ca, --client-cert and --client-key need each other: server and Envoy know each other by their certificates")
	}
	return &files, nil
}

// fromServer are the flags about a running server from which the document comes.
type fromServer struct {
	serverFlags
	url, gateway string
}

// add gives a command the flags.
func (f *fromServer) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.url, "from", "", "the `url` of a running gwrd, from which the document comes")
	cmd.Flags().StringVar(&f.gateway, "gateway", "default", "the `name` of the gateway there")
	f.addKey(cmd)
}

// delivers is where the server delivers documents, as far as its URL tells; "" without one.
func (f *fromServer) delivers() string {
	u, err := url.Parse(f.url)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return net.JoinHostPort(u.Hostname(), deliveryPort)
}

// fetch gives the document of a gateway of a running server, and puts into the emission what the gateway says of the filter.
func (a *app) fetch(cmd *cobra.Command, names []string, e *envoyEmission) (none check.Checked, err error) {
	if len(names) > 0 {
		return none, usageOf(cmd, errors.New("--from gives the document; leave DOCUMENT out"))
	}
	for _, flag := range []string{"name", "root-id", "refuse-invalid"} {
		if cmd.Flags().Changed(flag) {
			return none, usageOf(cmd, fmt.Errorf("--%s is as the gateway has it; leave it out", flag))
		}
	}
	from := &e.from
	from.server = from.url
	client, err := a.client(cmd, &from.serverFlags)
	if err != nil {
		return none, err
	}
	gateway, err := client.Gateway(cmd.Context(), from.gateway)
	if err != nil {
		return none, unreadable(err)
	}
	text, err := client.Document(cmd.Context(), from.gateway)
	if err != nil {
		return none, unreadable(err)
	}
	e.plugin.Name = envoy.Resource{Gateway: from.gateway, Adapter: e.adapter.Adapter}.Name()
	if err := a.asInGateway(cmd, e, gateway); err != nil {
		return none, err
	}
	document, found := source.Read("the document of "+from.gateway, text)
	if document == nil {
		return a.judged(check.Checked{Findings: found})
	}
	return a.judged(check.ReadFor(document, e.adapter))
}

// asInGateway puts into the emission what a gateway says of plugin.wasm. The module has only the environment of Envoy.
func (a *app) asInGateway(cmd *cobra.Command, e *envoyEmission, gateway v1client.Gateway) error {
	if e.isModule() {
		if variables := slices.Sorted(maps.Keys(gateway.Plugin.Environment)); len(variables) > 0 {
			a.say("the module does not get plugin.environment of the gateway %s; set these in the environment of Envoy: %s",
				quote.Text(gateway.Name), strings.Join(variables, ", "))
		}
		return nil
	}
	e.plugin.RootID = envoy.RootID(e.from.gateway)
	file := cmp.Or(gateway.Plugin.File, envoy.DefaultWasm)
	if cmd.Flags().Changed("wasm") && e.options.Wasm != file {
		return usageOf(cmd, fmt.Errorf("--wasm %s is not where the gateway %s has plugin.wasm: the server delivers %s; change plugin.file of the gateway, or --plugin-file of gwrd",
			e.options.Wasm, quote.Text(e.from.gateway), file))
	}
	e.options.Wasm = file
	e.options.Environment = gateway.Plugin.Environment
	return nil
}
