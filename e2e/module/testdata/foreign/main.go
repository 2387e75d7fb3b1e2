// SPDX-License-Identifier: Apache-2.0

// Command foreign is a dynamic module of Envoy in Go that is not ours, and takes liberties: it starts goroutines, makes garbage without
// end, forces collections, and runs into a nil pointer in every tenth reply.
package main

/*
#include <stdbool.h>
#include <stddef.h>
typedef struct { const char *at; size_t length; } text;
bool envoy_dynamic_module_callback_http_set_header(void *f, int type, text key, text value);
*/
import "C"

import (
	"runtime"
	"strconv"
	"sync/atomic"
	"time"
	"unsafe"
)

// garbage is the newest of it, and replies is how many there were.
var (
	garbage atomic.Pointer[[]byte]
	replies atomic.Int64
)

func main() {}

func init() {
	for range 4 {
		go func() {
			for range time.Tick(time.Millisecond) {
				made := make([]byte, 1<<20)
				garbage.Store(&made)
			}
		}()
	}
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			runtime.GC()
		}
	}()
}

// foreignReply numbers replies, but for every tenth.
//
//export foreignReply
func foreignReply(f unsafe.Pointer) {
	defer func() { _ = recover() }()
	n := replies.Add(1)
	if n%10 == 0 {
		var nobody *int64
		*nobody = n
	}
	name, value := "x-foreign", strconv.FormatInt(n, 10)
	C.envoy_dynamic_module_callback_http_set_header(f, 2, textOf(name), textOf(value))
}

// textOf is a text for a call of C, which does not keep it.
func textOf(text string) C.text {
	return C.text{at: (*C.char)(unsafe.Pointer(unsafe.StringData(text))), length: C.size_t(len(text))}
}
