// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// The tests in this file show that defects of other gateways' error replies are not ours.

// TestReplySizes sends bodies from nothing to nearly what a document can hold. Elsewhere a large page turned the status
// into a 200.
func TestReplySizes(t *testing.T) {
	sizes := []int{0, 1, 16<<10 - 1, 16 << 10, 64 << 10, 256 << 10, 900 << 10}
	settings := envoyrun.Settings{}
	for _, size := range sizes {
		document := fmt.Sprintf(`{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 418, "responseTemplates": {"text/plain": %q}}}}`, strings.Repeat("x", size))
		settings.Listeners = append(settings.Listeners, envoytest.Listener(t, "size-"+strconv.Itoa(size), document))
	}
	p := envoytest.Start(t, settings)
	for _, size := range sizes {
		url := "http://" + p.Address(t, "size-"+strconv.Itoa(size))
		for _, client := range envoytest.Clients {
			for _, path := range []string{"/rbac", "/nowhere"} {
				reply := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: path})
				if reply.Status != 418 || len(reply.Body) != size {
					t.Errorf("%s %s: status %d with %d bytes, want 418 with %d", client.Name, path, reply.Status, len(reply.Body), size)
				}
			}
		}
	}
}

// TestLocalReplyConfig runs the filter where local_reply_config formats every reply already. Elsewhere bodies were wrapped
// twice, or cut off.
func TestLocalReplyConfig(t *testing.T) {
	settings := envoytest.Gateway(t, teapot)
	config := envoytest.Render(t, settings)
	const mappers = "local_reply_config:\n            mappers:"
	if !bytes.Contains(config, []byte(mappers)) {
		t.Fatalf("envoy.yaml has no %q", mappers)
	}
	const formatted = "local_reply_config:\n            body_format: {text_format_source: {inline_string: \"<%LOCAL_REPLY_BODY%>\"}}\n            mappers:"
	p := envoytest.StartConfig(t, bytes.Replace(config, []byte(mappers), []byte(formatted), 1))
	wantTeapot(t, p, "gateway")
	url := "http://" + p.Address(t, "gateway")
	if got := string(envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/direct"}).Body); got != "<gone, on purpose\n>" {
		t.Errorf("a reply that is left has body %q, want Envoy's formatting untouched", got)
	}
}

// TestLocalReplyConfigOnSentReply has a mapper change a reply that the filter sent anew: Envoy applies local_reply_config
// to it once more. The counter tells what the client got.
func TestLocalReplyConfigOnSentReply(t *testing.T) {
	envoytest.Holds(t)
	settings := envoytest.Gateway(t, `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"statusCode": 410}}}`)
	config := envoytest.Render(t, settings)
	begin, end := bytes.Index(config, []byte("          local_reply_config:")), bytes.Index(config, []byte("          # end companions"))
	if begin < 0 || end < begin {
		t.Fatalf("envoy.yaml has no local_reply_config in the region companions")
	}
	const mapper = `          local_reply_config:
            mappers:
            - filter: {status_code_filter: {comparison: {op: EQ, value: {default_value: 410, runtime_key: none}}}}
              status_code: 418
`
	p := envoytest.StartConfig(t, slices.Concat(config[:begin], []byte(mapper), config[end:]))
	url := "http://" + p.Address(t, "gateway")
	if got := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/nowhere"}).Status; got != 418 {
		t.Errorf("the client gets %d, want the 418 of the mapper", got)
	}
	envoytest.Eventually(t, "RESOURCE_NOT_FOUND.418 is 1", func() bool {
		return p.Counter(t, "RESOURCE_NOT_FOUND.418") == 1
	})
}
