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
	"strings"

	"gatewayresponses/internal/emit"
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
}

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
)

// schemes are those of the URLs that Istio fetches modules from.
var schemes = []string{"oci", "https", "http", "file"}

// Files makes the files, the one that most want first. For a waypoint there is no EnvoyFilter.
func Files(o Options) ([]emit.File, error) {
	if err := CheckImage(o.Image); err != nil {
		return nil, err
	}
	var err error
	if o.Document, err = withKey(o.Document); err != nil {
		return nil, err
	}
	if o.Proxy == "" {
		o.Proxy = GatewayProxy
	}
	if o.Proxy == WaypointProxy && o.Gateway == "" {
		return nil, errors.New("a waypoint is chosen by the name of its Gateway, which is missing")
	}
	filled := struct {
		Options
		Target, Wasm, File, RemoteURL, Context string
		Inbound                                bool
	}{Options: o, RemoteURL: o.Image, Context: contexts[o.Proxy], Inbound: o.Proxy == SidecarProxy}
	if path, found := strings.CutPrefix(o.Image, "file://"); found {
		filled.File = path
	}
	for name, part := range map[string]*string{"target.yaml": &filled.Target, "wasm.yaml": &filled.Wasm} {
		text, err := emit.Render(templates, name, &filled)
		if err != nil {
			return nil, err
		}
		*part = strings.TrimRight(text, "\n")
	}
	names := []string{WasmPluginFile, EnvoyFilterFile, TrafficExtensionFile}
	if o.Proxy == WaypointProxy {
		names = []string{WasmPluginFile, TrafficExtensionFile}
	}
	return emit.Files(templates, &filled, names...)
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
