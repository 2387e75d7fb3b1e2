// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

/*
#include "bridge.h"
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"

	"gatewayresponses/module/internal/fault"
	"gatewayresponses/module/internal/filter"
)

// A gwr_config has a place for each.
var (
	_ [C.GWR_COUNTERS]filter.Counter = filter.Counters
	_ [C.GWR_GAUGES]filter.Gauge     = filter.Gauges
)

// gwrLoad makes a filter of a document; false refuses it.
//
//export gwrLoad
func gwrLoad(c *C.gwr_config, name, document C.gwr_text) (ok C.bool) {
	defer func() {
		if cause := recover(); cause != nil {
			process().Panicked(cause)
			ok, c.passes = true, true
		}
	}()
	fault.In("load", view(document))
	loaded, readings, accepted := process().Load(copied(name), []byte(view(document)))
	if !accepted {
		return false
	}
	c.handle = C.uintptr_t(cgo.NewHandle(loaded))
	for place, counter := range filter.Counters {
		define(c, place, counter)
	}
	for place, gauge := range filter.Gauges {
		C.gwr_define_gauge(c, C.size_t(place), textOf(gauge.Name), textOf(gauge.Label))
	}
	show(c, readings)
	gate := loaded.Gate()
	c.passes, c.idle, c.grpc = C.bool(gate.Passes), C.bool(gate.Idle), C.bool(gate.GRPC)
	c.leaves_upstream, c.wants_time, c.lowest = C.bool(gate.LeavesUpstream), C.bool(gate.Time), C.uint32_t(gate.LowestStatus)
	c.fields = C.uint32_t(gate.Fields)
	return true
}

// gwrUnload ends a filter.
//
//export gwrUnload
func gwrUnload(c *C.gwr_config) {
	defer survive()
	fault.Provoke("unload")
	if c.handle != 0 {
		handle := cgo.Handle(c.handle)
		show(c, filterOf(c).Unload())
		handle.Delete()
	}
}

// gwrLoadRoute makes what a route says to the filter; false refuses it. After a panic it says nothing.
//
//export gwrLoadRoute
func gwrLoadRoute(r *C.gwr_route, name, text C.gwr_text) (ok C.bool) {
	defer func() {
		if cause := recover(); cause != nil {
			process().Panicked(cause)
			ok = true
		}
	}()
	fault.In("load_route", view(text))
	route, accepted := process().LoadRoute(copied(name), copied(text))
	if accepted {
		r.handle = C.uintptr_t(cgo.NewHandle(route))
	}
	return C.bool(accepted)
}

// gwrUnloadRoute lets go of what a route said.
//
//export gwrUnloadRoute
func gwrUnloadRoute(r *C.gwr_route) {
	defer survive()
	fault.Provoke("unload_route")
	if r.handle != 0 {
		cgo.Handle(r.handle).Delete()
	}
}

// gwrRefused logs that a reply was left, or replaced in part.
//
//export gwrRefused
func gwrRefused() {
	defer survive()
	fault.Provoke("refused")
	process().Refused()
}

// filterOf is the filter of a configuration.
func filterOf(c *C.gwr_config) *filter.Filter {
	return cgo.Handle(c.handle).Value().(*filter.Filter) //nolint:forcetypeassert // gwrLoad has made it
}

// survive logs a panic. It must be deferred itself.
func survive() {
	if cause := recover(); cause != nil {
		process().Panicked(cause)
	}
}

// define has Envoy make a counter.
func define(c *C.gwr_config, place int, counter filter.Counter) {
	labels := make([]C.gwr_text, len(counter.Labels))
	memory := pinner{}
	defer memory.Unpin()
	for i, label := range counter.Labels {
		labels[i] = memory.text(label)
	}
	C.gwr_define_counter(c, C.size_t(place), textOf(counter.Name), unsafe.SliceData(labels), C.size_t(len(labels)))
}

// show sets gauges.
func show(c *C.gwr_config, readings []filter.Reading) {
	for _, r := range readings {
		C.gwr_set_gauge(c, C.size_t(r.Gauge), textOf(r.LabelValue), C.uint64_t(r.Value))
	}
}
