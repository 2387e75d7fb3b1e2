// SPDX-License-Identifier: Apache-2.0

package ingressnginx

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert"
)

// feature is what an annotation makes nginx refuse, and what must refuse it here.
type feature struct {
	annotation   string
	responseType config.ResponseType
	what, by     string
}

// features are the annotations that make nginx refuse requests.
// Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
var features = []feature{
	{"auth-url", config.Unauthorized, "external authentication", "ext_authz, whose service chooses the status"},
	{"auth-url", config.AuthorizerFailure, "external authentication", "ext_authz, when its service fails; nginx says 500"},
	{"auth-type", config.Unauthorized, "basic or digest authentication", "basic_auth; there is no digest authentication"},
	{"auth-tls-secret", config.AccessDenied, "client certificates", "rbac on the certificate, or the TLS handshake; nginx says 400"},
	{"whitelist-source-range", config.AccessDenied, "allowed addresses", "rbac"},
	{"allowlist-source-range", config.AccessDenied, "allowed addresses", "rbac"},
	{"denylist-source-range", config.AccessDenied, "refused addresses", "rbac"},
	{"enable-modsecurity", config.WAFFiltered, "ModSecurity", "a WAF filter, with a rule that names it"},
	{"limit-rps", config.Throttled, "a limit of requests", "local_ratelimit; nginx says 503, Envoy 429"},
	{"limit-rpm", config.Throttled, "a limit of requests", "local_ratelimit; nginx says 503, Envoy 429"},
	{"limit-connections", config.Throttled, "a limit of connections", convert.Nothing},
	{"proxy-body-size", config.RequestTooLarge, "the size of bodies", "buffer, with max_request_bytes"},
	{"proxy-read-timeout", config.IntegrationTimeout, "a timeout of the service", "the router, with the timeout of the route"},
	{"proxy-send-timeout", config.IntegrationTimeout, "a timeout of the service", "the router, with the timeout of the route"},
}

// inventory notes what in the source raises errors.
func (i *importer) inventory() {
	for _, o := range i.objects {
		if !isIngress(o) {
			continue
		}
		for _, f := range features {
			if _, at, found := o.Annotation(prefix + f.annotation); found {
				i.result.Raise(f.responseType, f.what, f.by, at)
			}
		}
		i.result.Raise(config.ResourceNotFound, "every Ingress", "the router, for a request that no route is for", o.Node.Place)
		i.result.Raise(config.IntegrationFailure, "every Ingress", "the router; where nginx says 502 for want of a connection, Envoy says 503", o.Node.Place)
	}
}

// snippets are the settings that hold nginx's own language.
var snippets = []string{"server-snippet", "configuration-snippet", "http-snippet", "location-snippet"}

// reportSnippets reports error pages in nginx's own language, and what else changes which errors are taken.
func (i *importer) reportSnippets() {
	for _, o := range i.objects {
		for _, key := range snippets {
			if text, at, found := o.Annotation(prefix + key); found && strings.Contains(text, "error_page") {
				i.result.Lose(at, "metadata.annotations."+prefix+key, nil, "error_page in a snippet is not read; write entries for its statuses")
			}
			if node := settings(o).Get(key); node != nil && strings.Contains(node.Value(), "error_page") {
				i.result.Lose(node.Place, key, nil, "error_page in a snippet is not read; write entries for its statuses")
			}
		}
		if text, at, found := o.Annotation(prefix + "disable-proxy-intercept-errors"); found && text == "true" {
			i.result.Lose(at, "metadata.annotations."+prefix+"disable-proxy-intercept-errors", nil, "that errors of the service pass cannot be said of one route; the rules take them on all")
		}
	}
}
