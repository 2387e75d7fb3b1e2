// SPDX-License-Identifier: Apache-2.0

package diff

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/preview"
)

// The escape sequences of terminals (ECMA-48) that lines are coloured with.
const (
	red   = "\x1b[31m"
	green = "\x1b[32m"
	bold  = "\x1b[1m"
	reset = "\x1b[0m"
)

// Same reports whether nothing changes.
func (r *Report) Same() bool { return r.Changed == 0 && len(r.Notes) == 0 }

// Text writes the report for people.
func (r *Report) Text(w io.Writer, colour bool) error {
	var b strings.Builder
	for i := range r.Groups {
		r.Groups[i].text(&b, colour)
	}
	for _, note := range r.Notes {
		b.WriteString(note + "\n")
	}
	b.WriteString(r.Summary() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary sums the report up in a line.
func (r *Report) Summary() string {
	return fmt.Sprintf("%s, %s the same", listing.Count(r.Changed, "reply changes", "replies change"), listing.Number(r.Unchanged))
}

// text writes one group: for whom, then what.
func (g *Group) text(b *strings.Builder, colour bool) {
	paint := func(sequence, text string) string {
		if !colour {
			return text
		}
		return sequence + text + reset
	}
	for _, whom := range g.whom() {
		b.WriteString(paint(bold, whom) + "\n")
	}
	for _, line := range g.lines() {
		switch {
		case strings.HasPrefix(line, "-"):
			line = paint(red, line)
		case strings.HasPrefix(line, "+"):
			line = paint(green, line)
		}
		b.WriteString("  " + line + "\n")
	}
	b.WriteByte('\n')
}

// lines are what changes, as the lines of a diff.
func (g *Group) lines() []string {
	first := &g.Changes[0]
	before, after := facts.StatusText(first.Before.Status)+by(&first.Before), facts.StatusText(first.After.Status)+by(&first.After)
	var lines []string
	if before == after {
		lines = append(lines, " HTTP "+before)
	} else {
		lines = append(lines, "-HTTP "+before, "+HTTP "+after)
	}
	lines = append(lines, g.Headers...)
	if g.Body != "" {
		lines = append(lines, strings.Split(strings.TrimSuffix(g.Body, "\n"), "\n")...)
	}
	return lines
}

// by says who makes a reply, where that is not the document.
func by(r *preview.Reply) string {
	if r.Replaced {
		return ""
	}
	return " (left as it is: " + cmp.Or(string(r.Trace.Left), "no error") + ")"
}

// whom says for whom something changes, a line for each combination of types and media type: "THROTTLED, UNAUTHORIZED; text/html;
// also on routes a, b".
func (g *Group) whom() []string {
	type place struct{ route, media string }
	var places []place
	types := map[place][]string{}
	for i := range g.Changes {
		c := &g.Changes[i]
		at := place{c.Route, c.Media}
		if types[at] == nil {
			places = append(places, at)
		}
		types[at] = append(types[at], c.typeChange())
	}
	type client struct{ types, media string }
	var clients []client
	routes := map[client][]string{}
	for _, at := range places {
		of := client{strings.Join(slices.Compact(types[at]), ", "), at.media}
		if routes[of] == nil {
			clients = append(clients, of)
		}
		routes[of] = append(routes[of], at.route)
	}
	var lines []string
	for _, of := range clients {
		line := of.types
		if of.media != "" {
			line += "; " + of.media
		}
		lines = append(lines, line+onRoutes(routes[of]))
	}
	return lines
}

// namedRoutes is how many routes are named.
const namedRoutes = 8

// onRoutes says on which routes something changes; "" among them is for requests that belong to none, and comes first.
func onRoutes(names []string) string {
	also := ""
	if names[0] == "" {
		also, names = "also on ", names[1:]
	}
	if len(names) == 0 {
		return ""
	}
	word := "route "
	if len(names) > 1 {
		word = "routes "
	}
	more := ""
	if len(names) > namedRoutes {
		more = fmt.Sprintf(" and %d more", len(names)-namedRoutes)
		names = names[:namedRoutes]
	}
	return "; " + also + word + strings.Join(names, ", ") + more
}

// typeChange is the type of a change, with the one that the error is taken for after it where that is another one.
func (c *Change) typeChange() string {
	before, after := string(c.Before.Trace.Class.Type), string(c.After.Trace.Class.Type)
	switch {
	case before == "" || after == "" || before == after:
		return string(c.Type)
	default:
		return before + " -> " + after
	}
}
