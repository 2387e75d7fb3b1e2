// SPDX-License-Identifier: Apache-2.0

//go:build !linux

package growth

import "time"

// start is when the tests began.
var start = time.Now()

// processorTime is the time since then: this system has no clock for a thread.
func processorTime() time.Duration { return time.Since(start) }
