// SPDX-License-Identifier: Apache-2.0

package template

import "gatewayresponses/internal/quote"

// countForeign keeps count of the <svg> and <math> elements that are open, on one more tag.
//
// Within them a browser has tags where HTML has none, as in <title>, and CDATA sections. But it goes back to HTML on tags
// that have no business there, and only the tree of elements says when. So where the two readings differ, no variable may
// follow.
func (m *markup) countForeign(name string, closing, empty bool) {
	var count *int
	switch name {
	case "svg":
		count = &m.svg
	case "math":
		count = &m.math
	default:
		return
	}
	switch {
	case closing:
		*count = max(0, *count-1)
	case !empty:
		*count++
	}
}

// inForeign reports whether an <svg> or a <math> is open.
func (m *markup) inForeign() bool { return m.svg+m.math > 0 }

// ambiguous gives up on the rest of the text, because of a mark in a part of it that is read in two ways.
func (m *markup) ambiguous(part, mark string) {
	m.refuseAll(m.pass(len(m.text)), "stands after "+part+" within <svg> or <math> that has a "+quote.Text(mark)+" in it", "leave that "+quote.Text(mark)+" out")
}
