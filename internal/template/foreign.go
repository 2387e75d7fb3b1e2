// SPDX-License-Identifier: Apache-2.0

package template

import "gatewayresponses/internal/quote"

// countForeign keeps count of the elements that are open and in which a browser reads in another way, on one more tag.
//
// Within <svg> and <math> a browser has tags where HTML has none, as in <title>, and CDATA sections. But it goes back to HTML on
// tags that have no business there, and only the tree of elements says when. Within <select> and <frameset> it drops the tag of
// a <title>, and has tags in what follows; newer ones do not within <select>. So where the two readings differ, no variable may
// follow.
func (m *markup) countForeign(name string, closing, empty bool) {
	switch name {
	case "svg":
		count(&m.svg, closing, empty)
	case "math":
		count(&m.math, closing, empty)
	case "select":
		count(&m.selects, closing, false)
	case "frameset":
		// A <frame> has a place behind its end tag, too.
		count(&m.framesets, false, false)
	}
}

// count counts one more tag of an element that may be empty.
func count(open *int, closing, empty bool) {
	switch {
	case closing:
		*open = max(0, *open-1)
	case !empty:
		*open++
	}
}

// dropsTags reports whether a browser may drop the start tag of an element that has no tags in it.
func (m *markup) dropsTags() bool { return m.selects+m.framesets > 0 }

// endsAsTags reports whether the content of a <noscript>, which ends at end, ends there for a browser, too, that runs no scripts and
// has tags in it.
func (m *markup) endsAsTags(end int) bool {
	without := markup{parser: &parser{}, text: m.text, at: m.at, svg: m.svg, math: m.math, selects: m.selects, framesets: m.framesets, noscript: true}
	for without.at < end {
		without.step()
	}
	return without.at == end
}

// inForeign reports whether an <svg> or a <math> is open.
func (m *markup) inForeign() bool { return m.svg+m.math > 0 }

// ambiguous gives up on the rest of the text, because of a mark in a part of it that is read in two ways.
func (m *markup) ambiguous(part, mark string) {
	within := "<svg> or <math>"
	if !m.inForeign() {
		within = "<select> or <frameset>"
	}
	m.refuseAll(m.pass(len(m.text)), "stands after "+part+" within "+within+" that has a "+quote.Text(mark)+" in it", "leave that "+quote.Text(mark)+" out")
}
