// SPDX-License-Identifier: Apache-2.0

// Package istio makes the manifests by which Istio runs the filter with a document.
//
// Istio writes pluginConfig, a Struct, as JSON into a StringValue (convertToWasmPluginWrapper in its pilot), so the filter reads
// the document as from any Envoy. An empty Struct it leaves out: a document without a key gets the key version.
package istio

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
)

//go:embed templates
var templates embed.FS

// Options say what stands in the manifests.
type Options struct {
	emit.Plugin
	// Namespace is that of the proxies.
	Namespace string
	// Image is the URL of the module: oci://, http://, https:// or file://.
	Image string
	// SHA256 is the digest of what the URL leads to, "" when it is not held to one.
	SHA256 string
	// Gateway is the Gateway of the Gateway API that gets the filter, "" to choose proxies by Labels.
	Gateway string
	// Labels are those of the proxies.
	Labels []Label
	// Proxy is the kind of the proxies, "" for a gateway. A waypoint is chosen by the name of its Gateway.
	Proxy Proxy
	// Server delivers documents by ECDS, nil when the document stands in the manifests alone.
	Server *Server
}

// Server is a gwrd that delivers documents. Istio says what the id of a proxy is, and where its statistics go.
type Server struct {
	envoy.Endpoint
	// TLS is nil for a server in the same pod.
	TLS *envoy.TLS
	// Gateway is the gateway there.
	Gateway string
}

// Target is the server as Envoy's client of Google names it.
func (s Server) Target() string { return "dns:///" + net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

// Proxy is a kind of proxy.
type Proxy string

// The kinds.
const (
	GatewayProxy  Proxy = "gateway"
	SidecarProxy  Proxy = "sidecar"
	WaypointProxy Proxy = "waypoint"
)

// contexts are the words of an EnvoyFilter for the listeners at which a proxy takes requests in. The API has WAYPOINT too, but
// istiod applies nothing of it (patchListeners in its listener_builder.go).
var contexts = map[Proxy]string{GatewayProxy: "GATEWAY", SidecarProxy: "SIDECAR_INBOUND", WaypointProxy: ""}

// ParseProxy reads the name of a kind.
func ParseProxy(text string) (Proxy, error) {
	if _, known := contexts[Proxy(text)]; !known {
		return "", fmt.Errorf("%q is no kind of proxy; want gateway, sidecar or waypoint", text)
	}
	return Proxy(text), nil
}

// Label is a label of a pod.
type Label struct{ Key, Value string }

// ParseLabel reads KEY=VALUE.
func ParseLabel(text string) (Label, error) {
	key, value, found := strings.Cut(text, "=")
	if !found || key == "" || value == "" {
		return Label{}, fmt.Errorf("%q is not key=value", text)
	}
	return Label{key, value}, nil
}

// The files. Each holds all that is needed, so that one is applied.
const (
	WasmPluginFile       = "wasmplugin.yaml"
	TrafficExtensionFile = "trafficextension.yaml"
	EnvoyFilterFile      = "envoyfilter.yaml"
	ECDSFilterFile       = "envoyfilter-ecds.yaml"
)

// schemes are those of the URLs that Istio fetches modules from.
var schemes = []string{"oci", "https", "http", "file"}

// Files makes the files, the one that most want first. For a waypoint there is no EnvoyFilter; for a server that delivers there is
// nothing else.
func Files(o Options) ([]emit.File, error) {
	var err error
	if o.Document, err = withKey(o.Document); err != nil {
		return nil, err
	}
	if o.Proxy == "" {
		o.Proxy = GatewayProxy
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	filled := fillingOf(o)
	for name, part := range map[string]*string{
		"target.yaml": &filled.Target, "wasm.yaml": &filled.Wasm, "proxies.yaml": &filled.Proxies, "filter.yaml": &filled.Filter,
	} {
		text, err := emit.Render(templates, name, &filled)
		if err != nil {
			return nil, err
		}
		*part = strings.TrimRight(text, "\n")
	}
	return emit.Files(templates, &filled, o.names()...)
}

// check says what is wrong with the options.
func (o Options) check() error {
	if err := CheckImage(o.Image); err != nil {
		return err
	}
	if o.Proxy == WaypointProxy && o.Gateway == "" {
		return errors.New("a waypoint is chosen by the name of its Gateway, which is missing")
	}
	if o.Server == nil {
		return nil
	}
	if o.Proxy == WaypointProxy {
		return errors.New("istiod applies no EnvoyFilter of a waypoint, so that no server can deliver its document; leave the server out")
	}
	return CheckLocal(o.Image)
}

// names are the files that suit the options.
func (o Options) names() []string {
	switch {
	case o.Server != nil:
		return []string{ECDSFilterFile}
	case o.Proxy == WaypointProxy:
		return []string{WasmPluginFile, TrafficExtensionFile}
	default:
		return []string{WasmPluginFile, EnvoyFilterFile, TrafficExtensionFile}
	}
}

// filling is what templates see.
type filling struct {
	Options
	// Target, Wasm, Proxies and Filter are templates that are filled themselves.
	Target, Wasm, Proxies, Filter string
	// FilterName is the name of the filter in Envoy.
	FilterName string
	// File is the path of the module, "" when it is fetched from RemoteURL.
	File, RemoteURL string
	Context         string
	Inbound         bool
	// VMID, Runtime and FailurePolicy are as gwrd has them, so that what it delivers runs in the same VM.
	VMID, Runtime, FailurePolicy string
}

// fillingOf is what templates see of options, but for the parts.
func fillingOf(o Options) filling {
	f := filling{
		Options: o, FilterName: o.Name, RemoteURL: o.Image, Context: contexts[o.Proxy], Inbound: o.Proxy == SidecarProxy,
		VMID: envoy.VMID, Runtime: envoy.Runtime, FailurePolicy: envoy.FailurePolicy,
	}
	if path, found := strings.CutPrefix(o.Image, local); found {
		f.File = path
	}
	if o.Server != nil {
		f.FilterName, f.RootID = envoy.ResourceName(o.Server.Gateway), envoy.RootID(o.Server.Gateway)
	}
	return f
}

// local is in front of the path of a module that is in the pod.
const local = "file://"

// CheckLocal says why a module is not in the pod. One that a server delivers has to be: Istio's agent fetches for istiod alone.
func CheckLocal(image string) error {
	if !strings.HasPrefix(image, local+"/") {
		return fmt.Errorf("%q is not in the pod of the proxy, and Istio fetches nothing for a server that delivers; want file:///PATH", image)
	}
	return nil
}

// CheckImage says what is wrong with the URL of a module.
func CheckImage(image string) error { return emit.CheckImage(image, schemes) }

// withKey is a document with a key at least.
func withKey(document []byte) ([]byte, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(document, &members); err != nil {
		return nil, fmt.Errorf("the document is no JSON object: %w", err)
	}
	if len(members) > 0 {
		return bytes.TrimSpace(document), nil
	}
	return []byte(`{"version": 1}`), nil
}
