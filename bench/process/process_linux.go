// SPDX-License-Identifier: Apache-2.0

// Package process reads what a process costs, and pins processes to cores. Linux only.
package process

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// CPU returns the time that all threads of a process have been on a core, user and system, as the scheduler counts it.
// Source: proc_pid_schedstat(5), the first field of each task. The time of threads that have ended is not in it.
func CPU(pid int) (time.Duration, error) {
	paths, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil || len(paths) == 0 {
		return 0, fmt.Errorf("process %d has no schedstat: %w", pid, errors.Join(err, os.ErrNotExist))
	}
	var sum time.Duration
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) || errors.Is(err, unix.ESRCH) {
			continue // the thread has ended
		}
		if err != nil {
			return 0, err
		}
		fields := strings.Fields(string(text))
		if len(fields) == 0 {
			return 0, fmt.Errorf("%s is empty", path)
		}
		n, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", path, err)
		}
		sum += time.Duration(n)
	}
	return sum, nil
}

// Yield lets other processes on the same core go first.
func Yield() { _, _, _ = unix.RawSyscall(unix.SYS_SCHED_YIELD, 0, 0, 0) }

// RSS returns the memory of a process that is in RAM, in bytes: VmRSS of proc_pid_status(5).
func RSS(pid int) (int, error) {
	path := fmt.Sprintf("/proc/%d/status", pid)
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	_, rest, ok := strings.Cut(string(text), "\nVmRSS:")
	kilobytes, _, unit := strings.Cut(strings.TrimSpace(rest), " kB")
	n, err := strconv.Atoi(kilobytes)
	if !ok || !unit || err != nil {
		return 0, fmt.Errorf("%s has no VmRSS in kB", path)
	}
	return n << 10, nil
}

// Cores returns the cores that this process may use.
func Cores() ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, err
	}
	var cores []int
	for core := range len(set) * 64 {
		if set.IsSet(core) {
			cores = append(cores, core)
		}
	}
	return cores, nil
}

// Pinned calls start; the processes that it starts may use the given cores only. No cores at all leave it to the system.
func Pinned(cores []int, start func() error) error {
	if len(cores) == 0 {
		return start()
	}
	// A child takes the cores of the thread that makes it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var before, set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &before); err != nil {
		return err
	}
	for _, core := range cores {
		set.Set(core)
	}
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("cannot pin to cores %v: %w", cores, err)
	}
	return errors.Join(start(), unix.SchedSetaffinity(0, &before))
}
