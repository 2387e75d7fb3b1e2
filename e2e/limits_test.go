// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// limitListeners are the listeners of TestLimits, each with its document and with the filters between ours and those of the demo.
var limitListeners = []struct{ name, document, before string }{
	{"nested-400", headerOnly(400), replierFilter},
	{"nested-422", headerOnly(422), replierFilter},
	{"denied", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 418}}}`, `- name: authz
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `ext_authz.v3.ExtAuthz
    http_service: {path_prefix: /check, server_uri: {uri: "http://authz.invalid", cluster: upstream, timeout: 5s}}
`},
	{"large", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 418,
		"responseParameters": {"gatewayresponse.header.x-q": "method.request.querystring.q"},
		"responseTemplates": {"text/plain": "` + strings.Repeat("$method.request.header.x-large", 30) + `"}}}}`, ""},
	{"compressed", notFound(404), `- name: compressor
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `compressor.v3.Compressor
    compressor_library: {name: gzip, typed_config: {"@type": type.googleapis.com/envoy.extensions.compression.gzip.compressor.v3.Gzip}}
`},
	{"phrase", notFound(500), ""},
	{"transcoded", notFound(500), `- name: transcoder
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `grpc_json_transcoder.v3.GrpcJsonTranscoder
    proto_descriptor_bin: ` + petService() + `
    services: [limits.Pets]
    auto_mapping: true
`},
	{"twice", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 418}}}`, ""}, // and an inner one, see startLimits
}

// headerOnly is a document that gives replies without a body a status: those of the test filter, and Envoy's for no route.
func headerOnly(status int) string {
	return fmt.Sprintf(`{"classification": [{"when": {"details": ["here"]}, "responseType": "X_HERE"}],
		"gatewayResponses": {"X_HERE": {"statusCode": %d}, "RESOURCE_NOT_FOUND": {"statusCode": %d}}}`, status, status)
}

// petService is a descriptor set, as base64, with the method limits.Pets.Get.
func petService() string {
	set, err := proto.Marshal(&descriptorpb.FileDescriptorSet{File: []*descriptorpb.FileDescriptorProto{{
		Name: new("limits.proto"), Package: new("limits"), Syntax: new("proto3"),
		MessageType: []*descriptorpb.DescriptorProto{{Name: new("Pet")}},
		Service: []*descriptorpb.ServiceDescriptorProto{{
			Name:   new("Pets"),
			Method: []*descriptorpb.MethodDescriptorProto{{Name: new("Get"), InputType: new(".limits.Pet"), OutputType: new(".limits.Pet")}},
		}},
	}}})
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(set)
}

// notFound is a document that quotes the upstream's 404.
func notFound(status int) string {
	return fmt.Sprintf(`{"classification": [{"when": {"source": "upstream", "status": ["404"]}, "responseType": "RESOURCE_NOT_FOUND"}],
		"gatewayResponses": {"RESOURCE_NOT_FOUND": {"statusCode": %d, "responseTemplates": {"application/json": "{\"was\":$context.envoy.body}"}}}}`, status)
}

// lockedTable is what the upstream of TestLimits answers, with a reason phrase of its own.
const lockedTable = "the table with the users is locked by somebody else"

// petPath is the path of the method of petService.
const petPath = "/limits.Pets/Get"

// answerLimits is that upstream. To a check of ext_authz it answers no, without a body.
func answerLimits(c net.Conn) {
	reader := bufio.NewReader(c)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		reply := fmt.Sprintf("HTTP/1.1 404 Table users is locked by pid 17\r\ncontent-type: text/plain\r\ncontent-length: %d\r\n\r\n%s", len(lockedTable), lockedTable)
		switch {
		case strings.HasPrefix(request.URL.Path, "/check/"):
			reply = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"
		case strings.HasPrefix(request.URL.Path, petPath):
			reply = "HTTP/1.1 404 Not Found\r\ncontent-type: application/grpc\r\ncontent-length: 0\r\n\r\n"
		}
		if _, err := io.WriteString(c, reply); err != nil {
			return
		}
	}
}

