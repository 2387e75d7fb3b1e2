// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/quote"
)

// Text writes the report for people, with up to rows groups; 0 is all of them.
func (r *Report) Text(w io.Writer, rows int) error {
	b := &strings.Builder{}
	r.writeSum(b)
	r.writeGroups(b, rows)
	r.writeUnclassified(b, rows)
	r.writeAssumed(b)
	_, err := io.WriteString(w, b.String())
	return err
}

// writeSum writes how many lines there are of what.
func (r *Report) writeSum(b *strings.Builder) {
	fmt.Fprintf(b, "%s: %s, %s", listing.Count(r.Lines, "line", "lines"), listing.Count(r.Errors, "error", "errors"), strings.Join(r.Documents, " -> "))
	verb := " replaces "
	if len(r.Documents) == 2 {
		verb = " changes "
	}
	fmt.Fprintf(b, "%s%s\n", verb, listing.Number(r.Changed))
	if r.Broken > 0 {
		fmt.Fprintf(b, "%s that cannot be read:\n", listing.Count(r.Broken, "line", "lines"))
		for _, broken := range r.BrokenLines {
			fmt.Fprintf(b, "  %s:%d: %s\n", broken.Log, broken.Line, quote.Shorten(broken.Why))
		}
	}
}

// writeGroups writes the groups: those that change, then those that stay.
func (r *Report) writeGroups(b *strings.Builder, rows int) {
	if len(r.Groups) == 0 {
		return
	}
	b.WriteString("\n")
	table := [][]string{{"COUNT", "TYPE", "STATUS", "ENTRY", "MEDIA TYPE", "BODIES"}}
	sorted := slices.SortedStableFunc(slices.Values(r.Groups), func(a, b *Group) int { return cmp.Compare(rank(a), rank(b)) })
	shown := len(sorted)
	if rows > 0 {
		shown = min(shown, rows)
	}
	for _, g := range sorted[:shown] {
		table = append(table, r.row(g))
	}
	b.WriteString(listing.Table("", table))
	hidden := r.OtherErrors
	for _, g := range sorted[shown:] {
		hidden += g.Count
	}
	if hidden > 0 {
		fmt.Fprintf(b, "%s in other groups\n", listing.Count(hidden, "error", "errors"))
	}
	if slices.ContainsFunc(r.Groups, func(g *Group) bool { return g.After.Left == leftUnseen }) {
		b.WriteString(unseenNotes[r.seesEarly])
	}
}

// unseenNotes say where replies come from that the filter does not see, by whether it sees what comes before the chain of filters.
var unseenNotes = map[bool]string{
	false: "(unseen) comes before the filter, where the mappers of gwr emit --companion can answer, or behind it.\n",
	true:  "(unseen) comes on the way back, when the reply has passed the filter.\n",
}

// rank puts what changes before what stays.
func rank(g *Group) int {
	if g.Changes {
		return 0
	}
	return 1
}

// row is a group as a row of the table.
func (r *Report) row(g *Group) []string {
	types, entries, media := g.After.Type, g.After.answer(), g.After.MediaType
	status := arrow(strconv.Itoa(g.EnvoyStatus), g.After.seen())
	if len(r.Documents) == 2 {
		types, entries, media = arrow(g.Before.Type, g.After.Type), arrow(g.Before.answer(), g.After.answer()), arrow(g.Before.MediaType, g.After.MediaType)
		status = arrow(g.Before.seen(), g.After.seen())
	}
	bodies := strconv.Itoa(len(g.Bodies))
	if g.OtherBodies > 0 {
		bodies += "+"
	}
	if len(r.Documents) == 2 && !g.Changes {
		bodies += " (as before)"
	}
	return []string{listing.Number(g.Count), orDash(types), status, entries, orDash(media), bodies}
}

// seen is the status that a client sees.
func (o Outcome) seen() string {
	if o.GRPC != "" {
		return "gRPC " + o.GRPC
	}
	return strconv.Itoa(o.Status)
}

// answer is the entry, or in brackets why none answers.
func (o Outcome) answer() string {
	if o.Left != "" && o.Entry != "" {
		return "(" + o.Left + ": " + o.Entry + ")"
	}
	if o.Left != "" || o.Entry == "" {
		return "(" + cmp.Or(o.Left, "none") + ")"
	}
	return o.Entry
}

// writeUnclassified writes details that no table knows.
func (r *Report) writeUnclassified(b *strings.Builder, rows int) {
	if len(r.Unclassified) == 0 {
		return
	}
	b.WriteString("\nNo table knows these details; a rule in \"classification\" can name them:\n")
	shown := len(r.Unclassified)
	if rows > 0 {
		shown = min(shown, rows)
	}
	hidden := r.OtherUnclassified
	for i, u := range r.Unclassified {
		if i >= shown {
			hidden += u.Count
			continue
		}
		fmt.Fprintf(b, "  %s  %d %s  (%s:%d)\n", listing.Number(u.Count), u.Status, quote.Text(u.Details), u.Example.Log, u.Example.Line)
	}
	if hidden > 0 {
		fmt.Fprintf(b, "  %s more\n", listing.Number(hidden))
	}
}

// writeAssumed writes what the log lacks.
func (r *Report) writeAssumed(b *strings.Builder) {
	if len(r.Assumed) == 0 {
		return
	}
	b.WriteString("\nAssumed, because the log does not say (docs/observability.md has the format):\n")
	byCount := map[int][]string{}
	for _, name := range slices.Sorted(maps.Keys(r.Assumed)) {
		byCount[r.Assumed[name]] = append(byCount[r.Assumed[name]], name)
	}
	for _, count := range slices.Backward(slices.Sorted(maps.Keys(byCount))) {
		writeList(b, "  in "+listing.Count(count, "error", "errors")+": ", byCount[count])
	}
}

// width is how wide text is, in columns, where it can be broken.
const width = 80

// writeList writes names with commas between, in lines that begin below each other.
func writeList(b *strings.Builder, before string, names []string) {
	line := before
	for i, name := range names {
		if i < len(names)-1 {
			name += ", "
		}
		if len(line)+len(name) > width && line != before {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = strings.Repeat(" ", len(before))
		}
		line += name
	}
	b.WriteString(line + "\n")
}

// arrow is a change from one text to another, or the text that stays.
func arrow(before, after string) string {
	if before == after {
		return orDash(after)
	}
	return orDash(before) + " -> " + orDash(after)
}

// orDash is a text, "-" for none.
func orDash(text string) string { return cmp.Or(text, "-") }
