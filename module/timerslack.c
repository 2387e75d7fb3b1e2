// SPDX-License-Identifier: Apache-2.0

//go:build module

// How exactly the threads of Go's runtime keep their time. One of them, sysmon, sleeps for 20 µs again and again once a worker has been in
// Go, to take care of goroutines that run for long. There are none here, and each of its timers interrupts a worker: that costs more than
// an error does otherwise. A thread takes the timer slack of the one that makes it, and the first one of Go, which makes sysmon, is made by
// the constructor of the runtime, between the two below. A thread that Go makes later, on a thread of Envoy, has that one's slack; it keeps no time.
#include <sys/prctl.h>

// How late a timer of sysmon may come, in nanoseconds: the longest that sysmon sleeps by itself. The kernel has it come along with
// another timer, such as the tick.
enum { SLACK = 10000000 };

// The slack of the thread that loads the module, where it is changed: one that is wider, or 0, as with real-time scheduling, stays.
static int before = 0;

// Constructors with a priority go before those without.
__attribute__((constructor(101))) static void loosen(void) {
  int found = prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0);
  if (found > 0 && found < SLACK && prctl(PR_SET_TIMERSLACK, SLACK, 0, 0, 0) == 0) before = found;
}

// Linkers put the object of Go's runtime before those of C: GNU ld and lld, with which releases are linked.
__attribute__((constructor)) static void restore(void) {
  if (before > 0) prctl(PR_SET_TIMERSLACK, before, 0, 0, 0);
}
