// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// Shell is where the steps of a page are run: one shell for all of them, so that cd and export last.
type Shell struct {
	// Folder is where the reader begins.
	Folder string
	// Environment is the environment, as os/exec takes it.
	Environment []string
	// Before is put in front of the steps, to make a command of the page another one.
	Before string
}

// Result is what a step led to.
type Result struct {
	// Printed are the lines that the command printed, to stdout and to stderr.
	Printed []string
	// Code is its exit code.
	Code int
}

// separator begins the line behind the output of each step. No command prints it.
const separator = "\x1e"

// endOfFile ends the text of a file in the script.
const endOfFile = "END-OF-THE-FILE-OF-A-PAGE"

// errEnded says that a step has ended the shell.
var errEnded = errors.New("a step has ended the shell")

// Run runs steps, each whatever became of the one before it. An error means that the shell did not come to its end.
func (s Shell) Run(ctx context.Context, steps []Step) ([]Result, error) {
	var script strings.Builder
	fmt.Fprintf(&script, "exec 2>&1\n%s\n", s.Before)
	for _, step := range steps {
		if step.File != "" {
			into := ">"
			if step.Added {
				into = ">>"
			}
			fmt.Fprintf(&script, "cat %s '%s' <<'%s'\n%s%s\n", into, step.File, endOfFile, step.Text, endOfFile)
		} else {
			fmt.Fprintln(&script, step.Command)
		}
		fmt.Fprintf(&script, "printf '%%b%%d\\n' '\\036' $?\n")
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", script.String())
	cmd.Dir, cmd.Env = s.Folder, s.Environment
	output, err := cmd.Output()
	parts := bytes.Split(output, []byte(separator))
	if len(parts) != len(steps)+1 {
		err = errors.Join(err, errEnded)
	}
	if err != nil {
		return nil, fmt.Errorf("%d of %d steps: %w:\n%s", len(parts)-1, len(steps), err, output)
	}
	results := make([]Result, len(steps))
	text := parts[0]
	for i := range results {
		code, rest, _ := bytes.Cut(parts[i+1], []byte("\n"))
		if results[i].Code, err = strconv.Atoi(string(code)); err != nil {
			return nil, err
		}
		results[i].Printed = lines(string(text))
		text = rest
	}
	return results, nil
}

// lines are the lines of a text, without empty ones at its end, and without blanks at theirs.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		all = append(all, strings.TrimRight(line, " \n"))
	}
	for len(all) > 0 && all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}
