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

// gwrBody says what becomes of a chunk of an original body that is quoted, and whether Envoy shall hold it.
//
//export gwrBody
func gwrBody(handle C.uintptr_t, f C.gwr_filter_envoy, size C.size_t, endOfStream C.bool, to *C.gwr_list) (hold C.bool) {
	list := listIn(to)
	defer hand(&list, to)
	defer survive()
	read := func(limit int) []byte {
		chunk := make([]byte, limit)
		return chunk[:C.gwr_read_chunk(f, (*C.char)(unsafe.Pointer(unsafe.SliceData(chunk))), C.size_t(limit))]
	}
	return C.bool(quotingOf(handle).Body(int(size), read, bool(endOfStream), &list))
}

// gwrTrailers says what becomes of the trailers that end such a body.
//
//export gwrTrailers
func gwrTrailers(handle C.uintptr_t, to *C.gwr_list) {
	list := listIn(to)
	defer hand(&list, to)
	defer survive()
	quotingOf(handle).Trailers(&list)
}

// gwrForget lets go of a reply that quotes.
//
//export gwrForget
func gwrForget(handle C.uintptr_t) {
	defer survive()
	fault.Provoke("forget")
	cgo.Handle(handle).Delete()
}

// quotingOf is the reply with a handle.
func quotingOf(handle C.uintptr_t) *filter.Quoting {
	return cgo.Handle(handle).Value().(*filter.Quoting) //nolint:forcetypeassert // gwrDecide has made it
}
