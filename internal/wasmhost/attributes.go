// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"net"
	"strconv"
	"strings"
)

// attributes are those that come from Facts, by path with dots between; nil is absent. Exchange.Properties adds others.
// Source: envoy extensions/filters/common/expr/context.cc.
var attributes = map[string]func(*Stream) any{
	"request.path":      requestHeader(":path"),
	"request.host":      requestHeader(":authority"),
	"request.scheme":    requestHeader(":scheme"),
	"request.method":    requestHeader(":method"),
	"request.referer":   requestHeader("referer"),
	"request.useragent": requestHeader("user-agent"),
	"request.id":        requestHeader("x-request-id"),
	"request.headers":   headersAttribute(mapRequestHeaders),
	"request.url_path":  func(s *Stream) any { return s.cutPath(func(path, _ string) string { return path }) },
	"request.query":     func(s *Stream) any { return s.cutPath(func(_, query string) string { return query }) },
	"request.protocol":  func(s *Stream) any { return known(s.x.Facts.Request.Protocol) },
	"request.time":      func(s *Stream) any { return known(s.x.Facts.Request.Time) },
	"request.size":      (*Stream).requestSize,

	"response.code":         func(s *Stream) any { return s.afterReply(int64(s.code)) },
	"response.code_details": func(s *Stream) any { return s.afterReply(s.details) },
	"response.flags":        (*Stream).flagsAttribute,
	"response.grpc_status":  func(s *Stream) any { return s.afterReply(s.grpcStatus()) },
	"response.headers":      headersAttribute(mapResponseHeaders),
	"response.size":         func(s *Stream) any { return int64(len(s.outcome.Body)) },

	"connection.id":                    func(*Stream) any { return uint64(1) },
	"connection.mtls":                  func(*Stream) any { return false },
	"connection.requested_server_name": func(*Stream) any { return "" },
	"source.address":                   func(s *Stream) any { return known(s.x.Facts.Request.Source) },
	"source.port":                      func(s *Stream) any { return port(s.x.Facts.Request.Source) },
	"upstream.address":                 func(s *Stream) any { return known(s.x.Facts.Route.Upstream) },
	"upstream.port":                    func(s *Stream) any { return port(s.x.Facts.Route.Upstream) },

	"xds.route_name":        func(s *Stream) any { return s.onRoute(s.x.Facts.Route.Name) },
	"xds.virtual_host_name": func(s *Stream) any { return s.onRoute(s.x.Facts.Route.VirtualHost) },
	"xds.cluster_name":      func(s *Stream) any { return known(s.x.Facts.Route.Cluster) },
	"xds.filter_chain_name": func(*Stream) any { return "" },
}

// visible is the map that attributes are taken from: that of the callback, in on_log else that of the access log.
func (s *Stream) visible(kind uint64) *headerMap {
	if headers := s.writable(kind); headers != nil {
		return headers
	}
	return s.readable(kind)
}

func requestHeader(name string) func(*Stream) any {
	return func(s *Stream) any {
		headers := s.visible(mapRequestHeaders)
		if headers == nil {
			return nil
		}
		value, ok := headers.get(name)
		if !ok {
			return nil
		}
		return value
	}
}

func headersAttribute(kind uint64) func(*Stream) any {
	return func(s *Stream) any {
		headers := s.visible(kind)
		if headers == nil {
			return nil
		}
		return headers.lines
	}
}

// cutPath takes a part of :path, which ends at a fragment.
func (s *Stream) cutPath(part func(path, query string) string) any {
	headers := s.visible(mapRequestHeaders)
	if headers == nil {
		return nil
	}
	whole, _ := headers.get(":path")
	path, query, _ := strings.Cut(whole, "?")
	query, _, _ = strings.Cut(query, "#")
	return part(path, query)
}

// requestSize is the content-length, as long as it can be read; then it is the bytes received, of which there are none.
func (s *Stream) requestSize() any {
	headers := s.visible(mapRequestHeaders)
	if headers == nil {
		return int64(0)
	}
	text, ok := headers.get("content-length")
	if !ok {
		return int64(0)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil
	}
	return n
}

// known is nil for a fact that is zero.
func known[T comparable](fact T) any {
	var zero T
	if fact == zero {
		return nil
	}
	return fact
}

// port is the port of "ip:port".
func port(address string) any {
	_, digits, err := net.SplitHostPort(address)
	if err != nil {
		return nil
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return nil
	}
	return n
}

// onRoute is a value that every route has, empty or not.
func (s *Stream) onRoute(value string) any {
	if known(s.x.Facts.Route) == nil {
		return nil
	}
	return value
}

// flagsAttribute is the bit mask, which is 0 before the reply.
func (s *Stream) flagsAttribute() any {
	if !s.replied {
		return int64(0)
	}
	return int64(s.flags)
}

// afterReply is a value that is not there before the reply.
func (s *Stream) afterReply(value any) any {
	if !s.replied {
		return nil
	}
	return value
}
