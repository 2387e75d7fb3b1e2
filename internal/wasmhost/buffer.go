// SPDX-License-Identifier: Apache-2.0

package wasmhost

import "slices"

// Buffers, numbered as the ABI does.
const (
	bufferRequestBody         = 0
	bufferResponseBody        = 1
	bufferDownstreamData      = 2
	bufferUpstreamData        = 3
	bufferVMConfiguration     = 6
	bufferPluginConfiguration = 7
	bufferLast                = 8
)

// buffer is the data behind a number. It can be read only, unless it is the chunk at hand.
type buffer struct {
	data  []byte
	chunk *[]byte
}

// buffer returns what the callback may read. Outside their callbacks the bodies are empty; the configuration is not
// there. Source: envoy extensions/common/wasm/context.cc, Context::getBuffer.
func (v *vm) buffer(kind uint64) (buffer, Status) {
	switch {
	case kind > bufferLast:
		return buffer{}, StatusBadArgument
	case kind == bufferResponseBody && v.at.stream != nil && v.at.stream.chunk != nil:
		chunk := v.at.stream.chunk
		return buffer{*chunk, chunk}, StatusOK
	case kind <= bufferUpstreamData || kind == bufferVMConfiguration:
		return buffer{}, StatusOK
	case kind == bufferPluginConfiguration && v.at.configuration != nil:
		return buffer{data: v.at.configuration}, StatusOK
	}
	return buffer{}, StatusNotFound
}

// getBuffer reads the part of the range that is there.
func (v *vm) getBuffer(in args) (result, Status) {
	b, status := v.buffer(in.numbers[0])
	if status != StatusOK {
		return result{}, status
	}
	size := uint64(len(b.data))
	start := min(in.numbers[1], size)
	end := min(in.numbers[1]+in.numbers[2], size)
	return result{data: b.data[start:end]}, StatusOK
}

func (v *vm) setBuffer(in args) (result, Status) {
	b, status := v.buffer(in.numbers[0])
	if status != StatusOK {
		return result{}, status
	}
	return result{}, b.set(in.numbers[1], in.numbers[2], in.texts[0])
}

// set replaces the first length bytes when start is 0, appends when start is behind the end, and refuses anything
// between. Source: Buffer::copyFrom.
func (b buffer) set(start, length uint64, text string) Status {
	size := uint64(len(b.data))
	switch {
	case b.chunk == nil:
		return StatusBadArgument
	case start == 0:
		*b.chunk = append([]byte(text), b.data[min(length, size):]...)
	case start >= size:
		*b.chunk = slices.Concat(b.data, []byte(text))
	default:
		return StatusBadArgument
	}
	return StatusOK
}
