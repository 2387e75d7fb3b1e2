// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
)

// preserveCase makes Envoy keep the case of header names over HTTP/1.
const preserveCase = `
      header_key_format:
        stateful_formatter:
          name: preserve_case
          typed_config: {"@type": type.googleapis.com/envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig}`

// TestHeadersAtOnce holds that headers which the document does not speak of come as the upstream sent them when the filter writes
// the whole map anew: lines of one name, their order, empty values, bytes beyond ASCII, and the case of HTTP/1.
func TestHeadersAtOnce(t *testing.T) {
	const (
		mediaType = "CONTENT-Type: application/json\r\n"
		cookies   = "Set-Cookie: a=1; Path=/\r\nX-Between: 1\r\nSet-Cookie: b=2, c\r\n"
		reply     = "HTTP/1.1 500 Oops\r\nX-First: \xc3\xa4 \xff\r\n" + cookies +
			"ETag: \"gone\"\r\nX-Empty:\r\nX-Mine: old\r\nX-Mine: older\r\nWWW-Authenticate: Basic\r\nWWW-Authenticate: Bearer x=\"y, z\"\r\n" +
			"Cache-Control: no-store\r\nVia: 1.1 one\r\nCONTENT-Type: text/html\r\nContent-Length: 4\r\n\r\noops"
		// The status and the length change where they stand. What is removed or set stands in its own place, and with the module at the end.
		want = "HTTP/1.1 503 Service Unavailable\r\nX-First: \xc3\xa4 \xff\r\n" + cookies +
			"X-Empty: \r\nWWW-Authenticate: Basic\r\nWWW-Authenticate: Bearer x=\"y, z\"\r\n" +
			"Cache-Control: no-store\r\nVia: 1.1 one\r\n" + mediaType + "Content-Length: 2\r\n" +
			"X-Mine: new\r\n\r\n{}"
	)
	wanted := want
	if envoytest.Adapter == ability.Module {
		wanted = strings.Replace(strings.Replace(want, mediaType, "", 1), "X-Mine: new\r\n", "X-Mine: new\r\n"+mediaType, 1)
	}
	port := envoytest.RawServer(t, func(connection net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(connection)); err == nil {
			_, _ = io.WriteString(connection, reply)
		}
	})
	config := string(envoytest.WithUpstream(t, port, `
    typed_extension_protocol_options:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicit_http_config:
          http_protocol_options:`+strings.ReplaceAll(preserveCase, "\n", "\n      ")))
	config = strings.Replace(config, "          stat_prefix: gateway\n", `          stat_prefix: gateway
          http_protocol_options:`+strings.ReplaceAll(preserveCase, "\n", "\n      ")+"\n", 1)
	proxy := envoytest.StartFrom(t, []byte(config), envoytest.Gateway(t, `{
		"classification": [{"name": "failed", "when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE"}],
		"gatewayResponses": {"DEFAULT_5XX": {"statusCode": 503, "headers": {"x-mine": "new"}, "responseTemplates": {"application/json": "{}"}}}}`))
	if diff := cmp.Diff(strings.Split(wanted, "\r\n"), strings.Split(lastReply(t, proxy.Address(t, "gateway")), "\r\n")); diff != "" {
		t.Errorf("the reply (-want +got):\n%s", diff)
	}
}

// lastReply sends a request, reads all bytes that come until the connection is closed, and drops the lines that Envoy adds.
func lastReply(t *testing.T, address string) string {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(connection)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for line := range strings.SplitSeq(string(all), "\r\n") {
		name, _, _ := strings.Cut(line, ":")
		switch strings.ToLower(name) {
		case "date", "server", "connection", "x-envoy-upstream-service-time":
		default:
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\r\n")
}

// TestMoreHeadersThanAtOnce holds that a reply with more headers than Envoy takes in one call is replaced with all of them.
func TestMoreHeadersThanAtOnce(t *testing.T) {
	many := strings.Repeat("X-Many: 1\r\n", 1100)
	port := envoytest.RawServer(t, func(connection net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(connection)); err == nil {
			_, _ = io.WriteString(connection, "HTTP/1.1 500 Oops\r\n"+many+"Content-Type: text/html\r\nContent-Length: 4\r\n\r\noops")
		}
	})
	config := envoytest.WithUpstream(t, port, `
    typed_extension_protocol_options:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        common_http_protocol_options: {max_headers_count: 2000}
        explicit_http_config: {http_protocol_options: {}}`)
	proxy := envoytest.StartFrom(t, config, envoytest.Gateway(t, `{
		"classification": [{"name": "failed", "when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE"}],
		"gatewayResponses": {"DEFAULT_5XX": {"statusCode": 503,
			"responseTemplates": {"application/json": "{}"}}}}`))
	want := "HTTP/1.1 503 Service Unavailable\r\n" + strings.ToLower(many) + "content-length: 2\r\ncontent-type: application/json\r\n\r\n{}"
	if diff := cmp.Diff(want, lastReply(t, proxy.Address(t, "gateway"))); diff != "" {
		t.Errorf("the reply (-want +got):\n%.2000s", diff)
	}
}
