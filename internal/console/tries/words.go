// SPDX-License-Identifier: Apache-2.0

package tries

import (
	"strconv"

	"gatewayresponses/internal/deliver"
)

// members are the members of a line that say something, what is looked for first in front.
func members(line *deliver.LogLine) []member {
	if line == nil {
		return nil
	}
	all := []member{{"response_code", strconv.Itoa(line.ResponseCode)}}
	for _, m := range []struct {
		name  string
		value *string
	}{
		{"response_code_details", line.ResponseCodeDetails},
		{"response_flags", line.ResponseFlags},
		{"gateway_response_type", line.Type},
		{"gateway_response_original_status", line.OriginalStatus},
		{"gateway_response_entry", line.Entry},
		{"reply_owner", line.ReplyOwner},
		{"grpc_status", line.GRPCStatus},
		{"route_name", line.RouteName},
		{"upstream_cluster", line.UpstreamCluster},
		{"upstream_host", line.UpstreamHost},
	} {
		if m.value != nil {
			all = append(all, member{m.name, *m.value})
		}
	}
	all = append(all, member{"duration", strconv.FormatInt(line.Duration, 10) + " ms"}, member{"bytes_sent", strconv.FormatUint(line.BytesSent, 10)})
	for _, m := range []struct {
		name  string
		value *string
	}{
		{"method", &line.Method},
		{"path", &line.Path},
		{"authority", &line.Authority},
		{"protocol", line.Protocol},
		{"request_id", line.RequestID},
		{"start_time", &line.StartTime},
		{"downstream_remote_address", line.RemoteAddress},
	} {
		if m.value != nil && *m.value != "" {
			all = append(all, member{m.name, *m.value})
		}
	}
	return all
}
