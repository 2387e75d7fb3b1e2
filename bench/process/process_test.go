// SPDX-License-Identifier: Apache-2.0

//go:build linux

package process

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestCPU holds that CPU counts what a process does, and not that it exists.
func TestCPU(t *testing.T) {
	before, err := CPU(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for start := time.Now(); time.Since(start) < 50*time.Millisecond; {
		n++
	}
	after, err := CPU(os.Getpid())
	if err != nil || after-before < 10*time.Millisecond || after-before > 5*time.Second {
		t.Errorf("50 ms of work (%d steps) are counted as %s, %v", n, after-before, err)
	}
	if _, err := CPU(1 << 30); err == nil {
		t.Error("CPU of no process is no error")
	}
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
	if want := "0"; cores[0] == 0 && one != want {
		t.Errorf("a pinned child has the cores %q, want %q", one, want)
	}
	if again := allowed(); again != all {
		t.Errorf("afterwards a child has the cores %q, want %q", again, all)
	}
}
