// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"bytes"

	"gatewayresponses/internal/accesslog"
)

// Place is a line of a log.
type Place struct {
	Log  string `json:"log"`
	Line int    `json:"line"`
}

// tally is what the lines of one chunk come to.
type tally struct {
	documents []Document
	log       string
	// lowest is the lowest status of what is looked at.
	lowest int

	lines, good, errors int
	broken              []Broken
	brokenCount         int
	groups              map[key]*Group
	unclassified        map[unknown]*Unclassified
	assumed             map[string]int
}

// newTally is the tally of no lines.
func newTally(documents []Document, log string) *tally {
	t := &tally{documents: documents, log: log, groups: map[key]*Group{}, unclassified: map[unknown]*Unclassified{}, assumed: map[string]int{}}
	t.lowest = 400
	for _, d := range documents {
		t.lowest = min(t.lowest, d.Program.Needs().LowestStatus)
	}
	return t
}

// addChunk adds the lines of a chunk.
func (t *tally) addChunk(parser *accesslog.Parser, chunk accesslog.Chunk) {
	number := chunk.First
	for line := range bytes.Lines(chunk.Text) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			t.add(parser, line, Place{t.log, number})
		}
		number++
	}
}

// add adds a line.
func (t *tally) add(parser *accesslog.Parser, text []byte, at Place) {
	t.lines++
	line, err := parser.Parse(text)
	switch {
	case err != nil:
		t.brokenCount++
		if len(t.broken) < maxBroken {
			t.broken = append(t.broken, Broken{at, err.Error()})
		}
	case !line.IsError(t.lowest):
		t.good++
	default:
		t.errors++
		t.addError(&line, at)
	}
}

// addError adds a line about an error.
func (t *tally) addError(line *accesslog.Line, at Place) {
	status := line.EnvoyStatus()
	k := key{status: status, same: true}
	// What the upstream made is left for no more than its details, unless a document asks for it.
	if left := t.leftByAll(status, line.Details); left != "" {
		outcome := Outcome{Status: status, Left: left}
		k.before, k.after = outcome, outcome
		t.group(k, at).Count++
		return
	}
	for _, name := range line.Lacks() {
		t.assumed[name]++
	}
	x := line.Exchange()
	// What tells one exchange from the next would tell one group from the next.
	blanked := x
	blanked.Request.Headers, blanked.Request.Time = withoutID(x.Request.Headers), noTime
	last := t.documents[len(t.documents)-1].outcome(blanked)
	k.before, k.after, k.same = Outcome{Status: status}, last.Outcome, !last.reply.Replaced
	body := Body{After: last.hash, Count: 1, Sample: sample(last.reply.Body), Example: at}
	if len(t.documents) == 2 {
		first := t.documents[0].outcome(blanked)
		k.before, k.same, body.Before = first.Outcome, first.looksLike(&last), first.hash
	}
	g := t.group(k, at)
	if g.Count++; body.Before != "" || body.After != "" {
		g.merge(body)
	}
	if last.unclassified && line.Details != "" {
		t.addUnclassified(unknown{line.Details, status}, at)
	}
}

// leftByAll is why all documents leave a reply with a status and details, "" when one of them looks further.
func (t *tally) leftByAll(status int, details string) string {
	left := ""
	for _, d := range t.documents {
		if left = string(d.Program.Wants(status, details).Left); left == "" {
			return ""
		}
	}
	return left
}

// group is the group with a key, a new one if need be.
func (t *tally) group(k key, at Place) *Group {
	g := t.groups[k]
	if g == nil {
		g = newGroup(k, at)
		t.groups[k] = g
	}
	return g
}

// addUnclassified adds an error whose details the tables do not know.
func (t *tally) addUnclassified(u unknown, at Place) {
	known := t.unclassified[u]
	if known == nil {
		known = &Unclassified{Details: u.details, Status: u.status, Example: at}
		t.unclassified[u] = known
	}
	known.Count++
}
