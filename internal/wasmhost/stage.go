// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"fmt"
	"slices"
)

// stage is what a VM is doing. In some stages most host calls are forbidden: Envoy then kills the VM.
type stage uint8

// The stages. Nothing is forbidden while serving.
const (
	serving stage = iota
	initializing
	allocating
)

// allowed are the host calls that are not forbidden. Source: cpp-host wasm.cc startVm, and wasm.h allocMemory.
var allowed = map[stage][]string{
	initializing: {
		"proxy_log", "fd_write", "args_sizes_get", "args_get", "environ_sizes_get", "environ_get", "fd_prestat_get",
		"fd_prestat_dir_name", "fd_fdstat_get", "fd_fdstat_set_flags", "clock_time_get", "random_get", "poll_oneoff",
	},
	allocating: {"proxy_log", "fd_write", "clock_time_get", "poll_oneoff"},
}

var stageNames = map[stage]string{initializing: "_initialize", allocating: "the allocator"}

// enter begins a host call. The panic is a trap for the guest.
func (v *vm) enter(name string) {
	if v.stage == serving {
		return
	}
	old := v.stage == allocating && name == "poll_oneoff" && v.base.key.pollOneoffFails
	if old || !slices.Contains(allowed[v.stage], name) {
		panic(fmt.Errorf("%s is forbidden in %s", name, stageNames[v.stage]))
	}
}
