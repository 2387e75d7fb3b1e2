// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/tetratelabs/wazero/api"
)

// Error numbers of WASI.
const (
	errnoSuccess = 0
	errnoBadF    = 8
	errnoFault   = 21
	errnoInval   = 28
	errnoNoEnt   = 44
	errnoNoSys   = 52
	errnoNotSup  = 58
)

// maxRandom is how many random bytes a call may ask for.
const maxRandom = 64 << 10

// wasiFunction is a function of wasi_snapshot_preview1. It gets its arguments as they are and returns an error number.
type wasiFunction struct {
	// params has "i" for an i32 and "l" for an i64.
	params string
	run    func(*vm, []uint64) uint32
}

// wasiFunctions are the functions that Go imports, answered as Envoy does. Source: cpp-host exports.cc,
// wasi_unstable_*.
var wasiFunctions = map[string]wasiFunction{
	"args_get":            {"ii", answer(errnoSuccess)},
	"args_sizes_get":      {"ii", (*vm).argsSizesGet},
	"environ_get":         {"ii", (*vm).environGet},
	"environ_sizes_get":   {"ii", (*vm).environSizesGet},
	"clock_time_get":      {"ili", (*vm).clockTimeGet},
	"fd_close":            {"i", answer(errnoSuccess)},
	"fd_fdstat_get":       {"ii", (*vm).fdFdstatGet},
	"fd_fdstat_set_flags": {"ii", answer(errnoNoSys)},
	"fd_prestat_dir_name": {"iii", answer(errnoNoSys)},
	"fd_prestat_get":      {"ii", answer(errnoBadF)},
	"fd_write":            {"iiii", (*vm).fdWrite},
	"path_open":           {"iiiiillii", answer(errnoNoEnt)},
	"poll_oneoff":         {"iiii", (*vm).pollOneoff},
	"proc_exit":           {"i", (*vm).procExit},
	"random_get":          {"ii", (*vm).randomGet},
	"sched_yield":         {"", answer(errnoSuccess)},
}

// answer is a function that does nothing.
func answer(errno uint32) func(*vm, []uint64) uint32 {
	return func(*vm, []uint64) uint32 { return errno }
}

func (f wasiFunction) host(name string) api.GoModuleFunc {
	return func(ctx context.Context, _ api.Module, stack []uint64) {
		v := vmOf(ctx)
		v.enter(name)
		for i, letter := range f.params {
			if letter == 'i' {
				stack[i] = uint64(uint32(stack[i])) // the upper half is undefined
			}
		}
		if errno := f.run(v, stack); len(stack) > 0 {
			stack[0] = uint64(errno)
		}
	}
}

// stored turns the success of a write to memory into an error number.
func stored(ok bool) uint32 {
	if !ok {
		return errnoFault
	}
	return errnoSuccess
}

func (v *vm) argsSizesGet(a []uint64) uint32 {
	return stored(v.memory().WriteUint32Le(uint32(a[0]), 0) && v.memory().WriteUint32Le(uint32(a[1]), 0))
}

func (v *vm) environSizesGet(a []uint64) uint32 {
	count, size := uint32(len(v.base.env)), uint32(len(strings.Join(v.base.env, "\x00")))
	if count > 0 {
		size++
	}
	return stored(v.memory().WriteUint32Le(uint32(a[0]), count) && v.memory().WriteUint32Le(uint32(a[1]), size))
}

func (v *vm) environGet(a []uint64) uint32 {
	list, text := uint32(a[0]), uint32(a[1])
	for _, line := range v.base.env {
		if !v.memory().WriteUint32Le(list, text) || !v.memory().WriteString(text, line+"\x00") {
			return errnoFault
		}
		list += 4
		text += uint32(len(line)) + 1
	}
	return errnoSuccess
}

// epoch is where the monotonic clock begins.
var epoch = time.Now()

func (v *vm) clockTimeGet(a []uint64) uint32 {
	var now int64
	switch a[0] {
	case 0:
		now = v.base.clock()
	case 1:
		now = int64(time.Since(epoch))
	default:
		return errnoNotSup
	}
	return stored(v.memory().WriteUint64Le(uint32(a[2]), uint64(now)))
}

// fdFdstatGet knows standard output and error only: 24 bytes, of which the rights to write are not zero.
func (v *vm) fdFdstatGet(a []uint64) uint32 {
	if a[0] != 1 && a[0] != 2 {
		return errnoBadF
	}
	stat := make([]byte, 24)
	stat[8] = 64
	return stored(v.memory().Write(uint32(a[1]), stat))
}

// fdWrite logs what goes to standard output at info, to standard error at error. Each write is a line.
func (v *vm) fdWrite(a []uint64) uint32 {
	level, ok := map[uint64]int{1: levelInfo, 2: levelError}[a[0]]
	if !ok {
		return errnoBadF
	}
	text, ok := v.gather(uint32(a[1]), uint32(a[2]))
	if !ok {
		return errnoFault
	}
	if text != "" {
		v.logLine(level, strings.TrimSuffix(text, "\n"))
	}
	return stored(v.memory().WriteUint32Le(uint32(a[3]), uint32(len(text))))
}

// gather reads count pieces, pointer and size each.
func (v *vm) gather(at, count uint32) (string, bool) {
	var text strings.Builder
	for range count {
		pointer, ok1 := v.memory().ReadUint32Le(at)
		size, ok2 := v.memory().ReadUint32Le(at + 4)
		piece, ok3 := v.memory().Read(pointer, size)
		if !ok1 || !ok2 || !ok3 {
			return "", false
		}
		text.Write(piece)
		at += 8
	}
	return text.String(), true
}

// pollOneoff reports every subscription as ready at once: a 32-byte event for each 48-byte subscription, with the same
// user data and type. Envoy before 1.39 did not have it.
func (v *vm) pollOneoff(a []uint64) uint32 {
	if v.base.key.pollOneoffFails {
		return errnoNoSys
	}
	in, out, count := uint32(a[0]), uint32(a[1]), uint32(a[2])
	for i := range count {
		subscription, ok := v.memory().Read(in+48*i, 48)
		if !ok {
			return errnoFault
		}
		event := make([]byte, 32)
		copy(event, subscription[:8])
		event[10] = subscription[8]
		if !v.memory().Write(out+32*i, event) {
			return errnoFault
		}
	}
	return stored(v.memory().WriteUint32Le(uint32(a[3]), count))
}

// procExit ends the VM; the panic is a trap for the guest.
func (v *vm) procExit(a []uint64) uint32 {
	panic(fmt.Errorf("the module exited with code %d", uint32(a[0])))
}

func (v *vm) randomGet(a []uint64) uint32 {
	if a[1] > maxRandom {
		return errnoInval
	}
	random := make([]byte, a[1])
	_, _ = rand.Read(random) // never fails
	return stored(v.memory().Write(uint32(a[0]), random))
}
