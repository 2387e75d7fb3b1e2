// SPDX-License-Identifier: Apache-2.0

//go:build module && fakeenvoy

package main

/*
#cgo LDFLAGS: -rdynamic
#include "bridge.h"
#include "fakeenvoy.h"
*/
import "C"

import (
	"strconv"
	"unsafe"

	"gatewayresponses/internal/facts"
)

// roomOfLists is how many bytes C has for a list.
const roomOfLists = C.GWR_ROOM

// fakeFilter is a filter that an Envoy for tests has configured.
type fakeFilter C.fake_config

// fakeLoad configures a filter. It is nil when the module refuses the document.
func fakeLoad(document string) *fakeFilter {
	return (*fakeFilter)(C.fake_load(textOf("gateway_responses"), textOf(document)))
}

// unload ends a filter.
func (f *fakeFilter) unload() { C.fake_unload((*C.fake_config)(f)) }

// invalid is what the gauge of bad documents has.
func invalid() uint64 { return uint64(C.fake_invalid) }

// revision is what the gauge of the revision in force has.
func revision() uint64 { return uint64(C.fake_revision) }

// fakeRoute is what a route of an Envoy for tests says in its typed_per_filter_config.
type fakeRoute struct{ module unsafe.Pointer }

// fakeLoadRoute has the module read what a route says.
func fakeLoadRoute(name, text string) fakeRoute {
	return fakeRoute{C.fake_load_route(textOf(name), textOf(text))}
}

// unload ends what a route says.
func (r fakeRoute) unload() { C.fake_unload_route(r.module) }

// count is how often one of filter.Counters was raised. They are the first metrics of a filter.
func (f *fakeFilter) count(place int) uint64 { return uint64(f.counted[place]) }

// counts is how often all counters were raised.
func (f *fakeFilter) counts() uint64 {
	var sum uint64
	for _, n := range f.counted[:f.metrics] {
		sum += uint64(n)
	}
	return sum
}

// fakeExchange is what comes to an Envoy for tests.
type fakeExchange struct {
	facts facts.Facts
	// chunks are the body of the original reply as it comes; with trailers there is one more event behind them.
	chunks   [][]byte
	trailers facts.Headers
	// piece is the size of the pieces that a chunk consists of, 0 for one.
	piece int
	// replaces is a reply that ended with its headers, whose place this one takes.
	replaces facts.Headers
	// perRoute is what the route says in its typed_per_filter_config.
	perRoute fakeRoute
	// beforeChunk, unless it is nil, is called before each chunk with its number.
	beforeChunk func(number int)
	// unmade says that the module had no memory for the stream.
	unmade bool
}

// fakeReply is what the client gets.
type fakeReply struct {
	status   int
	headers  facts.Headers
	body     []byte
	trailers facts.Headers
	// misuse is how many calls Envoy would not have expected.
	misuse int
}

// play has an exchange go through the filter, from its beginning to its end.
func (f *fakeFilter) play(e fakeExchange) fakeReply {
	x := C.fake_begin((*C.fake_config)(f))
	defer C.fake_end(x)
	if e.piece > 0 {
		x.piece = C.size_t(e.piece)
	}
	if e.unmade {
		C.fake_unmake(x)
	}
	x.per_route = e.perRoute.module
	know(x, &e.facts)
	addLines(x, C.GWR_REQUEST_HEADERS, e.facts.Request.Headers)
	if len(e.replaces) > 0 {
		addLines(x, C.GWR_RESPONSE_HEADERS, e.replaces)
		C.fake_response_headers(x, true)
		C.fake_withdraw(x)
	}
	addLines(x, C.GWR_RESPONSE_HEADERS, e.facts.Reply.Headers)
	addLines(x, C.GWR_RESPONSE_TRAILERS, e.trailers)
	C.fake_response_headers(x, C.bool(len(e.chunks) == 0 && len(e.trailers) == 0))
	for i, chunk := range e.chunks {
		if e.beforeChunk != nil {
			e.beforeChunk(i)
		}
		C.fake_response_body(x, textOf(string(chunk)), C.bool(i == len(e.chunks)-1 && len(e.trailers) == 0))
	}
	if len(e.trailers) > 0 {
		C.fake_response_trailers(x)
	}
	C.fake_complete(x)
	reply := fakeReply{
		headers:  linesOf(x, C.GWR_RESPONSE_HEADERS),
		trailers: linesOf(x, C.GWR_RESPONSE_TRAILERS),
		body:     []byte(copied(C.gwr_text{at: x.sent.at, length: x.sent.length})),
		misuse:   int(x.misuse),
	}
	status, _ := reply.headers.First(":status")
	reply.status, _ = strconv.Atoi(status)
	return reply
}

// know fills in what is known of an exchange beside its headers.
func know(x *C.fake_exchange, f *facts.Facts) {
	for attribute, text := range map[int]string{
		C.GWR_ATTRIBUTE_RESPONSE_CODE_DETAILS: f.Reply.Details,
		C.GWR_ATTRIBUTE_REQUEST_PROTOCOL:      f.Request.Protocol,
		C.GWR_ATTRIBUTE_SOURCE_ADDRESS:        f.Request.Source,
		C.GWR_ATTRIBUTE_UPSTREAM_ADDRESS:      f.Route.Upstream,
		C.GWR_ATTRIBUTE_ROUTE_NAME:            f.Route.Name,
		C.GWR_ATTRIBUTE_VIRTUAL_HOST_NAME:     f.Route.VirtualHost,
	} {
		setText(&x.attributes[attribute], text)
	}
	setText(&x.owner, f.Reply.Owner)
	setText(&x.cluster, f.Route.Cluster)
	setText(&x.route, f.Route.DocumentRoute)
	setText(&x.document, f.Route.Document)
	for attribute, number := range map[int]uint64{
		C.GWR_ATTRIBUTE_RESPONSE_CODE:  uint64(f.Reply.Status),
		C.GWR_ATTRIBUTE_RESPONSE_FLAGS: uint64(f.Reply.Flags),
	} {
		x.has_integer[attribute], x.integers[attribute] = true, C.uint64_t(number)
	}
}

// setText keeps a text, unless there is none.
func setText(place *C.gwr_text, text string) {
	if text != "" {
		C.fake_set_text(place, textOf(text))
	}
}

// addLines adds header lines.
func addLines(x *C.fake_exchange, headers C.int, lines facts.Headers) {
	for _, line := range lines {
		C.fake_add_header(x, headers, textOf(line.Name), textOf(line.Value))
	}
}

// linesOf are copies of header lines.
func linesOf(x *C.fake_exchange, headers C.int) facts.Headers {
	var lines facts.Headers
	for _, line := range appendViews(nil, x.headers[headers].lines, x.headers[headers].count) {
		lines = append(lines, facts.Header{Name: string([]byte(line.Name)), Value: string([]byte(line.Value))})
	}
	return lines
}
