// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"errors"
	"path"
	"strings"

	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
)

// Server is a gwrd that delivers documents. Envoy Gateway says what the id of an Envoy is.
type Server struct {
	envoy.Endpoint
	// TLS is nil for a server in the same pod.
	TLS *envoy.TLS
	// Gateway is the gateway there.
	Gateway string
	// Wasm is where the image is mounted in the containers of Envoy: the path of plugin.wasm.
	Wasm string
}

// CheckServed says why a module cannot be mounted, as one that a server delivers has to be: Envoy Gateway hands modules out at
// addresses that only it knows.
func CheckServed(image string) error {
	if !strings.HasPrefix(image, "oci://") {
		return errors.New("with a server that delivers, the image becomes a volume of Envoy's pods; want oci://")
	}
	return nil
}

// DeliveredFiles makes the files by which a server delivers documents to all listeners that the options name. The document of the
// options is what Envoy runs until then.
func DeliveredFiles(o Options, server Server) ([]emit.File, error) {
	if err := CheckServed(o.Image); err != nil {
		return nil, err
	}
	plugin := emit.Plugin{Name: envoy.ResourceName(server.Gateway), RootID: envoy.RootID(server.Gateway), Document: o.Document}
	parts, err := envoy.Files(envoy.Options{Plugin: plugin, Wasm: server.Wasm, Server: &envoy.Server{Endpoint: server.Endpoint, TLS: server.TLS}})
	if err != nil {
		return nil, err
	}
	filled := struct {
		Options
		Server
		// Filter and Cluster are an element each, with a dash.
		Filter, Cluster  string
		Reference, Mount string
	}{Options: o, Server: server, Reference: strings.TrimPrefix(o.Image, "oci://"), Mount: path.Dir(server.Wasm)}
	if o.SHA256 != "" {
		filled.Reference += "@sha256:" + o.SHA256
	}
	for _, part := range parts {
		switch part.Name {
		case envoy.HTTPFilterFile:
			filled.Filter = asValue(part.Text)
		case envoy.ClusterFile:
			filled.Cluster = asValue(part.Text)
		}
	}
	return emit.Files(templates, &filled, ECDSPatchPolicyFile, ECDSProxyFile)
}

// asValue makes a mapping of a list with one element, without the comments in front of it.
func asValue(text []byte) string {
	_, element, _ := strings.Cut("\n"+string(text), "\n- ")
	return strings.ReplaceAll("\n"+element, "\n  ", "\n")[1:]
}
