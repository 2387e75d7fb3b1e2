// SPDX-License-Identifier: Apache-2.0

//go:build faults

package main

import (
	"strconv"
	"strings"
	"sync"
)

// provoke has a callback of a stream fail as the metadata of Envoy's route says, under "faults" and the name of the callback.
func provoke(v *vm, callback string) {
	how, err := v.host.property(strings.Join([]string{"xds", "route_metadata", "filter_metadata", "faults", callback}, "\x00"))
	if err == nil {
		fail(string(how))
	}
}

// documents are those that the plugins of this VM were configured with.
var documents = map[*plugin]string{}

// provokeIn has a callback of a plugin fail as its document says: "x-on_tick": "panic".
func provokeIn(p *plugin, callback string) {
	if callback == "on_configure" {
		text, _ := p.vm.host.configuration() // none is empty
		documents[p] = string(text)
	}
	if _, rest, found := strings.Cut(documents[p], `"x-`+callback+`": "`); found {
		how, _, _ := strings.Cut(rest, `"`)
		fail(how)
	}
}

// held is memory that is not given back.
var held [][]byte

// fail fails: by a panic, which can be recovered from; by a fault of the Go runtime, an exhausted stack, or exhausted memory, which
// cannot; or not at all, but for a number of MiB that are held from then on.
func fail(how string) {
	switch {
	case how == "panic":
		panic("provoked")
	case how == "throw":
		new(sync.Mutex).Unlock()
	case how == "overflow":
		hold(overflow(1))
	case how == "exhaust":
		for {
			hold(16)
		}
	case strings.HasPrefix(how, "hold-"):
		if n, err := strconv.Atoi(how[len("hold-"):]); err == nil {
			hold(n)
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

// hold takes memory and writes to it, so that it is really there.
func hold(mebibytes int) {
	for range mebibytes {
		part := make([]byte, 1<<20)
		for i := 0; i < len(part); i += 4 << 10 {
			part[i] = 1
		}
		held = append(held, part)
	}
}
