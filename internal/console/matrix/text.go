// SPDX-License-Identifier: Apache-2.0

package matrix

import (
	"fmt"
	"net/http"
	"strings"

	"gatewayresponses/internal/finding"
)

// writeText answers with the matrix as text, a reply in a line.
func (p *matrixPage) writeText(w http.ResponseWriter) error {
	var text strings.Builder
	for _, r := range p.Table.Rows {
		on := "everywhere"
		if !r.Everywhere {
			on = "on " + strings.Join(titles(r.Routes), ", ")
		}
		line := func(format string, values ...any) {
			fmt.Fprintf(&text, "%s\n", finding.Printable(fmt.Sprintf("%s %s, ", r.Type, on)+fmt.Sprintf(format, values...)))
		}
		if len(r.Cells) == 0 {
			line("never: %s", r.Why)
		}
		for _, c := range r.Cells {
			media := strings.Join(c.Media, " ")
			if media == "" {
				media = p.Asked.Client
			}
			line("%s: %s", media, c.Seen.line())
			switch {
			case c.OnlyHeaders:
				line("%s, before: with other headers", media)
			case c.Was != nil:
				line("%s, before: %s", media, c.Was.line())
			}
		}
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte(text.String()))
	return err
}

// titles are names of routes, as text has them.
func titles(routes []route) []string {
	all := names(routes)
	for i, name := range all {
		if name == "" {
			all[i] = "no route"
		}
	}
	return all
}

// line is a reply in a line.
func (s *seen) line() string {
	line := s.Status
	if s.Text != "" {
		line += " " + s.Text
	}
	if s.IsCut {
		line += " ..."
	}
	return line
}
