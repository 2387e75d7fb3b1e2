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
// # Memory
//
// Texts that Go reads of an exchange are Envoy's memory, which changes when the reply does. So Go writes all edits into a list before C makes
// the first of them, copies what it needs for longer, and clears what it uses again (see package filter).
//
// # Threads
//
// All workers share one Go runtime. The module starts no goroutine; those of the runtime itself collect garbage. Every entry of Go recovers
// from a panic: the original reply goes through, or the new one is brought to its end.
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
