// SPDX-License-Identifier: Apache-2.0

// Package envoygateway makes the manifests by which Envoy Gateway runs the filter with a document.
//
// Envoy Gateway writes config, any JSON, as text into a StringValue (wasmConfig in its translator), so the filter reads the document
// as from any Envoy.
package envoygateway

import (
	"embed"
	"strings"

	"gatewayresponses/internal/emit"
)

//go:embed templates
var templates embed.FS

// Options say what stands in the manifests.
type Options struct {
	emit.Plugin
	// Namespace is that of the Gateway, and Gateway its name.
	Namespace, Gateway string
	// Listeners are the names of the listeners of the Gateway at which requests without a route reach the filter.
	Listeners []string
	// Image is the URL of the wasm filter: oci://, http:// or https://.
	Image string
	// SHA256 is the digest of what the URL leads to, "" when it is not held to one.
	SHA256 string
	// Module is the path of the dynamic module in the containers of Envoy, which takes the place of the image; "" for the wasm filter.
	Module string
	// NamedRoutes are the routes of the document that only a name reaches.
	NamedRoutes []string
}

// The files.
const (
	EnvoyExtensionPolicyFile = "envoyextensionpolicy.yaml"
	EnvoyProxyFile           = "envoyproxy.yaml"
	HTTPRouteFile            = "httproute.yaml"
	EnvoyPatchPolicyFile     = "envoypatchpolicy.yaml"
	ECDSPatchPolicyFile      = "envoypatchpolicy-ecds.yaml"
	ECDSProxyFile            = "envoyproxy-ecds.yaml"
)

// behind are the filters that refuse requests and that Envoy Gateway puts in front of extensions by default, the last one first.
var behind = []string{
	"ext_proc", "lua", "buffer", "stateful_session", "jwt_authn", "oauth2", "basic_auth", "api_key_auth", "ext_authz", "csrf", "cors", "fault", "health_check",
}

// Files makes the files, the one that most want first.
func Files(o Options) ([]emit.File, error) {
	extension, nameField := "dynamic_modules", "filter_name"
	if o.Module == "" {
		if err := CheckImage(o.Image); err != nil {
			return nil, err
		}
		extension, nameField = "wasm", "config.name"
	}
	image, isImage := strings.CutPrefix(o.Image, "oci://")
	filled := struct {
		Options
		IsImage           bool
		ImageURL, NoRoute string
		Behind            []string
		// Extension is what Envoy Gateway calls the filters of the adapter, and NameField where Envoy has the name of one.
		Extension, NameField string
	}{
		Options: o, IsImage: isImage, ImageURL: image, NoRoute: o.Name + "-no-route", Behind: behind,
		Extension: extension, NameField: nameField,
	}
	return emit.Files(templates, &filled, EnvoyExtensionPolicyFile, EnvoyProxyFile, EnvoyPatchPolicyFile, HTTPRouteFile)
}

// schemes are those of the URLs that Envoy Gateway fetches modules from.
var schemes = []string{"oci", "https", "http"}

// CheckImage says what is wrong with the URL of a module.
func CheckImage(image string) error { return emit.CheckImage(image, schemes) }