// startLimits runs the listeners in one Envoy.
func startLimits(t *testing.T) *envoytest.Proxy {
	t.Helper()
	const phrases = "header_key_format: {stateful_formatter: {name: preserve_case, typed_config: {" +
		`"@type": type.googleapis.com/envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig, forward_reason_phrase: true}}}`
	text := string(envoytest.WithUpstream(t, envoytest.RawServer(t, answerLimits), `
    typed_extension_protocol_options:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicit_http_config: {http_protocol_options: {`+phrases+"}}"))
	// Only these go to the upstream.
	text = strings.Replace(text, "{prefix: /}\n                route: {cluster: upstream}", "{path: /ok}\n                route: {cluster: upstream}\n              - match: {path: "+petPath+"}\n                route: {cluster: upstream}", 1)
	for _, added := range [][2]string{
		{"          codec_type: AUTO", "          http_protocol_options: {" + phrases + "}\n"},
		{"          # end companions\n", deniedMapper},
	} {
		if strings.Count(text, added[0]) != 1 {
			t.Fatalf("envoy.yaml has %q %d times, want once", added[0], strings.Count(text, added[0]))
		}
		text = strings.Replace(text, added[0], added[1]+added[0], 1)
	}
	settings := envoyrun.Settings{}
	for _, l := range limitListeners {
		one := envoytest.Listener(t, l.name, l.document)
		one.Before = l.before
		if l.name == "twice" {
			one.Before = innerFilter(t)
		}
		settings.Listeners = append(settings.Listeners, one)
	}
	return envoytest.StartFrom(t, []byte(text), settings)
}

// deniedMapper is the companion mapper that docs/limits.md shows.
const deniedMapper = `            - filter:
                extension_filter:
                  name: envoy.access_loggers.extension_filters.cel
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter
                    expression: response.code_details == "ext_authz_denied"
              body_format_override:
                text_format_source: {inline_string: "denied"}
              headers_to_add:
              - header: {key: x-gateway-response-body, value: companion}
`

