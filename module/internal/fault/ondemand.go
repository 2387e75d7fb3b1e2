// SPDX-License-Identifier: Apache-2.0

//go:build faults

package fault

import (
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// asking is the text that asks for faults: the document, or what a route says, that was loaded last.
var asking atomic.Pointer[string]

// In has the part that loads text fail as that says, and other parts from then on.
func In(part, text string) {
	text = strings.Clone(text)
	asking.Store(&text)
	Provoke(part)
}

// Provoke has a part fail as the document says: "x-decide": "panic".
func Provoke(part string) {
	text := asking.Load()
	if text == nil {
		return
	}
	if _, rest, found := strings.Cut(*text, `"x-`+part+`": "`); found {
		how, _, _ := strings.Cut(rest, `"`)
		fail(how)
	}
}

// nothing is nil.
var nothing *int

// held is memory that is not given back.
var held [][]byte

// fail fails: in ways that Go recovers from, and then in those from which nothing does.
func fail(how string) {
	switch how {
	case "panic":
		panic("provoked")
	case "nil":
		*nothing = 1
	case "throw":
		new(sync.Mutex).Unlock()
	case "overflow":
		held = append(held, make([]byte, overflow(1)&1))
	case "wild":
		const nowhere = 1 << 40
		*(*int)(unsafe.Add(unsafe.Pointer(nil), nowhere)) = 1
	case "exhaust":
		for {
			held = append(held, make([]byte, 16<<20))
		}
	}
}

// overflow calls itself until the stack is exhausted: n never becomes negative before.
func overflow(n int) int {
	if n < 0 {
		return 0
	}
	return n + overflow(n+1)
}
