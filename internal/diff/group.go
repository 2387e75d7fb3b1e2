// SPDX-License-Identifier: Apache-2.0

package diff

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/rogpeppe/go-internal/diff"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/survey"
)

// Group are replies in which the same changes.
type Group struct {
	Changes []Change
	// Status says how the status changes, "429 -> 503", or what it stays.
	Status string
	// Headers are lines of headers that go ("-name: value") and come ("+name: value"), without content-length.
	Headers []string
	// Body is a unified diff of the bodies, "" when they are equal. JSON has a line for each value.
	Body string
}

// group gathers changes in which the same changes, in the order of the first of each.
func group(changes []Change) []Group {
	var groups []Group
	places := map[string]int{}
	for _, change := range changes {
		g := Group{
			Changes: []Change{change},
			Status:  status(&change.Before, &change.After),
			Headers: headers(&change.Before, &change.After),
			Body:    body(&change.Before, &change.After),
		}
		same := strings.Join(g.lines(), "\n")
		if at, known := places[same]; known {
			groups[at].Changes = append(groups[at].Changes, change)
			continue
		}
		places[same] = len(groups)
		groups = append(groups, g)
	}
	return groups
}

// status says how the status changes.
func status(before, after *preview.Reply) string {
	if before.Status == after.Status {
		return facts.StatusText(after.Status)
	}
	return facts.StatusText(before.Status) + " -> " + facts.StatusText(after.Status)
}

// headers are the lines that go and come. The length follows from the body.
func headers(before, after *preview.Reply) []string {
	was, is := survey.SortedHeaders(before), survey.SortedHeaders(after)
	var lines []string
	for _, name := range names(was, is) {
		old, now := was.Values(name), is.Values(name)
		if name == "content-length" || slices.Equal(old, now) {
			continue
		}
		for _, value := range old {
			lines = append(lines, "-"+name+": "+value)
		}
		for _, value := range now {
			lines = append(lines, "+"+name+": "+value)
		}
	}
	return lines
}

// parts names what changes: "status", headers by their names, "body".
func (g *Group) parts() []string {
	var parts []string
	if strings.Contains(g.Status, ">") {
		parts = append(parts, "status")
	}
	for _, line := range g.Headers {
		name, _, _ := strings.Cut(line[1:], ":")
		if !slices.Contains(parts, name) {
			parts = append(parts, name)
		}
	}
	if g.Body != "" {
		parts = append(parts, "body")
	}
	return parts
}

// names are the names of headers in either map, in order.
func names(maps ...facts.Headers) []string {
	var all []string
	for _, headers := range maps {
		for _, line := range headers {
			all = append(all, line.Name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// body is a diff of the bodies.
func body(before, after *preview.Reply) string {
	if bytes.Equal(before.Body, after.Body) {
		return ""
	}
	if !utf8.Valid(before.Body) || !utf8.Valid(after.Body) {
		return fmt.Sprintf("-%d bytes\n+%d bytes that differ, and are no text\n", len(before.Body), len(after.Body))
	}
	was, is := lines(before), lines(after)
	if bytes.Equal(was, is) {
		was, is = ended(before.Body), ended(after.Body)
	}
	if bytes.Equal(was, is) {
		return fmt.Sprintf("-%d bytes\n+%d bytes: a line break at the end\n", len(before.Body), len(after.Body))
	}
	text := string(diff.Diff("before", was, "after", is))
	for range 3 { // "diff before after" and the names
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}

// lines is a body to be compared line by line: JSON has a line for each value.
func lines(r *preview.Reply) []byte {
	media := survey.MediaType(r)
	if media == "application/json" || strings.HasSuffix(media, "+json") {
		value := jsontext.Value(bytes.Clone(r.Body))
		if value.Indent(jsontext.WithIndent("  ")) == nil {
			return ended(value)
		}
	}
	return ended(r.Body)
}

// ended is a text whose last line has an end.
func ended(text []byte) []byte {
	if len(text) == 0 || text[len(text)-1] == '\n' {
		return text
	}
	return append(slices.Clip(text), '\n')
}
