// SPDX-License-Identifier: Apache-2.0

package postgresrun

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMissing says that there is no PostgreSQL on this machine.
var ErrMissing = errors.New("PostgreSQL is missing: install Debian's package postgresql, or put initdb and postgres on PATH")

// Server is a PostgreSQL that listens on a socket in a folder of its own.
type Server struct {
	// Folder holds the data and the socket.
	Folder   string
	programs string
	owner    *syscall.SysProcAttr
	start    func(start func() error) error
	schemas  int

	mu      sync.Mutex
	process *exec.Cmd
	exited  chan struct{}
	log     bytes.Buffer
}

// Options say how a server runs.
type Options struct {
	// Settings are lines of postgresql.conf.
	Settings []string
	// Start calls what starts the server's process, as to pin it to cores; nil calls it plainly.
	Start func(start func() error) error
}

// Start starts an empty server, and waits until it takes connections. Who starts one closes it.
func Start(ctx context.Context, o Options) (_ *Server, err error) {
	s := &Server{start: o.Start}
	if s.start == nil {
		s.start = func(start func() error) error { return start() }
	}
	if s.programs, err = programs(); err != nil {
		return nil, err
	}
	if s.owner, err = owner(); err != nil {
		return nil, err
	}
	if s.Folder, err = os.MkdirTemp("", "gwrd-postgres-"); err != nil {
		return nil, err
	}
	if err := s.prepare(o.Settings); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.Resume(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare makes the server's data.
func (s *Server) prepare(settings []string) error {
	if who := s.owner.Credential; who != nil {
		if err := os.Chown(s.Folder, int(who.Uid), int(who.Gid)); err != nil {
			return err
		}
	}
	// A locale in which "a" stands before "B" shows that nothing depends on it.
	if err := s.run("initdb", "--pgdata", s.data(), "--username", "postgres", "--auth", "trust", "--no-sync", "--encoding", "UTF8",
		"--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en"); err != nil {
		return err
	}
	settings = append([]string{
		"listen_addresses = ''",
		"unix_socket_directories = '" + s.Folder + "'",
		"max_connections = 100",
	}, settings...)
	file, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString(strings.Join(settings, "\n") + "\n")
	return errors.Join(err, file.Close())
}

// Schema makes an empty schema, and gives the address of a store in it.
func (s *Server) Schema(ctx context.Context) (string, error) {
	s.mu.Lock()
	s.schemas++
	name := fmt.Sprintf("test%d", s.schemas)
	s.mu.Unlock()
	conn, err := pgx.Connect(ctx, s.address(""))
	if err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, "CREATE SCHEMA "+name)
	return s.address(name), errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
}

// address is that of a schema, by way of the socket.
func (s *Server) address(schema string) string {
	query := url.Values{"host": {s.Folder}, "user": {"postgres"}}
	if schema != "" {
		query.Set("search_path", schema)
	}
	return "postgres:///postgres?" + query.Encode()
}

// patience is how long the server may take to take connections.
const patience = time.Minute

// Resume starts the server again, and waits until it takes connections.
func (s *Server) Resume(ctx context.Context) error {
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
		err := s.start(command.Start)
		started <- err
		if err == nil {
			_ = command.Wait()
		}
		close(exited)
	}()
	if err := <-started; err != nil {
		return err
	}
	s.mu.Lock()
	s.process, s.exited = command, exited
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.address(""))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-exited:
			return fmt.Errorf("PostgreSQL has ended: %s", s.log.String())
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL takes no connections: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends the server at once, as kill does, and waits until it is gone. What was committed is on the disk.
func (s *Server) Stop() error {
	s.mu.Lock()
	process, exited := s.process, s.exited
	s.process = nil
	s.mu.Unlock()
	if process == nil {
		return nil
	}
	err := process.Process.Signal(syscall.SIGQUIT)
	<-exited
	return err
}

// Close stops the server and removes its folder.
func (s *Server) Close() error { return errors.Join(s.Stop(), os.RemoveAll(s.Folder)) }

// run runs one of PostgreSQL's programs to its end.
func (s *Server) run(name string, args ...string) error {
	command := exec.Command(filepath.Join(s.programs, name), args...)
	command.Dir = s.Folder
	command.SysProcAttr = s.owner
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}

func (s *Server) data() string { return filepath.Join(s.Folder, "data") }

// programs is the folder of PostgreSQL's programs; Debian has them beside PATH.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(slices.Max(found)), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", ErrMissing
	}
	return filepath.Dir(path), nil
}
