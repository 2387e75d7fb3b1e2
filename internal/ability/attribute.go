// SPDX-License-Identifier: Apache-2.0

package ability

import (
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
)

// Kind is how a dynamic module reads an attribute.
type Kind uint8

// The kinds. Each but the first is a call of the ABI: envoy_dynamic_module_callback_http_filter_get_attribute_string, _int, _bool.
const (
	Unreadable Kind = iota
	Text
	Number
	Boolean
)

// release is a version of Envoy that has an ABI of its own.
type release uint8

// The releases, the oldest first. The zero release is none.
const (
	envoy139 release = iota + 1
	envoy140
)

// Attribute is an attribute of Envoy. Its place in the list is its number, envoy_dynamic_module_type_attribute_id.
type Attribute struct {
	// Name is what Envoy's documentation calls it.
	Name string
	Kind Kind
	// since is the first release in which it can be read.
	since release
}

// attributes are those of the ABI in its own order, which only grows. What is Unreadable has a number and no value.
// Source: envoy source/extensions/dynamic_modules/abi/abi.h, and what Envoy 1.39.3 and 1.40.0 answered.
var attributes = [...]Attribute{
	{"request.path", Text, envoy139},
	{"request.url_path", Text, envoy139},
	{"request.host", Text, envoy139},
	{"request.scheme", Text, envoy139},
	{"request.method", Text, envoy139},
	{Name: "request.headers"},
	{"request.referer", Text, envoy139},
	{"request.useragent", Text, envoy139},
	{Name: "request.time"},
	{"request.id", Text, envoy139},
	{"request.protocol", Text, envoy139},
	{"request.query", Text, envoy139},
	{Name: "request.duration"},
	{"request.size", Number, envoy140},
	{"request.total_size", Number, envoy140},
	{"response.code", Number, envoy139},
	{"response.code_details", Text, envoy139},
	{"response.flags", Number, envoy139},
	{"response.grpc_status", Number, envoy140},
	{Name: "response.headers"},
	{Name: "response.trailers"},
	{"response.size", Number, envoy139},
	{"response.total_size", Number, envoy140},
	{Name: "response.backend_latency"},
	{"source.address", Text, envoy139},
	{"source.port", Number, envoy139},
	{"destination.address", Text, envoy139},
	{"destination.port", Number, envoy139},
	{"connection.id", Number, envoy139},
	{"connection.mtls", Boolean, envoy139},
	{"connection.requested_server_name", Text, envoy139},
	{"connection.tls_version", Text, envoy139},
	{"connection.subject_local_certificate", Text, envoy139},
	{"connection.subject_peer_certificate", Text, envoy139},
	{"connection.dns_san_local_certificate", Text, envoy139},
	{"connection.dns_san_peer_certificate", Text, envoy139},
	{"connection.uri_san_local_certificate", Text, envoy139},
	{"connection.uri_san_peer_certificate", Text, envoy139},
	{"connection.sha256_peer_certificate_digest", Text, envoy139},
	{"connection.transport_failure_reason", Text, envoy139},
	{"connection.termination_details", Text, envoy139},
	{"upstream.address", Text, envoy139},
	{"upstream.port", Number, envoy139},
	{"upstream.tls_version", Text, envoy139},
	{"upstream.subject_local_certificate", Text, envoy139},
	{"upstream.subject_peer_certificate", Text, envoy139},
	{"upstream.dns_san_local_certificate", Text, envoy139},
	{"upstream.dns_san_peer_certificate", Text, envoy139},
	{"upstream.uri_san_local_certificate", Text, envoy139},
	{"upstream.uri_san_peer_certificate", Text, envoy139},
	{"upstream.sha256_peer_certificate_digest", Text, envoy139},
	{"upstream.local_address", Text, envoy139},
	{"upstream.transport_failure_reason", Text, envoy139},
	{"upstream.request_attempt_count", Number, envoy139},
	{Name: "upstream.cx_pool_ready_duration"},
	{Name: "upstream.locality"},
	{Name: "xds.node"},
	{"xds.cluster_name", Text, envoy140},
	{Name: "xds.cluster_metadata"},
	{"xds.listener_direction", Number, envoy140},
	{Name: "xds.listener_metadata"},
	{"xds.route_name", Text, envoy139},
	{Name: "xds.route_metadata"},
	{"xds.virtual_host_name", Text, envoy140},
	{Name: "xds.virtual_host_metadata"},
	{Name: "xds.upstream_host_metadata"},
	{"xds.filter_chain_name", Text, envoy140},
	{"health_check", Boolean, envoy139},
}

// Attributes lists the attributes of the ABI by their numbers.
func Attributes() []Attribute { return attributes[:] }

// AttributeAt is the number of the attribute with a path (facts.AttributePath), and how it is read; Unreadable for a path that
// leads to none.
func AttributeAt(path string) (number int, kind Kind) {
	name := strings.Join(facts.AttributePieces(path), ".")
	number = slices.IndexFunc(attributes[:], func(a Attribute) bool { return a.Name == name })
	if number < 0 {
		return 0, Unreadable
	}
	return number, attributes[number].Kind
}

// reads reports whether an Envoy hands out the attribute with a path.
func (r release) reads(path string) bool {
	number, kind := AttributeAt(path)
	return kind != Unreadable && attributes[number].since <= r
}
