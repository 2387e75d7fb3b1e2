// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"testing"
	"time"

	"gatewayresponses/internal/facts"
)

// TestRequestTime compares requestTime with package time, for each day of 300 years.
func TestRequestTime(t *testing.T) {
	for day := range 300 * 366 {
		began := time.Unix(int64(day*daySeconds+day%daySeconds), 999_999_999).UTC()
		if began.UnixNano() < 0 {
			break // beyond what the nanoseconds can count, in 2262
		}
		got, ok := requestTime(&Env{Facts: &facts.Facts{Request: facts.Request{Time: began.UnixNano()}}}, "")
		if want := began.Format("02/Jan/2006:15:04:05 -0700"); got != want || !ok {
			t.Fatalf("requestTime = %q, %t, want %q", got, ok, want)
		}
	}
}
