// SPDX-License-Identifier: Apache-2.0

// Package growth finds work that grows faster than its input, for tests and fuzz targets.
//
// A parser that is quadratic in one shape of text answers short texts at once, and every test passes. Check does the same
// work on an input and on one four times as long. Work that grows as its input takes four times as long then; work that grows
// with the square takes sixteen times. In a fuzz target the input is a fuzzed fragment, repeated (see Repeat), so that the
// fuzzer finds the shape.
//
// What is measured is the processor time of the thread, and of several runs the shortest: other processes do not count. A
// verdict against the work must be confirmed on longer inputs, several times, so that no chance is left for noise.
package growth

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

const (
	// step is how many times as long the longer of two inputs is.
	step = 4
	// tolerated is how many times as long the work on it may take. That leaves room for a factor that grows with the logarithm,
	// and for inputs that outgrow the caches of the processor: header maps of 4 MiB took 8.2 times as long as those of 1 MiB. The
	// square of the step is far above.
	tolerated = 10
	// smallest is the size of the first input, in bytes or whatever the work counts.
	smallest = 4 << 10
	// longer is by how much the inputs grow when a verdict has to be confirmed, while the work takes less than plain.
	longer = 4
	plain  = 5 * time.Millisecond
	// confirmations is how often it must be.
	confirmations = 3
	// runs is of how many runs the shortest counts.
	runs = 3
	// negligible is too short to say anything about growth.
	negligible = 100 * time.Microsecond
)

// Check fails the test when the work grows faster than its size. prepare makes the input for a size, in bytes or in whatever
// grows, and returns the work on it; what prepare itself takes does not count. The work can be done many times. what names it
// in the message.
func Check(t testing.TB, what string, prepare func(size int) (work func())) {
	t.Helper()
	size := smallest
	var short, long time.Duration
	for range 1 + confirmations {
		short, long = measure(prepare(size)), measure(prepare(step*size))
		if long < negligible || long <= tolerated*short {
			return
		}
		if long < plain {
			size *= longer
		}
	}
	t.Errorf("%s: size %d takes %v and size %d takes %v, %.1f times as long; want about %d times", what, size, short, step*size, long,
		float64(long)/float64(max(short, 1)), step)
}

// Within fails the test when the work takes more processor time than the bound, each time of several. Give a bound some times as
// long as the work takes: it is there to find seconds where there should be milliseconds.
func Within(t testing.TB, what string, bound time.Duration, work func()) {
	t.Helper()
	took := measure(work)
	t.Logf("%s takes %v", what, took.Round(10*time.Microsecond))
	for range confirmations {
		if took <= bound {
			return
		}
		took = min(took, measure(work))
	}
	t.Errorf("%s takes %v, want at most %v", what, took, bound)
}

// measure is the processor time of the work: the shortest of a few runs, or the first where noise hardly counts.
func measure(work func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	shortest := time.Duration(1<<63 - 1)
	for range runs {
		began := processorTime()
		work()
		if shortest = min(shortest, processorTime()-began); shortest > 10*plain {
			break
		}
	}
	return shortest
}

// Repeat is head, then fragment as often as it takes to make the whole size bytes long, but at least once, then tail. Where a
// fragment is empty, a single byte is repeated.
func Repeat(head, fragment, tail string, size int) string {
	if fragment == "" {
		fragment = "x"
	}
	return head + strings.Repeat(fragment, max(1, (size-len(head)-len(tail))/len(fragment))) + tail
}

// MaxFragment is how long the fuzzed parts of a text may be: long parts hardly repeat within the size of a measurement.
const MaxFragment = 64
