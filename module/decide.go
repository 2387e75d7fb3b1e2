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
	"strings"
	"unsafe"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/filter"
	"gatewayresponses/module/internal/wire"
)

// listIn is an empty list in the memory that C has for it.
func listIn(to *C.gwr_list) wire.List {
	return wire.In(unsafe.Slice((*byte)(unsafe.Pointer(to.at)), C.GWR_ROOM))
}

// hand hands a list to C. One that has become longer than C's memory stands in Go's, also after Reset.
func hand(list *wire.List, to *C.gwr_list) {
	bytes := list.Bytes()
	to.length = C.size_t(len(bytes))
	if unsafe.Pointer(unsafe.SliceData(bytes)) == unsafe.Pointer(to.at) {
		return
	}
	if len(bytes) > C.GWR_ROOM {
		to.at = (*C.char)(C.malloc(to.length)) // there is memory, or no Envoy
	}
	copy(unsafe.Slice((*byte)(unsafe.Pointer(to.at)), len(bytes)), bytes)
}

// gwrDecide decides on an error, and says what to do in a list. After a panic the reply is left.
//
//export gwrDecide
func gwrDecide(c *C.gwr_config, x *C.gwr_exchange, to *C.gwr_list) {
	list := listIn(to)
	defer hand(&list, to) // panic or not
	defer func() {
		if cause := recover(); cause != nil {
			list.Reset()
			process().Panicked(cause)
		}
		process().CountPanics(&list) // last: what another worker waits to have counted must not go with this list
	}()
	quoting := filterOf(c).Decide((*exchange)(x), int(x.status), view(x.details), bool(x.end_of_stream), &list)
	if quoting != nil {
		x.quoting = C.uintptr_t(cgo.NewHandle(quoting))
	}
}

// exchange reads through C.
type exchange C.gwr_exchange

var _ filter.Exchange = (*exchange)(nil)

// c is the exchange as C knows it.
func (x *exchange) c() *C.gwr_exchange { return (*C.gwr_exchange)(x) }

// ReadHeaders reads both header maps, which C has at hand.
func (x *exchange) ReadHeaders(f *facts.Facts) {
	f.Request.Headers = appendViews(f.Request.Headers[:0], x.request, x.request_count)
	f.Reply.Headers = appendViews(f.Reply.Headers[:0], x.response, x.response_count)
}

// ReadFields reads what is asked for. C has at hand what most errors ask for; the rest takes one call.
func (x *exchange) ReadFields(fields facts.Fields, f *facts.Facts) {
	if more := fields &^ facts.Fields(x.fields); more != 0 {
		C.gwr_read_fields(x.c(), C.uint32_t(more))
	}
	asked := func(field facts.Fields, text C.gwr_text) string {
		if !fields.Has(field) {
			return ""
		}
		return view(text)
	}
	f.Request.Protocol, f.Request.Source = asked(facts.FieldProtocol, x.protocol), asked(facts.FieldSource, x.source)
	f.Request.Time = int64(x.time)
	f.Reply.Owner = strings.Clone(asked(facts.FieldOwner, x.owner)) // another read of filter state may use its memory
	if fields.Has(facts.FieldFlags) {
		f.Reply.Flags = facts.Flags(x.flags)
	}
	f.Route.Name, f.Route.VirtualHost = asked(facts.FieldRouteName, x.route_name), asked(facts.FieldVirtualHost, x.virtual_host)
	f.Route.Cluster, f.Route.Upstream = asked(facts.FieldCluster, x.cluster), asked(facts.FieldUpstream, x.upstream)
	f.Route.DocumentRoute, f.Route.Document = asked(facts.FieldRouteMetadata, x.named), asked(facts.FieldRouteMetadata|facts.FieldRouteDocument, x.document)
	if bool(x.off) && fields.Has(facts.FieldRouteMetadata) {
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
