// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gatewayresponses/bench/process"
	"gatewayresponses/bench/result"
	"gatewayresponses/internal/manyapis"
	"gatewayresponses/internal/manylines"
)

const (
	// gwr is the command that is measured.
	gwr = "dist/gwr"
	// replayedLines is how many lines the access log has.
	replayedLines = 1_000_000
	// validatedAPIs is how many APIs the document has that is validated.
	validatedAPIs = 100
	// runTests is how many tests the test file has.
	runTests = 1000
	// toolTimes is how often each is measured.
	toolTimes = 3
	// memoryInterval is how often memory is looked at.
	memoryInterval = 20 * time.Millisecond
)

// measureTools adds what gwr takes for many lines, and for many entries, to r.
func (b *bench) measureTools(ctx context.Context, r *result.Run) error {
	log := filepath.Join(b.folder, "access.log")
	if err := writeLog(log); err != nil {
		return err
	}
	document := filepath.Join(b.folder, "apis.json")
	if err := os.WriteFile(document, manyapis.Different(validatedAPIs), 0o600); err != nil {
		return err
	}
	tests := filepath.Join(b.folder, "many.test.yaml")
	if err := os.WriteFile(tests, testFile(runTests), 0o600); err != nil {
		return err
	}
	for _, run := range []struct {
		words    []string
		file, of string
		many     int
	}{
		{[]string{"replay", "config/problem.json"}, log, "lines of an access log", replayedLines},
		{[]string{"replay", "config/problem.json", "--against", "config/aws.json"}, log, "lines of an access log", replayedLines},
		{[]string{"validate"}, document, "APIs with two entries each", validatedAPIs},
		{[]string{"lint"}, document, "APIs with two entries each", validatedAPIs},
		{[]string{"test", "--document", "config/problem.json"}, tests, "tests", runTests},
		{[]string{"test", "--document", "config/problem.json", "--wasm"}, tests, "tests", runTests},
	} {
		tool := result.Tool{Name: "gwr " + strings.Join(run.words, " "), Of: run.of, Many: run.many}
		b.say("%s, %d %s", tool.Name, tool.Many, tool.Of)
		for range toolTimes {
			if err := measureTool(ctx, append(run.words, run.file), &tool); err != nil {
				return err
			}
		}
		r.Tools = append(r.Tools, tool)
	}
	return nil
}

// writeLog writes an access log.
func writeLog(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, manylines.Log(replayedLines)); err != nil {
		return err
	}
	return f.Close()
}

// testFile is a file with many tests for config/problem.json.
func testFile(many int) []byte {
	var b bytes.Buffer
	b.WriteString("tests:\n")
	for i := range many {
		fmt.Fprintf(&b, `- name: a program gets a problem, %d
  request: {path: /pets/%d, headers: {accept: application/problem+json}}
  error: THROTTLED
  want: {status: 429, headers: {content-type: application/problem+json}, body: {paths: {status: 429}}}
`, i, i)
	}
	return b.Bytes()
}

// measureTool runs gwr once.
func measureTool(ctx context.Context, args []string, tool *result.Tool) error {
	command := exec.CommandContext(ctx, gwr, args...)
	command.Stderr = os.Stderr
	began := time.Now()
	if err := command.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	// What wait4 says of memory has that of the process which started this one in it.
	for {
		select {
		case err := <-ended:
			tool.Seconds = append(tool.Seconds, time.Since(began).Seconds())
			if err != nil {
				return fmt.Errorf("%s: %w", tool.Name, err)
			}
			return nil
		case <-time.After(memoryInterval):
			if bytes, err := process.RSS(command.Process.Pid); err == nil {
				tool.MemoryMB = max(tool.MemoryMB, float64(bytes)/1e6)
			}
		}
	}
}
