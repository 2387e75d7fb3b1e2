// SPDX-License-Identifier: Apache-2.0

// Command demo is what "make run" runs, in the root of the repository: Envoy in the foreground with envoy.yaml and a
// document, and a list of requests to try. Ctrl-C ends it with exit status 0; anything that keeps it from running ends
// it with one sentence and exit status 1.
//
// Environment:
//
//	CONFIG         the document, default config/aws.json
//	PORT           the gateway's port, default 10000
//	ADMIN_PORT     the admin interface's port, default 9901
//	ENVOY          the path of an Envoy, see package envoyrun
//	ENVOY_VERSION  the version of Envoy to fetch, see package envoyrun
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/envoyrun"
)

// startTimeout is how long Envoy may take to be ready.
const startTimeout = time.Minute

func main() {
	// The process ends with the context, so there is no need to stop listening for signals.
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	os.Exit(run(ctx, os.Stdout, os.Stderr))
}

// run runs the demo until ctx is cancelled, and returns the exit status.
func run(ctx context.Context, stdout, stderr io.Writer) int {
	if err := demo(ctx, stdout, stderr); err != nil && ctx.Err() == nil {
		say(stderr, "demo: "+err.Error())
		return 1
	}
	return 0
}

// say writes a line for people. Should that fail, there is nobody to tell.
func say(to io.Writer, line string) { _, _ = io.WriteString(to, line+"\n") }

// demo runs the demo until ctx is cancelled.
func demo(ctx context.Context, stdout, stderr io.Writer) error {
	s, err := readSettings(os.Getenv)
	if err != nil {
		return err
	}
	text, program, err := loadDocument(s.document, stderr)
	if err != nil {
		return err
	}
	config, err := s.render(text)
	if err != nil {
		return err
	}
	if err := s.checkPorts(); err != nil {
		return err
	}
	path, err := envoyrun.Locate(ctx, ".", func(line string) { say(stderr, line) })
	if err != nil {
		return err
	}
	return serve(ctx, envoyrun.Command{
		Path: path, Config: config, Args: []string{"--concurrency", "2"}, Stdout: stdout, Stderr: stderr,
	}, func() { say(stdout, list(s, program)) })
}

// serve runs Envoy until ctx is cancelled. It calls ready once Envoy serves.
func serve(ctx context.Context, command envoyrun.Command, ready func()) error {
	starting, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	envoy, err := envoyrun.Start(starting, command)
	if err != nil {
		return err
	}
	ready()
	select {
	case <-ctx.Done():
		return envoy.Stop()
	case <-envoy.Done():
		return errors.Join(errors.New("envoy ended by itself"), envoy.Stop())
	}
}

// loadDocument reads the document that the plugin is going to read. The plugin lets all replies pass when the document
// is bad, which would make a strange demo.
func loadDocument(path string, findingsTo io.Writer) ([]byte, *engine.Program, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("CONFIG cannot be read: %w", err)
	}
	program, findings := engine.Load(text, engine.Everything())
	for _, finding := range findings {
		say(findingsTo, path+": "+finding.Severity.String()+": "+finding.String())
	}
	if program == nil {
		return nil, nil, fmt.Errorf("CONFIG=%s has errors; the filter would leave all replies as they are", path)
	}
	return text, program, nil
}
