// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// UpstreamServer is the upstream of a test: handler over HTTP/1.1 and over HTTP/2 without TLS. It returns its port.
func UpstreamServer(t *testing.T, handler http.Handler) int {
	t.Helper()
	listener := listen(t)
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: handler, Protocols: protocols, HTTP2: &http.HTTP2Config{MaxConcurrentStreams: 20_000}}
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	return listener.Addr().(*net.TCPAddr).Port
}

// OverHTTP2 makes Envoy speak HTTP/2 to a cluster.
const OverHTTP2 = `
    typed_extension_protocol_options:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicit_http_config: {http2_protocol_options: {}}`

// WithUpstream is envoy.yaml with every route but those of filters leading to an upstream of the test. cluster is more that
// is said of it.
func WithUpstream(t *testing.T, port int, cluster string) []byte {
	t.Helper()
	text := string(Template)
	for _, replaced := range [][2]string{
		{"{envoy_internal_address: {server_listener_name: upstream}}", "{socket_address: {address: 127.0.0.1, port_value: " + strconv.Itoa(port) + "}}"},
		{"  - name: upstream\n    load_assignment:", "  - name: upstream" + cluster + "\n    load_assignment:"},
		{"- match: {path: /ok}", "- match: {prefix: /}"},
	} {
		if strings.Count(text, replaced[0]) != 1 {
			t.Fatalf("envoy.yaml has %q %d times, want once", replaced[0], strings.Count(text, replaced[0]))
		}
		text = strings.Replace(text, replaced[0], replaced[1], 1)
	}
	return []byte(text)
}
