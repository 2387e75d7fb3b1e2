// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"fmt"
	"os"
	"strings"
)

// Page is a page with what its reader does.
type Page struct {
	// Path is where the page was read.
	Path string
	// Steps are in the order of the page.
	Steps []Step
	// lines is the text of the page, with line ends.
	lines []string
}

// Step is a command to run, or a file to write.
type Step struct {
	// Line is where the step begins in the page, from 1.
	Line int
	// Command is a line for the shell, "" for a file.
	Command string
	// Shown are the lines that the page has below the command.
	Shown []string
	// File is the name of a file to write, and Text what is in it, or what is added to it when it is Added.
	File, Text string
	Added      bool
	// from and to are the lines of Shown in the page, counted from 0; to is the one behind the last.
	from, to int
}

const (
	// prompt begins the line of a command.
	prompt = "$ "
	// addsTo stands before the name of a file to which the text is added.
	addsTo = ">>"
)

// Read reads a page.
func Read(path string) (*Page, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p := &Page{Path: path, lines: strings.SplitAfter(string(text), "\n")}
	for i := 0; i < len(p.lines); i++ {
		info, ok := strings.CutPrefix(p.line(i), "```")
		if !ok {
			continue
		}
		end := i + 1
		for end < len(p.lines) && p.line(end) != "```" {
			end++
		}
		if end == len(p.lines) {
			return nil, fmt.Errorf("%s:%d: the block does not end", path, i+1)
		}
		if err := p.block(strings.Fields(info), i+1, end); err != nil {
			return nil, err
		}
		i = end
	}
	return p, nil
}

// line is a line without its end.
func (p *Page) line(i int) string { return strings.TrimSuffix(p.lines[i], "\n") }

// block reads the steps of the block with these lines.
func (p *Page) block(info []string, from, to int) error {
	switch {
	case len(info) == 1 && info[0] == "console":
		return p.terminal(from, to)
	case len(info) == 2, len(info) == 3 && info[1] == addsTo:
		p.Steps = append(p.Steps, Step{
			Line: from + 1, File: info[len(info)-1], Text: strings.Join(p.lines[from:to], ""), Added: info[1] == addsTo,
		})
	}
	return nil
}

// terminal reads the commands of a block.
func (p *Page) terminal(from, to int) error {
	for i := from; i < to; {
		command, ok := strings.CutPrefix(p.line(i), prompt)
		if !ok {
			return fmt.Errorf("%s:%d: a block of a terminal begins with a command, behind %q", p.Path, i+1, prompt)
		}
		step := Step{Line: i + 1, Command: command}
		for i++; i < to && strings.HasSuffix(step.Command, `\`); i++ {
			step.Command += "\n" + p.line(i)
		}
		step.from = i
		for ; i < to && !strings.HasPrefix(p.line(i), prompt); i++ {
			step.Shown = append(step.Shown, p.line(i))
		}
		step.to = i
		p.Steps = append(p.Steps, step)
	}
	return nil
}

// Replace is the text of the page with other lines below its commands: shown has those of each step, nil to keep them.
func (p *Page) Replace(shown [][]string) string {
	var b strings.Builder
	done := 0
	for i, step := range p.Steps {
		if shown[i] == nil {
			continue
		}
		b.WriteString(strings.Join(p.lines[done:step.from], ""))
		for _, line := range shown[i] {
			b.WriteString(line + "\n")
		}
		done = step.to
	}
	b.WriteString(strings.Join(p.lines[done:], ""))
	return b.String()
}
