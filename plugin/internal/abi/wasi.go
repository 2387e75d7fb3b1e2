// SPDX-License-Identifier: Apache-2.0

package abi

import "strings"

// realTime is the clock that tells the time of day: CLOCKID_REALTIME.
const realTime = 0

// Now is the time in nanoseconds since 1970: clock_time_get. Package time would add 210 KB to the module.
func Now() int64 {
	var now uint64
	clockTimeGet(realTime, 1, &now)
	return int64(now)
}

// Getenv is the value of an environment variable, "" when there is none: environ_sizes_get, environ_get. Envoy hands over those of
// vm_config.environment_variables.
func Getenv(name string) string {
	var count, size uint32
	if environSizesGet(&count, &size) != 0 || count == 0 {
		return ""
	}
	lines, text := make([]uint32, count), make([]byte, size)
	if environGet(&lines[0], &text[0]) != 0 {
		return ""
	}
	for line := range strings.SplitSeq(string(text), "\x00") {
		if key, value, _ := strings.Cut(line, "="); key == name {
			return value
		}
	}
	return ""
}
