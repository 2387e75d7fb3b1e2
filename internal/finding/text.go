// SPDX-License-Identifier: Apache-2.0

package finding

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"gatewayresponses/internal/catalogue"
)

// The escape sequences of terminals (ECMA-48) that findings are coloured with.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	bold   = "\x1b[1m"
	reset  = "\x1b[0m"
)

// Text writes findings for people: place, severity, message and code, then the line with a caret below the place, then where the
// code is explained.
func (l List) Text(w io.Writer, colour bool) error {
	for _, f := range l {
		if _, err := io.WriteString(w, f.text(colour)); err != nil {
			return err
		}
	}
	return nil
}

// text is one finding as people read it.
func (f Finding) text(colour bool) string {
	paint := func(sequence, text string) string {
		if !colour {
			return text
		}
		return sequence + text + reset
	}
	var b strings.Builder
	if place := f.String(); place != "" {
		b.WriteString(paint(bold, place) + ": ")
	}
	b.WriteString(paint(f.Severity.colour(), string(f.Severity)) + ": " + PrintableLines(f.Words()))
	if f.Code != 0 {
		b.WriteString(" [" + f.Code.String() + "]")
	}
	b.WriteByte('\n')
	margin := fmt.Sprintf("%5d", f.Line)
	indent := strings.Repeat(" ", len(margin))
	if f.Line > 0 && f.Excerpt != "" {
		line, caret := excerpt(f.Excerpt, f.Column-1)
		b.WriteString(margin + " | " + line + "\n")
		b.WriteString(indent + " | " + caret + paint(f.Severity.colour(), "^") + "\n")
	}
	if f.Code != 0 {
		b.WriteString(indent + " = " + catalogue.Link(f.Code) + "\n")
	}
	return b.String()
}

// Words are the message, with the path in front of it.
func (f Finding) Words() string {
	if f.Path == "" {
		return f.Message
	}
	return f.Path + ": " + f.Message
}

// String is "file:line:column", or as much of it as is known. Of the name of a file it has what is printable.
func (p Place) String() string {
	name := Printable(p.File)
	if p.Line == 0 {
		return name
	}
	return name + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// colour is what terminals show the severity in.
func (s Severity) colour() string {
	switch s {
	case Error:
		return red
	case Warning:
		return yellow
	default:
		return cyan
	}
}
