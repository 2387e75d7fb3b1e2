// SPDX-License-Identifier: Apache-2.0

//go:build module

// How exactly the threads of Go's runtime keep their time. One of them, sysmon, sleeps for 20 µs again and again once a worker has been in
// Go, to take care of goroutines that run for long. There are none here, and each of its timers interrupts a worker: that costs more than
// an error does otherwise. A thread takes the timer slack of the one that makes it, and the first one of Go is made by the constructor
// of the runtime, between the two below.
#include <sys/prctl.h>

// How late a timer of those threads may come, in nanoseconds: the longest that sysmon sleeps by itself. The kernel has it come along with
// another timer, such as the tick.
enum { SLACK = 10000000 };

static int before = -1;

// Constructors with a priority go before those without.
__attribute__((constructor(101))) static void loosen(void) {
  before = prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0);
  if (before > 0) prctl(PR_SET_TIMERSLACK, SLACK, 0, 0, 0);
}

// The linker puts the object of Go's runtime before those of C.
__attribute__((constructor)) static void restore(void) {
  if (before > 0) prctl(PR_SET_TIMERSLACK, before, 0, 0, 0);
}
