// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strconv"
	"time"
)

// requestTimeEpoch is when the request began, in milliseconds.
func requestTimeEpoch(env *Env, _ string) (string, bool) {
	nanoseconds := env.Facts.Request.Time
	return strconv.FormatInt(nanoseconds/int64(time.Millisecond), 10), nanoseconds != 0
}

// requestTime is when the request began as the common log format has it, dd/MMM/yyyy:HH:mm:ss +hhmm. It is put together
// by hand because Time.Format would add 44 kB to the wasm.
func requestTime(env *Env, _ string) (string, bool) {
	nanoseconds := env.Facts.Request.Time
	began := time.Unix(0, nanoseconds).UTC()
	year, month, day := began.Date()
	hour, minute, second := began.Clock()
	return twoDigits(day) + "/" + month.String()[:3] + "/" + strconv.Itoa(year) + ":" +
		twoDigits(hour) + ":" + twoDigits(minute) + ":" + twoDigits(second) + " +0000", nanoseconds != 0
}

// twoDigits writes 0 to 99.
func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
