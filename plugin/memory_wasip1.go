// SPDX-License-Identifier: Apache-2.0

package main

import _ "unsafe" // for go:linkname

// memoryLimit is how many bytes the VM shall have at most. Envoy gives it 1 GiB. The Go runtime knows nothing of that: it lets garbage
// grow to as much as there is in use, and dies when half a GiB is.
const memoryLimit = 768 << 20

// setMemoryLimit is debug.SetMemoryLimit. Package runtime/debug would add 360 KB to the filter.
//
//go:linkname setMemoryLimit runtime/debug.setMemoryLimit
func setMemoryLimit(limit int64) int64

func init() { setMemoryLimit(memoryLimit) }
