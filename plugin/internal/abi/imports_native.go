// SPDX-License-Identifier: Apache-2.0

//go:build !wasip1

package abi

// Outside a proxy there is nobody to call. These stand-ins let the package build for tests, which use a fake host.

// statusUnimplemented answers a call that the host does not offer.
const statusUnimplemented Status = 12

func proxyLog(uint32, string) uint32 { return uint32(statusUnimplemented) }

func proxyGetHeaderMapValue(uint32, string, *uint32, *uint32) uint32 {
	return uint32(statusUnimplemented)
}

func proxyGetHeaderMapPairs(uint32, *uint32, *uint32) uint32 { return uint32(statusUnimplemented) }

func proxySetHeaderMapPairs(uint32, string) uint32 { return uint32(statusUnimplemented) }

func proxyReplaceHeaderMapValue(uint32, string, string) uint32 { return uint32(statusUnimplemented) }

func proxyRemoveHeaderMapValue(uint32, string) uint32 { return uint32(statusUnimplemented) }

func proxyGetBufferBytes(uint32, uint32, uint32, *uint32, *uint32) uint32 {
	return uint32(statusUnimplemented)
}

func proxySetBufferBytes(uint32, uint32, uint32, string) uint32 { return uint32(statusUnimplemented) }

func proxySendLocalResponse(uint32, string, string, string, int32) uint32 {
	return uint32(statusUnimplemented)
}

func proxyGetProperty(string, *uint32, *uint32) uint32 { return uint32(statusUnimplemented) }

func proxySetProperty(string, string) uint32 { return uint32(statusUnimplemented) }

func proxyGetSharedData(string, *uint32, *uint32, *uint32) uint32 { return uint32(statusUnimplemented) }

func proxySetSharedData(string, string, uint32) uint32 { return uint32(statusUnimplemented) }

func proxySetTickPeriodMilliseconds(uint32) uint32 { return uint32(statusUnimplemented) }

func proxyDefineMetric(uint32, string, *uint32) uint32 { return uint32(statusUnimplemented) }

func proxyIncrementMetric(uint32, int64) uint32 { return uint32(statusUnimplemented) }

func proxyRecordMetric(uint32, uint64) uint32 { return uint32(statusUnimplemented) }

func clockTimeGet(uint32, uint64, *uint64) uint32 { return uint32(statusUnimplemented) }

func environSizesGet(*uint32, *uint32) uint32 { return uint32(statusUnimplemented) }

func environGet(*uint32, *byte) uint32 { return uint32(statusUnimplemented) }
