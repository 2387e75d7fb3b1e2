// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"cmp"
	"slices"
	"strings"
)

// group is cases that become of the same outcomes at the same statuses, and that one mapper for each outcome is for.
type group struct {
	cases []subject
	parts []part
}

// groups are all groups, in the order in which their mappers are asked.
type groups []*group

// add puts a case into a group, or behind all groups. It joins an earlier group only when no group behind that one can be for the
// same replies, so that the order of the cases holds where it matters.
func (gs *groups) add(sub subject, parts []part) {
	for _, g := range slices.Backward(*gs) {
		if g.takes(&sub, parts) {
			g.cases = append(g.cases, sub)
			return
		}
		if g.meets(&sub) {
			break
		}
	}
	*gs = append(*gs, &group{[]subject{sub}, parts})
}

// takes reports whether a case can join the group.
func (g *group) takes(sub *subject, parts []part) bool {
	return slices.Equal(g.cases[0].owners, sub.owners) && (g.cases[0].details == nil) == (sub.details == nil) &&
		slices.EqualFunc(g.parts, parts, func(a, b part) bool {
			return a.outcome == b.outcome && a.falls == b.falls && slices.Equal(a.statuses, b.statuses)
		})
}

// meets reports whether a reply can be of the group and of a case.
func (g *group) meets(sub *subject) bool {
	return slices.ContainsFunc(g.cases, func(other subject) bool { return other.meets(sub) })
}

// meets reports whether a reply can be of both cases, as far as the beginnings of their details say.
func (sub *subject) meets(other *subject) bool {
	if sub.details == nil || other.details == nil {
		return true
	}
	for _, a := range sub.details {
		for _, b := range other.details {
			a, b := beginning(a), beginning(b)
			if a.covers(b) || b.covers(a) {
				return true
			}
		}
	}
	return false
}

// literal is what a glob begins with.
type literal struct {
	text string
	// whole reports that nothing follows.
	whole bool
}

// beginning is what a glob begins with.
func beginning(glob string) literal {
	text, _, more := strings.Cut(glob, "*")
	return literal{text, !more}
}

// covers reports whether what begins with, or is, the other literal may begin with, or be, this one.
func (l literal) covers(other literal) bool {
	if l.whole {
		return l.text == other.text
	}
	return strings.HasPrefix(other.text, l.text)
}

// mappers are the mappers of all groups. One without changes stands where a later one would take replies that are left.
//
// Cases whose statuses alone decide pass by the mappers of the groups behind them, down to the last ones.
func (c *compiler) mappers(gs groups) []Mapper {
	var all []Mapper
	var falling []passing
	last := c.last(gs)
	withLast := append(slices.Clone(gs), last)
	for i, g := range gs {
		behind := withLast[i+1:]
		for j := range g.parts {
			p := &g.parts[j]
			if p.falls {
				falling = append(falling, passing{g.cases, p.statuses})
			} else if !p.outcome.leaves() || behind.wouldChange(g, p) {
				all = append(all, g.mapper(p, falling))
			}
		}
	}
	if len(last.parts) > 1 {
		// Replies that the tables do not know would get here, too.
		all = append(all, Mapper{About: "all others are left as they are", Expression: "!(" + detailsExpression(last.cases) + ")"})
		last.cases = []subject{{}}
	}
	for i := range last.parts {
		all = append(all, last.mapper(&last.parts[i], nil))
	}
	return all
}

// last is the group of what the status alone decides.
func (c *compiler) last(gs groups) *group {
	last := &group{}
	var statuses []int
	for _, g := range gs {
		for _, p := range g.parts {
			if p.falls {
				last.cases = append(last.cases, g.cases...)
				statuses = append(statuses, p.statuses...)
			}
		}
	}
	last.parts = c.partsOf(c.outcomesByStatus(statuses))
	return last
}

// outcomesByStatus are what the status alone gives.
func (c *compiler) outcomesByStatus(statuses []int) map[int]outcome {
	found := map[int]outcome{}
	for _, s := range statuses {
		found[s] = c.byStatus[s]
	}
	return found
}

// wouldChange reports whether a mapper of the groups would change replies of a part of another one.
func (gs groups) wouldChange(g *group, p *part) bool {
	for _, later := range gs {
		for i := range later.parts {
			other := &later.parts[i]
			if !other.falls && !other.outcome.leaves() && common(other.statuses, p.statuses) != nil && slices.ContainsFunc(g.cases, func(sub subject) bool { return later.meets(&sub) }) {
				return true
			}
		}
	}
	return false
}

// mapper is the mapper of a part. What falls passes by it.
func (g *group) mapper(p *part, falling []passing) Mapper {
	var except []passing
	for _, f := range falling {
		met := slices.DeleteFunc(slices.Clone(f.cases), func(sub subject) bool { return !g.meets(&sub) })
		if len(met) > 0 && common(f.statuses, p.statuses) != nil {
			except = append(except, passing{met, f.statuses})
		}
	}
	return Mapper{
		About: cmp.Or(p.about, "left as they are"), Expression: expression(g.cases, p.statuses, except),
		Status: p.outcome.status, Headers: p.outcome.set(), Body: p.outcome.body, ContentType: p.outcome.contentType,
	}
}

// grpcGuard is the first mapper. It leaves the replies to gRPC requests, which Envoy knows by this media type
// (Grpc::Common::hasGrpcContentType): Envoy makes grpc-status of the status and grpc-message of the body.
var grpcGuard = Mapper{
	About:      "replies to clients of gRPC are left as they are",
	Expression: `request.headers["content-type"] == "application/grpc" || request.headers["content-type"].startsWith("application/grpc+")`,
}
