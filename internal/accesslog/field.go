// SPDX-License-Identifier: Apache-2.0

package accesslog

import "strings"

// field is something that a line says.
type field uint8

// The fields.
const (
	startTime field = iota
	method
	path
	authority
	scheme
	protocol
	requestID
	clientAddress
	responseCode
	details
	flags
	grpcStatus
	bytesSent
	owner
	routeName
	virtualHost
	cluster
	upstreamHost
	routeNamed
	routeDocument
	routeAnnotation
	hostNamed
	hostDocument
	loggedType
	originalStatus
	loggedEntry
	fieldCount
)

// A header or an attribute is a member of an object, whose name is that of the header or attribute.
const (
	requestHeaders = fieldCount + iota
	responseHeaders
	attributes
)

// fieldNames are the names of fields, by field: each is the path of the member in our format, with dots between.
var fieldNames = [...]string{
	startTime:       "start_time",
	method:          "method",
	path:            "path",
	authority:       "authority",
	scheme:          "scheme",
	protocol:        "protocol",
	requestID:       "request_id",
	clientAddress:   "downstream_remote_address",
	responseCode:    "response_code",
	details:         "response_code_details",
	flags:           "response_flags",
	grpcStatus:      "grpc_status",
	bytesSent:       "bytes_sent",
	owner:           "reply_owner",
	routeName:       "route_name",
	virtualHost:     "virtual_host",
	cluster:         "upstream_cluster",
	upstreamHost:    "upstream_host",
	routeNamed:      "route_metadata.route",
	routeDocument:   "route_metadata.document",
	routeAnnotation: "envoy_gateway_resources.0.annotations.gateway-responses",
	hostNamed:       "virtual_host_metadata.route",
	hostDocument:    "virtual_host_metadata.document",
	loggedType:      "gateway_response_type",
	originalStatus:  "gateway_response_original_status",
	loggedEntry:     "gateway_response_entry",
	requestHeaders:  "request_headers",
	responseHeaders: "response_headers",
	attributes:      "attributes",
}

// otherNames are what Istio and Envoy Gateway call fields in the JSON logs that they write by default, where that differs.
// Source: istio pilot/pkg/model/telemetry_logging.go, envoyproxy/gateway internal/xds/translator/accesslog.go.
var otherNames = map[string]string{
	":authority":          "authority",
	"x-envoy-origin-path": "path",
	"x-request-id":        "request_id",
	"user-agent":          "request_headers.user-agent",
	"user_agent":          "request_headers.user-agent",
	"x-forwarded-for":     "request_headers.x-forwarded-for",
	"x_forwarded_for":     "request_headers.x-forwarded-for",
}

// parseField finds what a name of ours means: a field, or for a header or an attribute the object and its member.
func parseField(name string) (f field, member string, ok bool) {
	for f, known := range fieldNames {
		if known == name {
			return field(f), "", true
		}
	}
	object, member, _ := strings.Cut(name, ".")
	for _, f := range [...]field{requestHeaders, responseHeaders, attributes} {
		if fieldNames[f] == object && member != "" {
			return f, member, true
		}
	}
	return 0, "", false
}
