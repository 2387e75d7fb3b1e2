// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"gatewayresponses/e2e/envoytest"
)

// TestProcessors holds that each worker finds a processor of Go's runtime, however few cores there seem to be: one without has to wait
// until the runtime takes that of another away.
func TestProcessors(t *testing.T) {
	t.Setenv("GOMAXPROCS", "1")
	t.Setenv("GODEBUG", "schedtrace=50")
	p, url := start(t, red, "--concurrency", "3")
	const want = "gomaxprocs=5 " // a worker each, the main thread, and a spare one
	envoytest.Eventually(t, "the runtime says "+want, func() bool {
		if body, _, err := get(url + "/rbac"); err != nil || body != "red" {
			t.Fatalf("%q, %v; want red", body, err)
		}
		return strings.Contains(p.Log.String(), want)
	})
}

// TestTimerSlack holds that sysmon, the timekeeper of Go's runtime, may oversleep by 10 ms, and that the threads of Envoy keep what they are
// started with, as sysmon does when that is more. Another process reads it with CAP_SYS_NICE only.
func TestTimerSlack(t *testing.T) {
	for _, test := range []struct{ envoy, sysmon int }{{50_000, 10_000_000}, {1_000, 10_000_000}, {20_000_000, 20_000_000}} {
		t.Run(fmt.Sprintf("%d ns", test.envoy), func(t *testing.T) {
			runtime.LockOSThread() // a process takes it from the thread that makes it
			defer runtime.UnlockOSThread()
			if err := unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(test.envoy), 0, 0, 0); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = unix.Prctl(unix.PR_SET_TIMERSLACK, 0, 0, 0, 0) }() // 0 is what the thread began with
			checkTimerSlack(t, fmt.Sprint(test.envoy), fmt.Sprint(test.sysmon))
		})
	}
}

// checkTimerSlack starts an Envoy, and holds what slack its threads have and sysmon.
func checkTimerSlack(t *testing.T, ofEnvoy, ofSysmon string) {
	t.Helper()
	p, url := start(t, red)
	if body, _, err := get(url + "/rbac"); err != nil || body != "red" {
		t.Fatalf("%q, %v; want red", body, err)
	}
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", p.Envoy.PID()))
	if err != nil {
		t.Fatal(err)
	}
	// Envoy names its own threads; those of Go have the name of the program, as the main thread has.
	program := regexp.MustCompile(`^envoy`)
	var ofGo []int
	for _, entry := range entries {
		thread, err := strconv.Atoi(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		name := read(t, fmt.Sprintf("/proc/%d/comm", thread))
		if program.MatchString(name) && thread != p.Envoy.PID() {
			ofGo = append(ofGo, thread)
		} else if got := timerSlack(t, thread); got != ofEnvoy {
			t.Errorf("thread %s has a slack of %s ns, want %s", name, got, ofEnvoy)
		}
	}
	// The first thread makes sysmon before all others. A later one can be made by a thread of Envoy, and have its slack.
	slices.Sort(ofGo)
	if len(ofGo) < 2 {
		t.Fatalf("%d threads are Go's, want 2 at least", len(ofGo))
	}
	for _, thread := range ofGo[:2] {
		if got := timerSlack(t, thread); got != ofSysmon {
			t.Errorf("a thread of Go has a slack of %s ns, want %s", got, ofSysmon)
		}
	}
}

// timerSlack is the slack of a thread.
func timerSlack(t *testing.T, thread int) string {
	t.Helper()
	return read(t, fmt.Sprintf("/proc/%d/timerslack_ns", thread))
}

// read is the text of a file of one line.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}
