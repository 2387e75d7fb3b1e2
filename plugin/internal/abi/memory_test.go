// SPDX-License-Identifier: Apache-2.0

package abi

import (
	"bytes"
	"testing"
	"unsafe"
)

// hostCall plays a host call that returns data.
func hostCall(data []byte) []byte {
	expect()
	if len(data) > 0 {
		copy(unsafe.Slice((*byte)(allocate(uint32(len(data)))), len(data)), data)
		result.size = uint32(len(data))
	}
	return taken()
}

func TestResults(t *testing.T) {
	for _, size := range []int{0, 1, resultSize - 1, resultSize, resultSize + 1, 1 << 20} {
		want := bytes.Repeat([]byte("x"), size)
		if got := hostCall(want); !bytes.Equal(got, want) {
			t.Errorf("a result of %d bytes has %d", size, len(got))
		}
	}
	if got := hostCall(nil); got != nil {
		t.Errorf("no result = %q, want nil", got)
	}
}

// TestResultsOfTheirOwn holds that an owned result outlives the next call, and that the static buffer is used again.
func TestResultsOfTheirOwn(t *testing.T) {
	borrowed := hostCall([]byte("one"))
	owned := own(borrowed)
	large := own(hostCall(bytes.Repeat([]byte("l"), resultSize+1)))
	hostCall([]byte("two"))
	if string(borrowed) != "two" || string(owned) != "one" || large[0] != 'l' {
		t.Errorf("after another call borrowed, owned, large = %q, %q, %q; want two, one, l", borrowed, owned, large[0])
	}
	if allocations := testing.AllocsPerRun(100, func() { hostCall([]byte("three")) }); allocations != 0 {
		t.Errorf("allocations for a small result = %v, want 0", allocations)
	}
}

// TestAllocateOutsideOfCalls holds that memory which nobody waits for is never the static buffer, nor that of two in one call.
func TestAllocateOutsideOfCalls(t *testing.T) {
	hostCall([]byte("one"))
	buffer := unsafe.Pointer(&result.buffer[0])
	if allocate(3) == buffer {
		t.Error("memory outside of a call is the static buffer")
	}
	expect()
	if allocate(3) != buffer || allocate(3) == buffer {
		t.Error("the static buffer is not given once in a call")
	}
	if allocate(0) == nil {
		t.Error("memory of no bytes has no address")
	}
}
