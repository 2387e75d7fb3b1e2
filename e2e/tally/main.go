// SPDX-License-Identifier: Apache-2.0

// Command tally reads what "go test -json" writes, and says how many tests of how many ran, and why the others did not. It ends with an
// error when a test fails, or is skipped without a reason in the table of package envoytest:
//
//	go test -json ./e2e/... | go run ./e2e/tally
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "tally: %v\n", err)
		os.Exit(1)
	}
}

// run reads all events, and writes the report.
func run(events io.Reader, report io.Writer) error {
	t, err := read(events)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(report, t.text()); err != nil {
		return err
	}
	return t.verdict()
}
