// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
)

// writers are filters that write what a document reads.
const writers = `- name: metadata
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.set_metadata.v3.Config
    metadata: [{metadata_namespace: com.acme, value: {text: red, number: 1.5, yes: true, list: [1], deep: {key: 1}}, allow_overwrite: true}]
- name: state
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.set_filter_state.v3.Config
    on_request_headers:
    - object_key: com.acme.tenant
      factory_key: envoy.string
      format_string: {text_format_source: {inline_string: blue}}
`

// TestAttributes holds that texts, numbers and booleans of Envoy come as they do in the Wasm filter.
func TestAttributes(t *testing.T) {
	const template = "${context.envoy.metadata.com.acme/text} ${context.envoy.metadata.com.acme/number} ${context.envoy.metadata.com.acme/yes} " +
		"${context.envoy.filterState.com.acme.tenant} ${context.envoy.attribute.connection.mtls} ${context.envoy.attribute.response.code} " +
		"${context.envoy.filter} " +
		"[${context.envoy.metadata.com.acme/list}${context.envoy.metadata.com.acme/deep/key}]"
	const want = "red 1.5 true blue false 403 envoy.filters.http.rbac []"
	s := gateway(t, `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "`+template+`"}}}}`)
	s.Behind = writers
	p := envoytest.Start(t, s)
	for range 3 {
		reply := envoytest.Clients[0].Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/rbac"})
		if string(reply.Body) != want {
			t.Errorf("%s, want %s", reply.Body, want)
		}
	}
	// Envoy takes it for an error when a value has another kind than the one that is looked for. Only the first look does not know it.
	if got := strings.Count(p.Log.String(), "key yes is not a string"); got != 1 {
		t.Errorf("Envoy complains %d times of the kind of a value", got)
	}
}

// TestTime holds that the time of a request is known.
func TestTime(t *testing.T) {
	_, url := start(t, `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "$context.requestTimeEpoch"}}}}`)
	before := nowInMilliseconds()
	reply := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/rbac"})
	if got := string(reply.Body); got < before || got > nowInMilliseconds() {
		t.Errorf("the request began at %s, it was sent after %s", got, before)
	}
}

// nowInMilliseconds is the time in milliseconds since 1970, in 13 digits until the year 2286.
func nowInMilliseconds() string { return strconv.FormatInt(time.Now().UnixMilli(), 10) }
