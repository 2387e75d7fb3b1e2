// SPDX-License-Identifier: Apache-2.0

package accesslog

import (
	"cmp"
	"strconv"
	"strings"
	"sync"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/grpcreply"
)

// Line is a line of an access log. It refers to the text that it was read from.
type Line struct {
	// Status is the one that the client got.
	Status int
	// Original is the one that the client would have got without the filter, 0 when the filter did not replace the reply, or the log
	// does not say so.
	Original int
	// Details are Envoy's response code details, "" for none.
	Details string
	values
}

// Logged is what the filter did with the reply at the time.
type Logged struct{ Type, Entry string }

// Logged is what the filter did with the reply, as the log has it; "" when it left the reply, or the log does not say.
func (l *Line) Logged() Logged { return Logged{text(l.raw[loggedType]), text(l.raw[loggedEntry])} }

// Flags are the response flags, "UF,URX", "" for none.
func (l *Line) Flags() string { return text(l.raw[flags]) }

// RequestID is the id of the request, "" for none.
func (l *Line) RequestID() string { return text(l.raw[requestID]) }

// EnvoyStatus is the status that Envoy, or the upstream, gave the reply before the filter saw it.
func (l *Line) EnvoyStatus() int { return cmp.Or(l.Original, l.Status) }

// Lacks names what the line does not say at all, not even that there is none, and that a reply can depend on.
func (l *Line) Lacks() []string {
	var names []string
	for _, f := range [...]field{
		startTime, method, path, authority, scheme, protocol, requestID, clientAddress, details, flags, owner, bytesSent, routeName, virtualHost, cluster,
		upstreamHost, originalStatus,
	} {
		if l.lacks[f] {
			names = append(names, fieldNames[f])
		}
	}
	if l.lacks[routeNamed] && l.lacks[hostNamed] && l.lacks[routeAnnotation] {
		names = append(names, "route_metadata")
	}
	if l.lacksRequestHeaders {
		names = append(names, fieldNames[requestHeaders])
	}
	return names
}

// Exchange is the exchange that the line is about, before the filter saw the reply.
func (l *Line) Exchange() exchange.Exchange {
	x := exchange.Exchange{
		Request: exchange.Request{
			Method: text(l.raw[method]), Path: text(l.raw[path]), Host: text(l.raw[authority]), Scheme: text(l.raw[scheme]),
			Protocol: text(l.raw[protocol]), Source: text(l.raw[clientAddress]), Time: l.time(),
		},
		Error: exchange.Error{
			Details: l.Details, Status: l.EnvoyStatus(), Owner: text(l.raw[owner]), Upstream: l.Details == viaUpstream, Body: l.body(),
		},
		Envoy: exchange.Envoy{
			RouteName: text(l.raw[routeName]), VirtualHost: text(l.raw[virtualHost]), Cluster: text(l.raw[cluster]), Upstream: text(l.raw[upstreamHost]),
		},
	}
	x.Error.Flags = parseFlags(text(l.raw[flags]))
	if id := l.RequestID(); id != "" {
		x.Request.Headers = append(x.Request.Headers, facts.Header{Name: facts.RequestIDHeader, Value: id})
	}
	l.placeRoute(&x.Envoy)
	l.addMembers(&x)
	if l.Original == 0 && l.isGRPCError() {
		x.Error.Status = statusOfGRPC(text(l.raw[grpcStatus]))
	}
	return x
}

// time is when the request began.
func (l *Line) time() time.Time {
	t, err := time.Parse(time.RFC3339, text(l.raw[startTime]))
	if err != nil {
		return time.Time{}
	}
	return t
}

// parseFlags reads the flags that Envoy has, and passes over others.
func parseFlags(list string) facts.Flags {
	var flags facts.Flags
	for name := range strings.SplitSeq(list, ",") {
		flags |= facts.ParseFlag(name)
	}
	return flags
}

// Unlogged stands for a body that the log does not have.
const Unlogged = "(not in the access log)"

// body is the body that the reply had: what was left went out with it, but for a client of gRPC, which gets its text in a header. Nil
// is that of a typical error with these details.
func (l *Line) body() *string {
	sent, err := strconv.Atoi(text(l.raw[bytesSent]))
	if err != nil || l.Original != 0 || l.raw[loggedType] != nil || text(l.raw[method]) == "HEAD" || l.isGRPCError() {
		return nil
	}
	body := ""
	if sent > 0 {
		body = Unlogged
	}
	return &body
}

// placeRoute says what the metadata of Envoy's route and virtual host says, in the order in which the filter asks.
func (l *Line) placeRoute(e *exchange.Envoy) {
	e.RouteDocument, e.DocumentRoute = text(l.raw[routeDocument]), cmp.Or(named(l, routeNamed), named(l, routeAnnotation))
	if e.RouteDocument == "" && e.DocumentRoute == "" {
		e.RouteDocument, e.DocumentRoute = text(l.raw[hostDocument]), named(l, hostNamed)
	}
}

// named is the name that a value of metadata stands for: YAML makes a boolean of "off" without quotes.
func named(l *Line, f field) string {
	name := text(l.raw[f])
	if name == "false" && l.raw[f].Kind() == 'f' {
		return string(config.ModeOff)
	}
	return name
}

// addMembers adds headers and attributes.
func (l *Line) addMembers(x *exchange.Exchange) {
	for _, m := range l.members {
		name, value := text(m.name), text(m.value)
		switch m.of {
		case requestHeaders:
			if name = strings.ToLower(name); !strings.HasPrefix(name, ":") && name != "host" {
				x.Request.Headers = append(x.Request.Headers, facts.Header{Name: name, Value: value})
			}
		case responseHeaders:
			x.Error.Headers = append(x.Error.Headers, facts.Header{Name: strings.ToLower(name), Value: value})
		default:
			if path := AttributePath(name); path != "" {
				if x.Envoy.Attributes == nil {
					x.Envoy.Attributes = facts.Attributes{}
				}
				x.Envoy.Attributes[path] = value
			}
		}
	}
}

// AttributePath is the path of an attribute whose name is written as in a template, behind "context.envoy.", or for the metadata of
// Envoy's route "route_metadata.NAMESPACE/KEY"; "" for another name.
func AttributePath(name string) string {
	kind, key, _ := strings.Cut(name, ".")
	switch kind {
	case "metadata":
		return facts.MetadataPath(key)
	case "route_metadata":
		return facts.RouteMetadataPath(strings.Split(key, "/")...)
	case "filterState":
		return facts.AttributePath("filter_state", key)
	case "attribute":
		return facts.AttributePath(strings.Split(key, ".")...)
	}
	return ""
}

// statusesOfGRPC are the HTTP statuses that most probably became a gRPC status, by its number and by the names that %GRPC_STATUS% writes,
// in upper case without underscores.
var statusesOfGRPC = sync.OnceValue(func() map[string]int {
	statuses := map[string]int{"": 0}
	for _, status := range config.GRPCStatuses() {
		probable := grpcreply.HTTPStatus(int(status))
		statuses[status.Number()], statuses[strings.ReplaceAll(status.String(), "_", "")] = probable, probable
	}
	return statuses
})

// statusOfGRPC is the HTTP status that most probably became a gRPC status, 0 for none, and 400 for what is no such status.
func statusOfGRPC(status string) int {
	if known, ok := statusesOfGRPC()[strings.ToUpper(strings.ReplaceAll(status, "_", ""))]; ok {
		return known
	}
	return facts.FirstError
}
