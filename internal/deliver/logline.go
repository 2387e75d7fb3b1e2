// SPDX-License-Identifier: Apache-2.0

package deliver

import "context"

// LogLine is the line of an access log about one request, in the words of docs/observability.md; what is nil is null there. It has what Envoy's
// access log service tells.
type LogLine struct {
	ResponseCode        int     `json:"response_code"`
	ResponseCodeDetails *string `json:"response_code_details,omitempty"`
	ResponseFlags       *string `json:"response_flags,omitempty"`
	Type                *string `json:"gateway_response_type,omitempty"`
	OriginalStatus      *string `json:"gateway_response_original_status,omitempty"`
	Entry               *string `json:"gateway_response_entry,omitempty"`
	ReplyOwner          *string `json:"reply_owner,omitempty"`
	// Duration is the time from the request to the end of the reply, in milliseconds.
	Duration        int64   `json:"duration"`
	BytesSent       uint64  `json:"bytes_sent"`
	GRPCStatus      *string `json:"grpc_status,omitempty"`
	RouteName       *string `json:"route_name,omitempty"`
	UpstreamCluster *string `json:"upstream_cluster,omitempty"`
	UpstreamHost    *string `json:"upstream_host,omitempty"`
	Method          string  `json:"method"`
	Path            string  `json:"path"`
	Authority       string  `json:"authority"`
	Scheme          *string `json:"scheme,omitempty"`
	Protocol        *string `json:"protocol,omitempty"`
	RequestID       *string `json:"request_id,omitempty"`
	// StartTime is in RFC 3339.
	StartTime     string  `json:"start_time"`
	RemoteAddress *string `json:"downstream_remote_address,omitempty"`
}

// LogReader takes lines of access logs of requests that somebody waits for.
type LogReader interface {
	// Logged takes a line that a node of a gateway wrote, with the word by which the request is known. The word is a stranger's: anybody can
	// send one through an Envoy.
	Logged(ctx context.Context, gateway, word string, line LogLine)
}
