// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// urlHead is what is known of a URL whose beginning has been read. It is read on from variable to variable, so that the
// time for a long value does not grow with the square of its length.
type urlHead struct {
	// text is that of the template, with letters in the place of variables.
	text string
	// start is where the URL begins, and at how far it has been read.
	start, at int
	// mark is the first byte that decides what the URL is, 0 before it: one of "/?#:&". A character reference could
	// stand for anything.
	mark byte
	// scheme is what stands before the mark, in lower case and without white space around it.
	scheme string
	// mixed tells whether what a client sent stands before the mark.
	mixed bool
	// inHost tells that the host has begun, behind "//", and is not over.
	inHost bool
}

// begin forgets the URL that ends before the last separator up to end, if there is one: another has begun.
func (h *urlHead) begin(end int) {
	if i := strings.LastIndexAny(h.text[h.at:end], spaces+","); i >= 0 {
		start := h.at + i + 1
		*h = urlHead{text: h.text, start: start, at: start}
	}
}

// read goes on to end.
func (h *urlHead) read(end int) {
	if h.mark == 0 {
		if i := strings.IndexAny(h.text[h.at:end], "/?#:&"); i >= 0 {
			h.mark = h.text[h.at+i]
			h.scheme = chars.Lower(strings.TrimSpace(h.text[h.start : h.at+i]))
			h.at += i + 1
			h.enterHost()
		}
	}
	if h.inHost && strings.ContainsAny(h.text[h.at:end], `/?#\`) {
		h.inHost = false
	}
	h.at = end
}

// enterHost goes on behind "//" where that begins a host: behind the mark that ends the scheme, or at the very beginning.
func (h *urlHead) enterHost() {
	slashes := ""
	switch {
	case h.mark == ':':
		slashes = "//"
	case h.mark == '/' && h.scheme == "":
		slashes = "/"
	}
	if slashes != "" && strings.HasPrefix(h.text[h.at:], slashes) {
		h.inHost = true
		h.at += len(slashes)
	}
}

// pass takes notice of a variable that stands where the reading has come to.
func (h *urlHead) pass(v *variable) {
	if h.mark == 0 && !v.isOwners() {
		h.mixed = true
	}
}

// isCode tells whether the rest of a URL of this scheme, in lower case, is run or rendered.
func isCode(scheme string) bool {
	switch scheme {
	case "javascript", "vbscript", "data":
		return true
	default:
		return false
	}
}

// isHost tells whether what follows up to end may be read as a host: only slashes stand before it, and browsers take
// "//host" for a host, and a backslash for a slash.
func (h *urlHead) isHost(end int) bool {
	const longest = 8 // more slashes than anybody writes; bounds the look back
	return h.mark == '/' && end-h.start <= longest && strings.Trim(h.text[h.start:end], spaces+`/\`) == ""
}