// innerFilter is a second instance of our filter, nearer to the upstream.
func innerFilter(t *testing.T) string {
	t.Helper()
	ours := envoytest.Filter(t, "inner", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 420}}}`)
	return strings.Replace(ours, "- name: gateway_responses\n", "- name: inner\n", 1)
}

// TestLimits holds what docs/limits.md says.
func TestLimits(t *testing.T) {
	p := startLimits(t)
	stat := func(name string) int { return p.Counter(t, name) }
	get := func(listener, path string, headers ...string) envoytest.RawReply {
		lines := strings.Join(append(headers, "host: a", "connection: close"), "\r\n")
		return envoytest.RawRequest(t, p.Address(t, listener), "GET "+path+" HTTP/1.1\r\n"+lines+"\r\n\r\n")
	}
	t.Run("a nested 400 closes the connection", func(t *testing.T) {
		envoytest.Holds(t)
		for _, tc := range []struct {
			listener, request string
			status            int
			closes            bool
		}{
			{"nested-400", "/nowhere HTTP/1.1", 400, false}, // a companion mapper has given it a body
			{"nested-400", "/ok HTTP/1.1\r\nx-replier-status: 404\r\nx-replier-details: here", 400, true},
			{"nested-422", "/ok HTTP/1.1\r\nx-replier-status: 404\r\nx-replier-details: here", 422, false},
		} {
			line, headers := head(t, p.Address(t, tc.listener), "GET "+tc.request+"\r\nhost: a\r\n\r\n")
			if closes := headers.Get("Connection") == "close"; !strings.HasPrefix(line, "HTTP/1.1 "+strconv.Itoa(tc.status)+" ") || closes != tc.closes {
				t.Errorf("%s, %q: %q, closes = %v; want %d and %v", tc.listener, tc.request, line, closes, tc.status, tc.closes)
			}
		}
		if n := strings.Count(p.Log.String(), "became a nested 400, after which Envoy closes HTTP/1 connections"); n != 1 {
			t.Errorf("the log says %d times why the connection is closed, want once", n)
		}
		if stat("X_HERE.400") != 1 || stat("X_HERE.422") != 1 || stat("RESOURCE_NOT_FOUND.400") != 1 {
			t.Errorf("X_HERE.400 = %d, .422 = %d, RESOURCE_NOT_FOUND.400 = %d, want 1 each", stat("X_HERE.400"), stat("X_HERE.422"), stat("RESOURCE_NOT_FOUND.400"))
		}
	})
	t.Run("a companion mapper for ext_authz_denied", func(t *testing.T) {
		got := get("denied", "/ok")
		if _, found := got.Headers.First("x-gateway-response-body"); got.Status != 418 || len(got.Body) == 0 || found {
			t.Errorf("%d %q, header %v; want a 418 with a body, and no header of the mapper", got.Status, got.Body, found)
		}
		if stat("left.deliberate") != 0 {
			t.Errorf("left.deliberate = %d, want 0", stat("left.deliberate"))
		}
	})
	t.Run("more than 1 MiB is left", func(t *testing.T) {
		if got := get("large", "/rbac", "x-large: "+strings.Repeat("x", 50<<10)); got.Status != 403 || string(got.Body) != "RBAC: access denied" {
			t.Errorf("%d and %d bytes, want the original", got.Status, len(got.Body))
		}
		if stat("left.tooLarge") != 1 {
			t.Errorf("left.tooLarge = %d, want 1", stat("left.tooLarge"))
		}
		if got := get("large", "/rbac", "x-large: "+strings.Repeat("x", 30<<10)); got.Status != 418 || len(got.Body) != 30*30<<10 {
			t.Errorf("%d and %d bytes, want a 418 with 900 KiB", got.Status, len(got.Body))
		}
	})
	t.Run("a large query is read once", func(t *testing.T) {
		begun := time.Now()
		got := get("large", "/rbac?"+strings.Repeat("&", 50<<10)+"q=1", "x-large: x")
		if value, _ := got.Headers.First("x-q"); got.Status != 418 || value != "1" || time.Since(begun) > time.Second {
			t.Errorf("%d, x-q: %q after %s; want 418 and 1 in less than a second", got.Status, value, time.Since(begun))
		}
	})
	t.Run("no quote of what a compressor made", func(t *testing.T) {
		for coding, want := range map[string]string{"identity": `{"was":"` + lockedTable + `"}`, "gzip": `{"was":null}`} {
			got := get("compressed", "/ok", "accept-encoding: "+coding)
			if encoding, found := got.Headers.First("content-encoding"); got.Status != 404 || string(got.Body) != want || found {
				t.Errorf("%s: %d %q, content-encoding %q; want 404 %s", coding, got.Status, got.Body, encoding, want)
			}
		}
	})
	t.Run("the reason phrase of the upstream stays", func(t *testing.T) {
		if line, _ := head(t, p.Address(t, "phrase"), "GET /ok HTTP/1.1\r\nhost: a\r\n\r\n"); line != "HTTP/1.1 500 Table users is locked by pid 17" {
			t.Errorf("the reply begins with %q", line)
		}
	})
	t.Run("gRPC of an upstream behind a transcoder is left", func(t *testing.T) {
		got := envoytest.RawRequest(t, p.Address(t, "transcoded"),
			"POST "+petPath+" HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
		if contentType, _ := got.Headers.First("content-type"); got.Status != 404 || contentType != "application/grpc" || stat("left.grpc") != 1 {
			t.Errorf("%d, content-type %q, left.grpc = %d; want 404 as the upstream sent it, and 1", got.Status, contentType, stat("left.grpc"))
		}
	})
	t.Run("two instances both count", func(t *testing.T) {
		before := stat("ACCESS_DENIED.418")
		if got := get("twice", "/rbac"); got.Status != 418 {
			t.Errorf("status %d, want that of the outer one", got.Status)
		}
		if stat("ACCESS_DENIED.420") != 1 || stat("ACCESS_DENIED.418") != before+1 {
			t.Errorf("ACCESS_DENIED.420 = %d, .418 = %d; want 1 and %d", stat("ACCESS_DENIED.420"), stat("ACCESS_DENIED.418"), before+1)
		}
	})
}

// head sends a request and returns the first line of the reply and its headers.
func head(t *testing.T, address, request string) (string, textproto.MIMEHeader) {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(envoytest.EventTimeout))
	if _, err := io.WriteString(connection, request); err != nil {
		t.Fatal(err)
	}
	reader := textproto.NewReader(bufio.NewReader(connection))
	line, err := reader.ReadLine()
	if err != nil {
		t.Fatal(err)
	}
	headers, err := reader.ReadMIMEHeader()
	if err != nil {
		t.Fatal(err)
	}
	return line, headers
}
