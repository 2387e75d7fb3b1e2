// SPDX-License-Identifier: Apache-2.0

package abi

import (
	"bytes"
	"unsafe"
)

// resultSize is the size of the static buffer in bytes. It holds most header maps, and as much of a body as a reply can quote.
const resultSize = 16 << 10

// result is where the host call under way gets its result.
var result struct {
	buffer [resultSize]byte
	// vacant reports whether the call has not been given the buffer yet.
	vacant bool
	// memory is what the call was given. It keeps memory of its own alive until the result is taken.
	memory []byte
	// data and size are where the host stores address and length of the result, version and id where it stores numbers.
	data, size, version, id uint32
}

// expect prepares for a host call that returns data. What the call before returned is no longer valid.
func expect() {
	result.vacant = true
	result.memory = nil
	result.size = 0
}

// allocate is memory of size bytes for a result: the static buffer, or when that is too small or taken, memory of its own.
func allocate(size uint32) unsafe.Pointer {
	if result.vacant && size <= resultSize {
		result.vacant = false
		result.memory = result.buffer[:size]
	} else {
		result.memory = make([]byte, max(size, 1))
	}
	return unsafe.Pointer(unsafe.SliceData(result.memory))
}

// taken is the result of the host call that has returned, nil for none.
func taken() []byte {
	data := result.memory[:min(int(result.size), len(result.memory))]
	result.vacant = false
	result.memory = nil
	if len(data) == 0 {
		return nil
	}
	return data
}

// own is a result that stays valid: a copy of what is in the static buffer.
func own(data []byte) []byte {
	if unsafe.SliceData(data) == &result.buffer[0] {
		return bytes.Clone(data)
	}
	return data
}
