// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"cmp"
	"maps"
	"slices"
)

// Report is what the errors of logs come to.
type Report struct {
	// Documents are the names of one document, or of two.
	Documents []string `json:"documents"`
	// Lines counts all lines but empty ones: good ones, errors and broken ones.
	Lines  int `json:"lines"`
	Good   int `json:"good"`
	Errors int `json:"errors"`
	Broken int `json:"broken"`
	// BrokenLines are the first of them.
	BrokenLines []Broken `json:"brokenLines,omitempty"`
	// Changed counts errors that clients would see otherwise: with one document otherwise than without, with two otherwise than with
	// the first.
	Changed int `json:"changed"`
	// Groups are the errors, those met most often first. The first line of each chooses which groups there are when there are too many.
	Groups []*Group `json:"groups"`
	// OtherErrors counts the errors that are in no group, because there are too many.
	OtherErrors int `json:"otherErrors,omitempty"`
	// Unclassified are errors whose details no table knows. The last document's rules can name them.
	Unclassified []*Unclassified `json:"unclassified,omitempty"`
	// OtherUnclassified counts those that are not listed, because there are too many.
	OtherUnclassified int `json:"otherUnclassified,omitempty"`
	// Assumed counts, by what it is called, what errors lack in the log and what was therefore assumed: a request without it, or what is
	// typical of such an error.
	Assumed map[string]int `json:"assumed,omitempty"`

	// seesEarly reports that the filter sees what comes before the chain of filters.
	seesEarly    bool
	maxGroups    int
	groups       map[key]*Group
	unclassified map[unknown]*Unclassified
}

// Broken is a line that cannot be read.
type Broken struct {
	Place
	Why string `json:"why"`
}

// Unclassified are errors with details that no table knows.
type Unclassified struct {
	Details string `json:"details"`
	Status  int    `json:"status"`
	Count   int    `json:"count"`
	Example Place  `json:"example"`
}

// unknown tells them apart.
type unknown struct {
	details string
	status  int
}

// newReport is the report on no lines.
func newReport(documents []Document, maxGroups int) *Report {
	r := &Report{Groups: []*Group{}, Assumed: map[string]int{}, maxGroups: maxGroups, groups: map[key]*Group{}, unclassified: map[unknown]*Unclassified{}}
	for _, d := range documents {
		r.Documents = append(r.Documents, d.Name)
		r.seesEarly = d.Host.SeesEarlyReplies
	}
	return r
}

// add adds the lines of a chunk that comes next in the log.
func (r *Report) add(t *tally) {
	r.Lines, r.Good, r.Errors, r.Broken = r.Lines+t.lines, r.Good+t.good, r.Errors+t.errors, r.Broken+t.brokenCount
	r.BrokenLines = append(r.BrokenLines, t.broken[:min(len(t.broken), maxBroken-len(r.BrokenLines))]...)
	for name, count := range t.assumed {
		r.Assumed[name] += count
	}
	for _, g := range slices.SortedFunc(maps.Values(t.groups), func(a, b *Group) int { return cmp.Compare(a.Example.Line, b.Example.Line) }) {
		known := r.groups[g.key]
		switch {
		case known != nil:
			known.add(g)
		case len(r.groups) >= r.maxGroups:
			r.OtherErrors += g.Count
		default:
			r.groups[g.key] = g
			r.Groups = append(r.Groups, g)
		}
	}
	for _, u := range slices.SortedFunc(maps.Values(t.unclassified), func(a, b *Unclassified) int {
		return cmp.Or(cmp.Compare(a.Example.Line, b.Example.Line), cmp.Compare(a.Details, b.Details))
	}) {
		r.addUnclassified(u)
	}
}

// addUnclassified adds errors whose details no table knows.
func (r *Report) addUnclassified(u *Unclassified) {
	id := unknown{u.Details, u.Status}
	known := r.unclassified[id]
	switch {
	case known != nil:
		known.Count += u.Count
	case len(r.unclassified) >= maxUnclassified:
		r.OtherUnclassified += u.Count
	default:
		r.unclassified[id] = u
		r.Unclassified = append(r.Unclassified, u)
	}
}

// finish sorts, and says what changes.
func (r *Report) finish() {
	for _, g := range r.Groups {
		if g.Changes = !g.key.same; g.Changes {
			r.Changed += g.Count
		}
		slices.SortStableFunc(g.Bodies, func(a, b Body) int { return cmp.Compare(b.Count, a.Count) })
	}
	slices.SortStableFunc(r.Groups, func(a, b *Group) int { return cmp.Compare(b.Count, a.Count) })
	slices.SortStableFunc(r.Unclassified, func(a, b *Unclassified) int { return cmp.Compare(b.Count, a.Count) })
}
