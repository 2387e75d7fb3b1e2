// SPDX-License-Identifier: Apache-2.0

// Package terminal keeps what a terminal would act upon out of what commands
// print: names of files, replies of servers and lines of logs may hold
// sequences that clear it, set its title or type into it.
package terminal

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// Terminal is a terminal that is told nothing but text, line ends and colours.
type Terminal struct{ file *os.File }

// Printer is a writer for what commands print: as it is, unless it goes to a terminal.
func Printer(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok && Is(f) {
		return Terminal{f}
	}
	return w
}

// Is reports whether a reader or a writer is a terminal.
func Is(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(f.Fd()))
}

// Fd is the number of the file, by which a terminal is known.
func (t Terminal) Fd() uintptr { return t.file.Fd() }

// Raw is the terminal as it is, for sequences that a command means.
func (t Terminal) Raw() io.Writer { return t.file }

// Write writes text.
func (t Terminal) Write(text []byte) (int, error) {
	if _, err := t.file.Write(harmless(text)); err != nil {
		return 0, err
	}
	return len(text), nil
}

// coloured is what commands colour text with: bold, some colours, and the end of it.
var coloured = regexp.MustCompile(`\x1b\[(?:[01]|3[0-7])m`)

// harmless replaces what a terminal would act upon, but for colours and line ends: control characters, those that turn the
// direction of a text, which can show it in another order than it has, and what is no UTF-8.
func harmless(text []byte) []byte {
	made := make([]byte, 0, len(text))
	for at := 0; at < len(text); {
		if text[at] == '\x1b' {
			if sequence := coloured.FindIndex(text[at:min(at+5, len(text))]); sequence != nil && sequence[0] == 0 {
				made = append(made, text[at:at+sequence[1]]...)
				at += sequence[1]
				continue
			}
		}
		c, size := utf8.DecodeRune(text[at:])
		switch {
		case c == '\n', c == '\t', bytes.HasPrefix(text[at:], []byte("\r\n")):
			made = append(made, text[at])
		case unicode.IsControl(c), unicode.Is(unicode.Bidi_Control, c):
			made = utf8.AppendRune(made, utf8.RuneError)
		default:
			made = utf8.AppendRune(made, c)
		}
		at += size
	}
	return made
}
