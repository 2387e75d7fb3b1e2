// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"gatewayresponses/bench/gwrd"
	"gatewayresponses/bench/load"
	"gatewayresponses/bench/process"
)

// child is this command in a process of its own. They talk in lines.
type child struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	says    strings.Builder
}

// startChild runs this command with arguments on some cores.
func startChild(cores []int, args ...string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{command: exec.Command(self, args...)}
	c.command.Stderr = &c.says
	if c.in, err = c.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewReader(out)
	return c, process.Pinned(cores, c.command.Start)
}

// line reads the next line. An error has what the process complained about.
func (c *child) line() (string, error) {
	line, err := c.out.ReadString('\n')
	if err != nil {
		return "", c.end()
	}
	return strings.TrimSpace(line), nil
}

// end closes the input, waits for the process, and says what it complained about.
func (c *child) end() error {
	_ = c.in.Close()
	_, _ = io.Copy(io.Discard, c.out)
	if err := c.command.Wait(); err != nil {
		return fmt.Errorf("%s: %w: %s", c.command.Args[1], err, strings.TrimSpace(c.says.String()))
	}
	return nil
}

// startUpstream runs the upstream and returns its port.
func startUpstream(cores []int) (*child, int, error) {
	c, err := startChild(cores, upstreamCommand)
	if err != nil {
		return nil, 0, err
	}
	line, err := c.line()
	if err != nil {
		return nil, 0, err
	}
	port, err := strconv.Atoi(line)
	return c, port, err
}

// generator is a child that sends requests.
type generator struct{ *child }

// startGenerator runs a generator until the proxy is warm.
func startGenerator(cores []int, s load.Spec) (generator, error) {
	return startSender(cores, generatorCommand, s)
}

// startCallers runs callers until the server is warm.
func startCallers(cores []int, s gwrd.Spec) (generator, error) {
	return startSender(cores, callersCommand, s)
}

// startSender runs a command that takes a specification, until it is ready.
func startSender(cores []int, command string, specification any) (generator, error) {
	text, err := json.Marshal(specification)
	if err != nil {
		return generator{}, err
	}
	c, err := startReady(cores, command, string(text))
	return generator{c}, err
}

// startReady runs this command with arguments until it is ready.
func startReady(cores []int, args ...string) (*child, error) {
	c, err := startChild(cores, args...)
	if err != nil {
		return nil, err
	}
	line, err := c.line()
	if err == nil && line != load.Ready {
		err = errors.Join(fmt.Errorf("%s says %q", args[0], line), c.end())
	}
	return c, err
}

// begin starts what is measured, or ends it if it has no duration.
func (g generator) begin() error {
	_, err := io.WriteString(g.in, "\n")
	return err
}

// outcome awaits what was measured.
func (g generator) outcome() (load.Outcome, error) {
	line, err := g.line()
	if err != nil {
		return load.Outcome{}, err
	}
	var o load.Outcome
	return o, errors.Join(json.Unmarshal([]byte(line), &o), g.end())
}
