// SPDX-License-Identifier: Apache-2.0

//go:build linux

package process

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestCPU holds that CPU counts what a process does, and not that it exists: as much as the process's own clock, however busy the
// machine is. The scheduler counts what runs at its next tick, up to 10 ms later.
func TestCPU(t *testing.T) {
	const work, tick = 50 * time.Millisecond, 10 * time.Millisecond
	began := worked(t)
	before, err := CPU(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for start := worked(t); worked(t)-start < work; {
	}
	after, err := CPU(os.Getpid())
	all := worked(t) - began
	if counted := after - before; err != nil || counted < work-2*tick || counted > all+2*tick {
		t.Errorf("%s of work, and %s with all around it, are counted as %s, %v", work, all, counted, err)
	}
	if _, err := CPU(1 << 30); err == nil {
		t.Error("CPU of no process is no error")
	}
}

// worked is how long this process has been on a core, by its own clock.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var clock unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &clock); err != nil {
		t.Fatal(err)
	}
	return time.Duration(clock.Nano())
}

func TestRSS(t *testing.T) {
	n, err := RSS(os.Getpid())
	if err != nil || n < 1<<20 || n > 1<<32 {
		t.Errorf("RSS = %d, %v", n, err)
	}
	if _, err := RSS(1 << 30); err == nil {
		t.Error("RSS of no process is no error")
	}
}

// TestPinned asks a child which cores it has.
func TestPinned(t *testing.T) {
	cores, err := Cores()
	if err != nil || len(cores) == 0 {
		t.Fatalf("Cores = %v, %v", cores, err)
	}
	allowed := func() (line string) {
		out, err := exec.Command("grep", "Cpus_allowed_list", "/proc/self/status").Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(strings.TrimPrefix(string(out), "Cpus_allowed_list:"))
	}
	all := allowed()
	var one string
	if err := Pinned(cores[:1], func() error { one = allowed(); return nil }); err != nil {
		t.Fatal(err)
	}
	if want := strconv.Itoa(cores[0]); one != want {
		t.Errorf("a pinned child has the cores %q, want %q", one, want)
	}
	if again := allowed(); again != all {
		t.Errorf("afterwards a child has the cores %q, want %q", again, all)
	}
}
