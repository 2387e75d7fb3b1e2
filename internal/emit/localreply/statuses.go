// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"cmp"
	"slices"
)

// part is statuses of a case that become of the same outcome.
type part struct {
	// statuses are sorted.
	statuses []int
	outcome  outcome
	// about says which replies these are.
	about string
	// falls reports that the outcome is the one that the status alone gives, so that the last mappers say it.
	falls bool
}

// parts are the statuses of a case by what becomes of them, in the order of their first ones.
func (c *compiler) parts(sub subject) []part {
	found := c.outcomes(sub)
	var falling []int
	for s, o := range found {
		if !sub.isExact && !o.leaves() && o == c.byStatus[s] {
			falling = append(falling, s)
			delete(found, s)
		}
	}
	parts := c.partsOf(found)
	if falling != nil {
		slices.Sort(falling)
		parts = append(parts, part{statuses: falling, falls: true})
	}
	return parts
}

// partsOf puts statuses with the same outcome together.
//
// Outcomes that are the same as they are stand together first. Of the rest those do that are the same once the operator stands for
// the status: so a "404" in a text stays what it is where others have it too.
func (c *compiler) partsOf(found map[int]outcome) []part {
	given := map[outcome]bool{}
	for _, o := range found {
		given[o] = o.status != 0
	}
	same := map[outcome][]int{}
	for s, o := range found {
		// A reply that has the status already gets the same as those that are given it.
		if one := o.withStatus(s); given[one] {
			o = one
		}
		same[o] = append(same[o], s)
	}
	alike := map[outcome][]int{}
	var all []part
	for o, statuses := range same {
		if len(statuses) == 1 && !o.leaves() {
			masked := o.withOperator(statuses[0])
			alike[masked] = append(alike[masked], statuses[0])
			continue
		}
		all = append(all, part{statuses: statuses, outcome: o})
	}
	for o, statuses := range alike {
		if len(statuses) == 1 {
			o = found[statuses[0]]
		}
		all = append(all, part{statuses: statuses, outcome: o})
	}
	for i := range all {
		slices.Sort(all[i].statuses)
		all[i].about = c.about[found[all[i].statuses[0]]]
	}
	slices.SortFunc(all, func(a, b part) int { return cmp.Compare(a.statuses[0], b.statuses[0]) })
	return all
}

// common are the statuses that two sorted lists have both.
func common(one, other []int) []int {
	var both []int
	for _, s := range one {
		if _, found := slices.BinarySearch(other, s); found {
			both = append(both, s)
		}
	}
	return both
}
