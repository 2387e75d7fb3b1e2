// SPDX-License-Identifier: Apache-2.0

package wasmhost

import "strconv"

// Status is what a host call returns. Source: cpp-host include/proxy-wasm/context_interface.h, WasmResult.
type Status uint32

// The statuses in use.
const (
	StatusOK                   Status = 0
	StatusNotFound             Status = 1
	StatusBadArgument          Status = 2
	StatusSerializationFailure Status = 3
	StatusInvalidMemoryAccess  Status = 6
	StatusCasMismatch          Status = 8
	StatusUnimplemented        Status = 12
)

var statusNames = map[Status]string{
	StatusOK:                   "ok",
	StatusNotFound:             "not found",
	StatusBadArgument:          "bad argument",
	StatusSerializationFailure: "serialization failure",
	StatusInvalidMemoryAccess:  "invalid memory access",
	StatusCasMismatch:          "cas mismatch",
	StatusUnimplemented:        "unimplemented",
}

// String is the status in words.
func (s Status) String() string {
	if name, ok := statusNames[s]; ok {
		return name
	}
	return "status " + strconv.Itoa(int(s))
}
