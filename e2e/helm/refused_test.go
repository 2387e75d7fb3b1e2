// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"strings"
	"testing"
)

// TestRefused holds that values that are wrong are refused, with where, what was found and what would be right, all at once.
func TestRefused(t *testing.T) {
	filter := []string{"--set", "filter.image=" + image, "--set", "document.value.mode=off"}
	server := []string{"--set", "platform=none,gwrd.enabled=true,gwrd.image.repository=r/gwrd,gwrd.api.tlsSecret=a,gwrd.xds.tlsSecret=x"}
	for _, tc := range []struct {
		name  string
		flags []string
		want  []string
	}{
		{"nothing", nil, []string{"filter.image is missing: the URL of the module, such as oci://", "the document is missing: give it by --set-file document.text=gwr.json"}},
		{"a platform", append(filter, "--set", "platform=istioo"), []string{"/platform", "'istio', 'envoy-gateway', 'none'"}},
		{"a key", append(filter, "--set", "istio.selectors.a=b"), []string{"/istio", "additional properties 'selectors' not allowed"}},
		{"an image without a scheme", append(filter, "--set", "filter.image=registry.example.com/a"), []string{"/filter/image", "'registry.example.com/a' does not match pattern '^((oci|https|http|file)://.+)?$'"}},
		{"a digest", append(filter, "--set", "filter.sha256=12ab"), []string{"/filter/sha256", "[0-9a-f]{64}"}},
		{"several", append(filter, "--set", "filter.sha256=12ab,platform=a"), []string{"/filter/sha256", "/platform"}},
		{"a document with a mistake", append(filter, "--set", "document.value.mode=of"), []string{"/document/value/mode", "'rewrite', 'observe', 'off'"}},
		{"two documents", append(filter, "--set-json", `document.text="{}"`), []string{"document.value and document.text are given; keep one of them"}},
		{"no JSON", []string{"--set", "filter.image=" + image + ",document.text=mode: off"}, []string{"document.text is no JSON object: invalid character", "gwr build gwr.yaml --out gwr.json writes one"}},
		{"no object", []string{"--set", "filter.image=" + image, "--set-json", `document.text="[1]"`}, []string{"document.text is no JSON object"}},
		{"a ConfigMap, and no cluster", []string{"--set", "filter.image=" + image + ",document.configMap.name=replies"}, []string{`there is no ConfigMap "replies" in the namespace "istio-ingress"`, "--dry-run=server"}},
		{"two ways to choose proxies", append(filter, "--set", "istio.gateway=a,istio.selector.a=b"), []string{"istio.gateway and istio.selector both choose proxies"}},
		{"a waypoint", append(filter, "--set", "istio.proxy=waypoint,istio.manifest=envoyfilter"), []string{"istio.gateway is missing: a waypoint is chosen", "istio.manifest envoyfilter has no effect on a waypoint"}},
		{"a sidecar", append(filter, "--set", "istio.proxy=sidecar"), []string{"istio.selector is missing"}},
		{"a secret in an EnvoyFilter", append(filter, "--set", "istio.manifest=envoyfilter,filter.pullSecret=a"), []string{"filter.pullSecret has no place in an EnvoyFilter"}},
		{"no Gateway, and a file", append(filter, "--set", "platform=envoy-gateway,filter.image=file:///plugin.wasm"), []string{"envoyGateway.gateway is missing", "filter.image: Envoy Gateway fetches from oci://, https:// or http://, and not from file:///plugin.wasm"}},
		{"a secret for no registry", append(filter, "--set", "platform=envoy-gateway,envoyGateway.gateway=eg,filter.image=https://a/plugin.wasm,filter.pullSecret=a"), []string{"filter.pullSecret is for images"}},
		{"nothing to install", []string{"--set", "platform=none"}, []string{"leave nothing to install"}},
		{"a bare server", []string{"--set", "platform=none,gwrd.enabled=true,gwrd.replicas=2"}, []string{
			"gwrd.image.repository is missing", "gwrd.api.tlsSecret is missing", "gwrd.xds.tlsSecret is missing", "gwrd.replicas is 2: several servers need gwrd.postgres.url",
		}},
		{"a password", append(server, "--set", "gwrd.postgres.url=postgres://gwrd:secret@db/gwrd,gwrd.sealKey.secret=s"), []string{"/gwrd/postgres/url", "does not match pattern"}},
		{"a password at its end", append(server, "--set", "gwrd.postgres.url=postgres://db/gwrd?password=secret,gwrd.sealKey.secret=s"), []string{"gwrd.postgres.url has a password; put it into a secret"}},
		{"no sealing key", append(server, "--set", "gwrd.postgres.url=postgres://gwrd@db/gwrd,gwrd.sqlite.claim=c"), []string{"gwrd.sealKey.secret is missing", "gwrd.sqlite.claim and gwrd.postgres.url exclude each other"}},
		{"a password for nothing", append(server, "--set", "gwrd.postgres.password.secret=s"), []string{"gwrd.postgres.url is missing"}},
		{"half of a provider", append(server, "--set", "gwrd.oidc.issuer=https://id.example.com"), []string{"gwrd.oidc.issuer needs gwrd.oidc.clientID, gwrd.oidc.grants and gwrd.oidc.publicURL"}},
		{"TLS twice", append(server, "--set", "gwrd.api.insecure=true"), []string{"gwrd.api.tlsSecret and gwrd.api.insecure exclude each other"}},
		{"no flag", append(server, "--set", "gwrd.args[0]=dev"), []string{"/gwrd/args/0", "'dev' does not match pattern '^--[a-z-]+(=.*)?$'"}},
		{"a spec that is taken", append(server, "--set", "gwrd.pod.volumes[0].name=a"), []string{"gwrd.pod.volumes has no place: the chart sets it; volumes go into gwrd.volumes"}},
		{"a monitor of nothing", append(filter, "--set", "prometheus.podMonitor=true"), []string{"prometheus.podMonitor is for gwrd; set gwrd.enabled"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out, messages, err := run(t, template(tc.flags...)...)
			if err == nil {
				t.Fatalf("it is rendered:\n%s", out)
			}
			for _, want := range tc.want {
				if !strings.Contains(messages, want) {
					t.Errorf("it says\n%s\nand not %q", messages, want)
				}
			}
		})
	}
}
