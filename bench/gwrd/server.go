// SPDX-License-Identifier: Apache-2.0

package gwrd

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"gatewayresponses/bench/process"
)

// Options say how a server runs.
type Options struct {
	// Path is the command gwrd, Folder what it keeps things in.
	Path, Folder string
	// Store is the address of a PostgreSQL with the schema of this version; empty is SQLite.
	Store string
	// Plugin is the path of plugin.wasm where Envoys run.
	Plugin string
	// Cores are those that it may use; empty for any.
	Cores []int
}

// Server is a gwrd that runs.
type Server struct {
	// URL is where AWS's API and /v1 are, XDS where Envoys get their documents.
	URL, XDS string
	command  *exec.Cmd
	folder   string
	done     chan error
}

// stopTimeout is how long a server may take to end.
const stopTimeout = 20 * time.Second

// listens is the line in which a server says where it listens.
var listens = regexp.MustCompile(`AWS's API on (http://[^ ,]+), xDS on ([^ ,]+),`)

// Start starts a server, and waits until it listens. Who starts one stops it.
func Start(o Options) (*Server, error) {
	s := &Server{folder: o.Folder, done: make(chan error, 1)}
	args := append(storeFlags(o), "--listen", "127.0.0.1:0", "--xds-listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", "--rate", "0", "--plugin-file", o.Plugin)
	s.command = exec.Command(o.Path, args...)
	out, err := s.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(s.logFile())
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s.command.Stderr = log
	if err := process.Pinned(o.Cores, s.command.Start); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	for s.URL == "" {
		line, err := lines.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("gwrd ended before it said where it listens: %w: %s", s.command.Wait(), s.logged())
		}
		if found := listens.FindStringSubmatch(line); found != nil {
			s.URL, s.XDS = found[1], found[2]
		}
	}
	go func() {
		_, _ = io.Copy(io.Discard, lines) // that it ends is what is waited for
		s.done <- s.command.Wait()
	}()
	return s, nil
}

// Migrate brings the schema of a PostgreSQL to this version.
func Migrate(ctx context.Context, o Options) error {
	out, err := exec.CommandContext(ctx, o.Path, append([]string{"migrate"}, storeFlags(o)...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("gwrd migrate: %w: %s", err, out)
	}
	return nil
}

// storeFlags say where things are kept.
func storeFlags(o Options) []string {
	flags := []string{"--data", o.Folder}
	if o.Store != "" {
		flags = append(flags, "--store", o.Store, "--seal-key-file", filepath.Join(o.Folder, sealKey))
	}
	return flags
}

// PID is the number of the process.
func (s *Server) PID() int { return s.command.Process.Pid }

// Stop ends the server as an operator does. It is an error if the server has logged a failure of its own.
func (s *Server) Stop() error {
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-s.done:
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != interrupted) {
			return fmt.Errorf("gwrd: %w: %s", err, s.logged())
		}
	case <-time.After(stopTimeout):
		return errors.Join(fmt.Errorf("gwrd runs %s after SIGTERM", stopTimeout), s.command.Process.Kill(), <-s.done)
	}
	for line := range strings.Lines(s.logged()) {
		if strings.Contains(line, "level=ERROR") {
			return fmt.Errorf("gwrd logs %s", line)
		}
	}
	return nil
}

// logFile is the server's log, which goes into a file as that of a service does.
func (s *Server) logFile() string { return filepath.Join(s.folder, "log") }

// logged is what the log holds; the reason, where it cannot be read.
func (s *Server) logged() string {
	text, err := os.ReadFile(s.logFile())
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// interrupted is the exit code after a signal.
const interrupted = 130

// The files of a server's folder.
const (
	// sealKey holds the key that seals secrets, awsConfig the access key that the first start makes, and bearer the same in one word.
	sealKey, awsConfig, bearer = "seal.key", "aws-config", "admin-key"
)

// NewFolder makes a folder for a server that keeps things in PostgreSQL: with a sealing key.
func NewFolder(parent string) (string, error) {
	folder, err := os.MkdirTemp(parent, "gwrd-")
	if err != nil {
		return "", err
	}
	key := base64.StdEncoding.AppendEncode(nil, bytes.Repeat([]byte{7}, 32))
	return folder, os.WriteFile(filepath.Join(folder, sealKey), key, 0o600)
}
