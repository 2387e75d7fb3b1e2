// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgrestest

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL that listens on a socket in a folder of its own.
type Server struct {
	// Folder holds the data and the socket.
	Folder   string
	programs string
	owner    *syscall.SysProcAttr
	schemas  int

	mu      sync.Mutex
	process *exec.Cmd
	exited  chan struct{}
	log     bytes.Buffer
}

// Start starts an empty server that stops with the test. Settings are lines of postgresql.conf.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s := &Server{programs: programs(t), owner: owner(t)}
	folder, err := os.MkdirTemp("", "gwrd-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	s.Folder = folder
	t.Cleanup(func() {
		s.Stop(t)
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if s.owner.Credential != nil {
		if err := os.Chown(folder, int(s.owner.Credential.Uid), int(s.owner.Credential.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	// A locale in which "a" stands before "B" shows that nothing depends on it.
	s.run(t, "initdb", "--pgdata", s.data(), "--username", "postgres", "--auth", "trust", "--no-sync", "--encoding", "UTF8",
		"--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en")
	settings = append([]string{
		"listen_addresses = ''",
		"unix_socket_directories = '" + folder + "'",
		"max_connections = 100",
	}, settings...)
	file, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range settings {
		if _, err := fmt.Fprintln(file, line); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	s.Resume(t)
	return s
}

// Schema makes an empty schema, and gives the address of a store in it.
func (s *Server) Schema(t testing.TB) string {
	t.Helper()
	s.mu.Lock()
	s.schemas++
	name := fmt.Sprintf("test%d", s.schemas)
	s.mu.Unlock()
	conn, err := pgx.Connect(t.Context(), s.address(s.Folder, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	return s.address(s.Folder, name)
}

// address is that of a schema, by way of the socket in a folder.
func (s *Server) address(folder, schema string) string {
	query := url.Values{"host": {folder}, "user": {"postgres"}}
	if schema != "" {
		query.Set("search_path", schema)
	}
	return "postgres:///postgres?" + query.Encode()
}

// Resume starts the server again, and waits until it takes connections.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	command := exec.Command(filepath.Join(s.programs, "postgres"), "-D", s.data())
	command.Dir = s.Folder
	command.SysProcAttr = s.owner
	command.Stderr = &s.log
	exited := make(chan struct{})
	started := make(chan error, 1)
	go func() {
		// The server is told of the end of the thread that started it.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		started <- command.Start()
		_ = command.Wait()
		close(exited)
	}()
	if err := <-started; err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.process, s.exited = command, exited
	s.mu.Unlock()
	deadline := time.Now().Add(time.Minute)
	for {
		conn, err := pgx.Connect(t.Context(), s.address(s.Folder, ""))
		if err == nil {
			_ = conn.Close(t.Context())
			return
		}
		select {
		case <-exited:
			t.Fatalf("PostgreSQL has ended: %s", s.log.String())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("PostgreSQL takes no connections: %v", err)
		}
	}
}

// Stop ends the server at once, as kill does, and waits until it is gone. What was committed is on the disk.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	s.mu.Lock()
	process, exited := s.process, s.exited
	s.process = nil
	s.mu.Unlock()
	if process == nil {
		return
	}
	if err := process.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Error(err)
	}
	<-exited
}

// run runs one of PostgreSQL's programs to its end.
func (s *Server) run(t testing.TB, name string, args ...string) {
	t.Helper()
	command := exec.Command(filepath.Join(s.programs, name), args...)
	command.Dir = s.Folder
	command.SysProcAttr = s.owner
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func (s *Server) data() string { return filepath.Join(s.Folder, "data") }

// programs is the folder of PostgreSQL's programs; Debian has them beside PATH.
func programs(t testing.TB) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) > 0 {
		return filepath.Dir(slices.Max(found))
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		t.Fatal("PostgreSQL is missing: install Debian's package postgresql, or put initdb and postgres on PATH")
	}
	return filepath.Dir(path)
}
