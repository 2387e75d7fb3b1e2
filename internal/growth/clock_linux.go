// SPDX-License-Identifier: Apache-2.0

package growth

import (
	"time"

	"golang.org/x/sys/unix"
)

// processorTime is the time that the thread has had a processor, to the nanosecond; getrusage(2) counts ticks.
func processorTime() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &now); err != nil {
		panic(err) // it fails for a clock that there is not
	}
	return time.Duration(now.Nano())
}
