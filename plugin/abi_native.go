// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package main

import "unsafe"

// Outside a proxy there is nobody to call. These stand-ins let the package build for its tests, which use a fake host.

// unimplemented is the status that the ABI has for a call that the host does not offer.
const unimplemented = 12

func proxySendLocalResponse(uint32, string, *byte, uint32, *byte, uint32, int32) uint32 {
	return unimplemented
}

func proxyGetHeaderMapPairs(uint32, unsafe.Pointer, *uint32) uint32 { return unimplemented }

func proxyGetProperty(string, unsafe.Pointer, *uint32) uint32 { return unimplemented }

func proxyDefineMetric(uint32, string, *uint32) uint32 { return unimplemented }

func proxyIncrementMetric(uint32, int64) uint32 { return unimplemented }

func proxyRecordMetric(uint32, uint64) uint32 { return unimplemented }
