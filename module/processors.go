// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

/*
#include "bridge.h"
*/
import "C"

import "runtime"

// spareProcessors is how many of the runtime's processors stay idle while all workers have one: one for Envoy's main thread, which
// loads documents, and one more. Where none is idle the runtime takes those of workers away, time and again.
const spareProcessors = 2

// provide gives the runtime as many processors as threads of Envoy enter Go. A worker keeps its own until the runtime needs that for
// another, which can take 10 ms: a worker without one stands still. How many cores there are does not matter, since Envoy may have more
// workers than that, and workers are what runs on them.
func provide() {
	workers := int(C.envoy_dynamic_module_callback_get_concurrency())
	runtime.GOMAXPROCS(max(runtime.GOMAXPROCS(0), workers+spareProcessors))
}
