// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gatewayresponses/internal/listing"
)

// maxShown is how much of a value is shown, in characters.
const maxShown = 200

// Text writes the report for people: the differences, then how many there are.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "A %s\nB %s\n", r.A, r.B)
	for i := range r.Results {
		result := &r.Results[i]
		if len(result.Differences) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", shown(result.title()))
		for _, d := range result.Differences {
			fmt.Fprintf(&b, "  %s\n    A %s\n    B %s\n", shown(d.place()), value(d.A), value(d.B))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.sum())
	_, err := io.WriteString(w, b.String())
	return err
}

// Markdown writes the report for a pull request or a page.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "A: %s<br>B: %s\n\n%s\n", code(r.A), code(r.B), r.sum())
	for i := range r.Results {
		result := &r.Results[i]
		if len(result.Differences) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n**%s**\n\n| where | A | B |\n|---|---|---|\n", escaped(result.title()))
		for _, d := range result.Differences {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", escaped(d.place()), code(value(d.A)), code(value(d.B)))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// sum counts.
func (r *Report) sum() string {
	return fmt.Sprintf("%s: %d the same, %d different", listing.Count(len(r.Results), "request", "requests"), r.Same, r.Differ)
}

// title is the name of the request, and the request.
func (r *Result) title() string {
	request := r.Method + " " + r.Path
	if r.Name == request {
		return request
	}
	return r.Name + ": " + request
}

// place is where the difference is.
func (d *Difference) place() string {
	if d.Name == "" {
		return d.Where
	}
	return d.Where + " " + d.Name
}

// value is a value for people.
func value(text *string) string {
	switch {
	case text == nil:
		return "(not there)"
	case *text == "":
		return "(empty)"
	}
	return shown(*text)
}

// shown is a text that a gateway may have written, in one line that does nothing to a terminal.
func shown(text string) string {
	cut := ""
	if n := utf8.RuneCountInString(text); n > maxShown {
		at := 0
		for range maxShown {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
		text, cut = text[:at], fmt.Sprintf("... (%d characters)", n)
	}
	for _, r := range text {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return strconv.Quote(text) + cut
		}
	}
	return text + cut
}

// escaped is a text in Markdown.
func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`).Replace(shown(text))
}

// code is a text as code in a cell of a table.
func code(text string) string {
	return "<code>" + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;", "`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "@", "&#64;").Replace(text) + "</code>"
}
