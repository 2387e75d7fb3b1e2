// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"gatewayresponses/bench/gwrd"
	"gatewayresponses/bench/load"
	"gatewayresponses/bench/result"
)

func main() {
	// The process ends with the context, so there is no need to stop listening for signals.
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	if err := command(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// Commands that bench runs itself as, for processes that are not measured.
const (
	generatorCommand = "generator"
	upstreamCommand  = "upstream"
	callersCommand   = "callers"
	nodesCommand     = "nodes"
	compareCommand   = "compare"
)

// command does what the arguments ask for.
func command(ctx context.Context, args []string) error {
	name := ""
	if len(args) > 0 {
		name = args[0]
	}
	switch name {
	case generatorCommand:
		return generate(args[1:], os.Stdin, os.Stdout)
	case upstreamCommand:
		return upstream(os.Stdin, os.Stdout)
	case callersCommand:
		return callers(args[1:], os.Stdin, os.Stdout)
	case nodesCommand:
		return nodes(args[1:], os.Stdin, os.Stdout)
	case compareCommand:
		return compare(args[1:], os.Stdout)
	}
	s, err := readSettings(args, os.Stderr)
	if err != nil {
		return err
	}
	return run(ctx, s, os.Stdout, os.Stderr)
}

// generate is the process that sends requests: its argument is a load.Spec in JSON.
func generate(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("want one argument: a specification in JSON")
	}
	var s load.Spec
	if err := json.Unmarshal([]byte(args[0]), &s); err != nil {
		return err
	}
	return load.Serve(s, in, out)
}

// callers is the process that sends requests to a gwrd: its argument is a gwrd.Spec in JSON.
func callers(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("want one argument: a specification in JSON")
	}
	var s gwrd.Spec
	if err := json.Unmarshal([]byte(args[0]), &s); err != nil {
		return err
	}
	return gwrd.ServeCallers(s, in, out)
}

// nodes is the process of nodes that are no Envoys: its arguments are the address of a gwrd and how many there are.
func nodes(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 2 {
		return errors.New("want two arguments: an address and a number")
	}
	count, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	return gwrd.ServeNodes(args[0], count, in, out)
}

// upstream is the process that answers: it writes its port and ends with its input.
func upstream(in io.Reader, out io.Writer) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, in)
		_ = listener.Close()
	}()
	return load.ServeUpstream(listener)
}

// compare prints what the ratios of a second run are to those of the first.
func compare(args []string, out io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("compare: %d files; want two results: make bench-compare A=docs/performance.json B=dist/bench.json", len(args))
	}
	a, err := result.Read(args[0])
	if err != nil {
		return err
	}
	b, err := result.Read(args[1])
	if err != nil {
		return err
	}
	return result.Compare(out, a, b)
}
