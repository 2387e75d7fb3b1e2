// SPDX-License-Identifier: Apache-2.0

package tries

import (
	"fmt"
	"strconv"
	"strings"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/explain"
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

// steps say in sentences how the reply that was expected comes about.
func steps(e *explain.Explanation) []string {
	if e == nil {
		return nil
	}
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	say("Envoy answers %d%s.", e.Error.Status, after(", ", e.Error.Details))
	if len(e.Error.Assumed) > 0 {
		say("Taken from what is typical of the error: %s.", strings.Join(e.Error.Assumed, ", "))
	}
	if e.Type.Name != "" {
		say("It is %s%s%s.", e.Type.Name, after(", known by ", e.Type.Reason), after(": ", e.Type.Row))
	}
	if e.Route.Name != "" {
		say("The request belongs to the route %s%s.", e.Route.Name, after(", at ", e.Route.ResourcePath))
	}
	for _, look := range e.Entry.Looks {
		found := "Not there"
		if look.Found {
			found = "Found"
		}
		say("%s: %s%s.", found, before(look.Place, "/"), look.Type)
	}
	if e.Entry.Left != "" {
		say("The reply is left as it is: %s.", e.Entry.Left)
	}
	if e.Reply.Replaced {
		say("The status is %d%s.", e.Status.Value, after(", by the ", e.Status.By))
	}
	for _, m := range e.Media {
		if m.Chosen {
			say("The body is the template of %s.", m.Key)
		}
	}
	return all
}

// after is a text with something before it, or nothing.
func after(lead, text string) string {
	if text == "" {
		return ""
	}
	return lead + text
}

// before is a text with something after it, or nothing.
func before(text, tail string) string {
	if text == "" {
		return ""
	}
	return text + tail
}
