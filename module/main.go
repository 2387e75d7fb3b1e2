// SPDX-License-Identifier: Apache-2.0

//go:build module

// Command module is the filter as an Envoy dynamic module: a shared library that Envoy 1.39 and later load into their process. It does
// what the Wasm filter does (see plugin), with the same engine and the same edits, and sees more: also replies that Envoy makes before any
// filter has the request.
//
//	config_new, config_destroy  a document becomes a filter                                hooks.c, load.go
//	per_route_config_new        what a route says to the filter                            hooks.c, load.go
//	response_headers            below 400 nothing; else one call of Go, which reads what   hooks.c, decide.go, read.c
//	                            it needs and hands back a list, which C carries out        apply.c
//	response_body, _trailers    put a known body in its place in C; ask Go for one that    body.c, quoting.go
//	                            quotes the original
//	stream_complete             count a reply whose body never came                        hooks.c
//
// The header abi.h declares what is used of Envoy's ABI, bridge.h what passes between C and Go, and module/internal has what needs no C.
//
// # Configuration
//
// filter_config of a DynamicModuleFilter is the document, as a StringValue; filter_name tells filters apart, as the name and root_id of a
// Wasm plugin do. A bad document stops nothing: the last good one of that name goes on, or else all replies pass. With
// GWR_ON_INVALID=refuse in the environment of Envoy it is refused, and so it is by "envoy --mode validate". A DynamicModuleFilterPerRoute called "route"
// holds the name of an entry of routes, or a mode, and one called "document" a route document. It goes before the metadata of the route.
//
// # Counters
//
// They are those of plugin, and add up in the same way. Envoy puts "dynamicmodulescustom." in front, and what stands in a name of the Wasm filter is a
// label here: gateway_responses has gateway_response_type and gateway_response_status, gateway_responses.left has
// gateway_response_left, gateway_responses.revision has gateway_responses_plugin, which is filter_name, and gateway_responses.build
// has gateway_responses_version. For Prometheus the names are the same where the runtime of Envoy sets
// envoy.reloadable_features.dynamic_modules_strip_custom_stat_prefix; "envoy_dynamicmodulescustom_" stands in front otherwise. There is no
// heartbeat, and no header is doubled or lost: the module ends with Envoy, and sends no nested replies.
//
// Filter state has the same keys, so access logs need no change.
//
// # Memory
//
// Texts that Go reads of an exchange are Envoy's memory, which changes when the reply does. So Go writes all edits into a list before C makes
// the first of them, copies what it needs for longer, and clears what it uses again (see package filter).
//
// # Threads
//
// All workers share one Go runtime, which has a processor for each (processors.go). The module starts no goroutine; those of the runtime
// itself collect garbage, and its timekeeper may oversleep (timerslack.c). Every entry of Go recovers
// from a panic: the original reply goes through, or the new one is brought to its end. What is no panic, such as exhausted memory, ends Envoy.
package main

/*
#cgo CFLAGS: -std=c11 -O2 -Wall -Wextra -Werror -D_GNU_SOURCE
#cgo LDFLAGS: -Wl,-z,now
#include "bridge.h"
*/
import "C"

import (
	"os"
	"sync"
	"time"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/engine"
	"gatewayresponses/module/internal/filter"
)

// main is never run: Envoy calls the hooks in hooks.c.
func main() {}

// process is what all filters share. It is made when the first document is loaded: Envoy must be there to be logged to.
var process = sync.OnceValue(func() *filter.Process {
	provide()
	host := hostOf(bool(C.gwr_is_140()))
	return filter.NewProcess(filter.Host{
		Log: logLine, Now: time.Now,
		Abilities: engine.LimitedTo(host.String(), host.Fields, host.Tells),
		OnInvalid: os.Getenv(filter.OnInvalidVariable),
		Validates: bool(C.envoy_dynamic_module_callback_is_validation_mode()),
	})
})

// hostOf is Envoy 1.40 or later, or 1.39.
func hostOf(is140 bool) ability.Host {
	version := "1.39"
	if is140 {
		version = "1.40"
	}
	host, _ := ability.Find(string(ability.Module) + "@" + version) // both are known
	return host
}
