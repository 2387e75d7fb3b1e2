// SPDX-License-Identifier: Apache-2.0

//go:build control && linux

package sqlite_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
)

// fullEnv says that the test runs where it may mount.
const fullEnv = "GWRD_TEST_MAY_MOUNT"

// TestDiskFull fills a disk of 8 MB, in a mount namespace of its own.
func TestDiskFull(t *testing.T) {
	if os.Getenv(fullEnv) != "" {
		diskFull(t)
		return
	}
	command := exec.Command(os.Args[0], "-test.run", "^TestDiskFull$", "-test.v")
	command.Env = append(os.Environ(), fullEnv+"=1")
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if uid := os.Getuid(); uid != 0 {
		command.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		command.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: uid, Size: 1}}
		command.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	out, err := command.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

func diskFull(t *testing.T) {
	if err := syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, ""); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=8m"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 6<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "gwrd.db")
	s := open(t, file)

	var acknowledged int64
	var failure error
	for failure == nil && acknowledged < 10_000 {
		var number int64
		if number, failure = storetest.Count(t.Context(), s); failure == nil {
			acknowledged = number
		}
	}
	if !errors.Is(failure, store.ErrUnavailable) || !strings.Contains(failure.Error(), file+": the store is not available: no room on the disk") {
		t.Fatalf("after %d changes: %v", acknowledged, failure)
	}
	t.Logf("full after %d changes: %v", acknowledged, failure)
	if last := storetest.Counted(t, s); last != acknowledged {
		t.Errorf("the last number is %d, and %d was acknowledged", last, acknowledged)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	s = open(t, file)
	if last := storetest.Counted(t, s); last != acknowledged {
		t.Errorf("opened again, the last number is %d, and %d was acknowledged", last, acknowledged)
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if _, err := storetest.Count(t.Context(), s); err != nil {
			t.Fatalf("with room again: %v", err)
		}
	}
	if last := storetest.Counted(t, s); last != acknowledged+100 {
		t.Errorf("the last number is %d, want %d", last, acknowledged+100)
	}
}
