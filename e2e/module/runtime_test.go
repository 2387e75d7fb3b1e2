// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
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

// TestTimerSlack holds that the threads of Go's runtime may oversleep by 10 ms, and that those of Envoy keep what they are started with, as the
// runtime does when that is more. Another process reads it with CAP_SYS_NICE only.
func TestTimerSlack(t *testing.T) {
	for _, test := range []struct{ envoy, runtime int }{{50_000, 10_000_000}, {1_000, 10_000_000}, {20_000_000, 20_000_000}} {
		t.Run(fmt.Sprintf("%d ns", test.envoy), func(t *testing.T) {
			runtime.LockOSThread() // a process takes it from the thread that makes it
			defer runtime.UnlockOSThread()
			if err := unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(test.envoy), 0, 0, 0); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = unix.Prctl(unix.PR_SET_TIMERSLACK, 0, 0, 0, 0) }() // 0 is what the thread began with
			checkTimerSlack(t, fmt.Sprint(test.envoy), fmt.Sprint(test.runtime))
		})
	}
}

// checkTimerSlack starts an Envoy, and holds what slack its threads have and those of Go's runtime.
func checkTimerSlack(t *testing.T, ofEnvoy, ofRuntime string) {
	t.Helper()
	p, url := start(t, red)
	if body, _, err := get(url + "/rbac"); err != nil || body != "red" {
		t.Fatalf("%q, %v; want red", body, err)
	}
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", p.Envoy.PID()))
	if err != nil {
		t.Fatal(err)
	}
	// Envoy names its own threads; those of Go have the name of the program, as the main thread has.
	program := regexp.MustCompile(`^envoy`)
	ofGo := 0
	for _, task := range tasks {
		name, thread := read(t, task+"/comm"), filepath.Base(task)
		want := ofEnvoy
		if program.MatchString(name) && thread != fmt.Sprint(p.Envoy.PID()) {
			ofGo++
			want = ofRuntime
		}
		if got := read(t, "/proc/"+thread+"/timerslack_ns"); got != want {
			t.Errorf("thread %s has a slack of %s ns, want %s", name, got, want)
		}
	}
	if ofGo == 0 {
		t.Error("no thread is Go's")
	}
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
