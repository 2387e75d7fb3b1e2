// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

/*
#include <stdlib.h>
#include "bridge.h"
*/
import "C"

import (
	"runtime/cgo"
	"sync"
	"unsafe"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/filter"
	"gatewayresponses/module/internal/wire"
)

// maxSpareList is the size of the largest list whose memory is used again, in bytes.
const maxSpareList = 64 << 10

// lists holds lists for further replies.
var lists = sync.Pool{New: func() any { return &wire.List{} }}

// listFor hands out an empty list, and what copies it to C, which must be deferred: panic or not.
func listFor(to *C.gwr_list) (list *wire.List, hand func()) {
	list = lists.Get().(*wire.List) //nolint:forcetypeassert // the pool holds nothing else
	return list, func() {
		copyList(list.Bytes(), to)
		if list.Cap() <= maxSpareList {
			list.Reset()
			lists.Put(list)
		}
	}
}

// copyList copies a list to C.
func copyList(bytes []byte, to *C.gwr_list) {
	to.length = C.size_t(len(bytes))
	if len(bytes) > C.GWR_ROOM {
		to.at = (*C.char)(C.malloc(to.length)) // there is memory, or no Envoy
	}
	copy(unsafe.Slice((*byte)(unsafe.Pointer(to.at)), len(bytes)), bytes)
}

// gwrDecide decides on an error, and says what to do in a list. After a panic the reply is left.
//
//export gwrDecide
func gwrDecide(c *C.gwr_config, x *C.gwr_exchange, to *C.gwr_list) {
	list, hand := listFor(to)
	defer hand()
	defer func() {
		if cause := recover(); cause != nil {
			list.Reset()
			process().Panicked(cause)
		}
		process().CountPanics(list) // last: what another worker waits to have counted must not go with this list
	}()
	quoting := filterOf(c).Decide((*exchange)(x), int(x.status), view(x.details), bool(x.end_of_stream), list)
	if quoting != nil {
		x.quoting = C.uintptr_t(cgo.NewHandle(quoting))
	}
}

// exchange reads through C.
type exchange C.gwr_exchange

var _ filter.Exchange = (*exchange)(nil)

// c is the exchange as C knows it.
func (x *exchange) c() *C.gwr_exchange { return (*C.gwr_exchange)(x) }

// ReadHeaders reads both header maps.
func (x *exchange) ReadHeaders(f *facts.Facts) {
	C.gwr_read_headers(x.c())
	f.Request.Headers = appendViews(f.Request.Headers[:0], x.request, x.request_count)
	f.Reply.Headers = appendViews(f.Reply.Headers[:0], x.response, x.response_count)
}

// ReadFields reads what is asked for, in one call.
func (x *exchange) ReadFields(fields facts.Fields, f *facts.Facts) {
	C.gwr_read_fields(x.c(), C.uint32_t(fields))
	f.Request.Protocol, f.Request.Source, f.Request.Time = view(x.protocol), view(x.source), int64(x.time)
	f.Reply.Flags, f.Reply.Owner = facts.Flags(x.flags), copied(x.owner) // another read of filter state may use its memory
	f.Route.Name, f.Route.VirtualHost, f.Route.Cluster, f.Route.Upstream = view(x.route_name), view(x.virtual_host), view(x.cluster), view(x.upstream)
	f.Route.DocumentRoute, f.Route.Document = view(x.named), view(x.document)
	if x.off {
		f.Route.DocumentRoute = string(config.ModeOff)
	}
	f.Route.Document = f.Route.Document[:min(len(f.Route.Document), config.MaxRouteDocument+1)]
}

// PerRoute is what typed_per_filter_config says, which ReadFields has looked for.
func (x *exchange) PerRoute() *filter.Route {
	if x.route == 0 {
		return nil
	}
	return cgo.Handle(x.route).Value().(*filter.Route) //nolint:forcetypeassert // gwrLoadRoute has made it
}
