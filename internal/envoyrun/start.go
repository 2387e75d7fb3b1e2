// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

const (
	// pollInterval is how often a starting Envoy is asked whether it is ready.
	pollInterval = 20 * time.Millisecond
	// stopTimeout is how long an Envoy may take to end before it is killed.
	stopTimeout = 10 * time.Second
)

// Command is one run of Envoy.
type Command struct {
	// Path is the binary, see Locate.
	Path string
	// Config is the configuration, see Render.
	Config []byte
	// Args are further arguments. Without "--base-id" among them there is no hot restart.
	Args []string
	// Environ is what Envoy has in its environment beside the caller's, see Settings.Environ.
	Environ []string
	// Dir is the folder that Envoy works in, "" for the caller's.
	Dir string
	// Stdout gets the access log, Stderr Envoy's own log. They may be nil.
	Stdout, Stderr io.Writer
}

// Envoy is a running Envoy.
type Envoy struct {
	// Admin is the address of the admin interface, HOST:PORT.
	Admin   string
	command *exec.Cmd
	folder  string
	done    chan struct{}
	// err is how the process ended, once done is closed.
	err error
}

// Start runs Envoy and waits until it is ready. ctx bounds the wait, not the life of the process: that ends with Stop.
func Start(ctx context.Context, c Command) (*Envoy, error) {
	folder, err := os.MkdirTemp("", "envoy-")
	if err != nil {
		return nil, err
	}
	e := &Envoy{folder: folder, done: make(chan struct{})}
	log := &tail{next: c.Stderr}
	if err := e.launch(c, log); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if err := e.awaitReady(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("envoy did not start: %w", log.explain(err)), e.stop())
	}
	return e, nil
}

// launch starts the process.
func (e *Envoy) launch(c Command, log io.Writer) error {
	config := filepath.Join(e.folder, "envoy.yaml")
	if err := os.WriteFile(config, c.Config, 0o600); err != nil {
		return err
	}
	args := []string{
		"--config-path", config, "--admin-address-path", e.adminFile(),
		"--file-flush-interval-msec", "10", // the access log at once, not every 10 s
		"--log-level", "error", "--component-log-level", "wasm:info,dynamic_modules:warning", // what the filter says; Envoy itself says more of modules
	}
	if !slices.Contains(c.Args, "--base-id") {
		args = append(args, "--disable-hot-restart") // several Envoys on one machine
	}
	e.command = exec.Command(c.Path, append(args, c.Args...)...)
	e.command.Dir = c.Dir
	e.command.Env = append(os.Environ(), c.Environ...)
	e.command.Stdout, e.command.Stderr = c.Stdout, log
	e.command.SysProcAttr = ownGroup()
	if err := e.command.Start(); err != nil {
		return err
	}
	go func() {
		e.err = e.command.Wait()
		close(e.done)
	}()
	return nil
}

// PID returns the number of the process.
func (e *Envoy) PID() int { return e.command.Process.Pid }

// Done is closed when the process has ended, for whatever reason.
func (e *Envoy) Done() <-chan struct{} { return e.done }

// Stop ends Envoy, kills it when it does not end, and waits for it. An error says that it ended badly, or had done so
// before.
func (e *Envoy) Stop() error {
	if err := e.stop(); err != nil {
		return err
	}
	if e.err != nil {
		return fmt.Errorf("envoy: %w", e.err)
	}
	return nil
}

// stop ends the process. An error says that it had to be killed.
func (e *Envoy) stop() error {
	// An error of Signal or Kill says that the process is gone already.
	_ = e.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-e.done:
		return os.RemoveAll(e.folder)
	case <-time.After(stopTimeout):
	}
	_ = e.command.Process.Kill()
	<-e.done
	return errors.Join(fmt.Errorf("envoy did not end within %s of SIGTERM and was killed", stopTimeout), os.RemoveAll(e.folder))
}
