// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// urlState is the part of a URL that a reader has come to (WHATWG URL, basic URL parser). What browsers make of a text counts,
// not what its author meant: they drop tabs and line ends anywhere, and control characters and spaces in front, and take a
// backslash for a slash.
type urlState uint8

const (
	// urlStart: in what may be the scheme.
	urlStart urlState = iota
	// urlSlash: behind one slash at the very beginning. Another one begins a host.
	urlSlash
	// urlAuthority: behind the scheme, or behind "//". A host begins, however many slashes there are.
	urlAuthority
	// urlHost: in the host or the port.
	urlHost
	// urlCode: behind a scheme whose URLs are run or rendered.
	urlCode
	// urlObscure: behind a character reference that may stand for anything.
	urlObscure
	// urlSettled: where nothing changes scheme, host or port any more.
	urlSettled
)

// urlReader reads the URLs in an attribute or header, with their variables, from the first byte to the last. It refuses the
// variables with which a client could choose where a URL leads.
type urlReader struct {
	parser *parser
	// place is the name of the attribute or header, and kind how URLs stand in it.
	place string
	kind  urlKind
	// at is how far the text has been read.
	at    int
	state urlState
	// scheme is what stands in urlStart, in lower case; it is never longer than a scheme that matters.
	scheme []byte
	// mixed is the first variable of a client in what may be the scheme.
	mixed *variable
	// empty is a variable behind the first slash, which may be empty.
	empty *variable
	// slashes counts those behind the scheme.
	slashes int
	// host is a variable that may be the whole host, up to two dots behind it.
	host *variable
	dots int
	// own is a raw variable in the host that no link can choose.
	own *variable
	// owner is the last variable of the owner in the URL, and value what was read for it.
	owner *variable
	value string
	// forks counts, for all readers of a place, how often one has gone on in two ways.
	forks *int
}

// begin forgets the URL so far: another one begins.
func (r *urlReader) begin() {
	if r.state == urlStart && len(r.scheme) == 0 && r.mixed == nil && r.owner == nil {
		return
	}
	r.end()
	*r = urlReader{parser: r.parser, place: r.place, kind: r.kind, at: r.at, forks: r.forks}
}

// end is the end of a URL.
func (r *urlReader) end() {
	if r.host != nil {
		r.refuseHost(r.host)
		r.host = nil
	}
}

// read goes on to end.
func (r *urlReader) read(end int) {
	text := r.parser.text[:end]
	for r.at < end {
		c, length := rune(text[r.at]), 1
		if c == '&' && r.kind.isMarkup() {
			if character, size := reference(text[r.at:]); size > 0 {
				c, length = character, size
			}
			if isOpen(text[r.at+1:]) {
				// A value behind it would be part of the reference.
				c, length = unknownCharacter, end-r.at
			}
		}
		r.at += length
		r.take(c)
	}
}

// take takes one character, of whichever URL.
func (r *urlReader) take(c rune) {
	if r.kind.separates(r, c) {
		r.begin()
	} else {
		r.character(c)
	}
}

// isOpen reports whether text is the beginning of a character reference, without "&", that goes on behind it.
func isOpen(text string) bool {
	text = strings.TrimPrefix(text, "#")
	return wordLength(text) == len(text)
}

// character takes one character of the URL at hand.
func (r *urlReader) character(c rune) {
	switch {
	case c == '\t' || c == '\n' || c == '\r':
		return
	case c == unknownCharacter && r.state != urlSettled && r.state != urlCode:
		r.end()
		r.state = urlObscure
		return
	case c == '>' && r.kind == urlLink:
		r.end()
		r.state = urlSettled
		return
	}
	switch r.state {
	case urlStart:
		r.start(c)
	case urlSlash:
		r.slash(c)
	case urlAuthority:
		r.authority(c)
	case urlHost:
		r.inHost(c)
	default:
	}
}

// start takes a character of what may be the scheme.
func (r *urlReader) start(c rune) {
	switch {
	case c <= ' ' || c == 0x7f:
		// It is dropped in front, and no scheme has it; to drop it everywhere is on the safe side.
	case c == '/' || c == '\\':
		r.state = urlSettled
		if len(r.scheme) == 0 {
			r.state, r.empty = urlSlash, r.mixed
		}
	case c == '?' || c == '#':
		r.state = urlSettled
	case c == ':':
		r.endScheme()
	case r.kind.isRefresh() && len(r.scheme) == 0 && (c == '.' || '0' <= c && c <= '9'):
		// The number of seconds.
	case len(r.scheme) < len("javascript:"):
		r.scheme = append(r.scheme, chars.Lower(string(c))...)
	}
}

// endScheme is for the ":" behind a scheme.
func (r *urlReader) endScheme() {
	if r.mixed != nil {
		r.refuse(r.mixed, "stands in the scheme of the URL in "+r.place, `write "/" or "?" in front of it`)
	}
	switch scheme := string(r.scheme); scheme {
	case "javascript", "vbscript", "data":
		r.state = urlCode
	case "http", "https", "ws", "wss", "ftp", "file":
		r.state = urlAuthority
	default:
		// The URLs of other schemes lead to no host of the web.
		r.state = urlSettled
	}
}

// slash takes a character behind the first slash.
func (r *urlReader) slash(c rune) {
	switch c {
	case ' ':
	case '/', '\\':
		if r.empty != nil {
			r.refuse(r.empty, "may be empty, so that what follows it in "+r.place+" becomes the host", "write something between it and the next slash")
		}
		r.state, r.slashes = urlAuthority, len("//")
	default:
		r.state = urlSettled
	}
}

// authority takes a character in front of the host.
func (r *urlReader) authority(c rune) {
	switch c {
	case '/', '\\':
		r.slashes++
	case '?', '#':
		r.state = urlSettled
	default:
		r.state = urlHost
	}
}

// inHost takes a character of the host, or what ends it.
func (r *urlReader) inHost(c rune) {
	switch c {
	case '/', '\\', '?', '#':
		r.end()
		r.state = urlSettled
	case ':':
		r.end()
	case '@':
		r.end()
		if r.own != nil {
			r.refuse(r.own, "stands in front of the host of the URL in "+r.place+", so that a client could end that", "write "+r.own.filtered())
			r.own = nil
		}
	case '.':
		if r.dots++; r.dots == len("..") {
			r.host = nil
		}
	default:
		if r.dots == 0 {
			// Without a dot at once, a client writes the end of another host in front of it.
			r.end()
		}
	}
}

// walk reads on to end, with variables on the way.
func (r *urlReader) walk(variables []variable, end int) {
	for i := range variables {
		v := &variables[i]
		r.read(v.start)
		r.at = v.end
		switch {
		case v.kind == KindAbsent:
		case r.state == urlCode:
			r.refuse(v, "stands in a "+string(r.scheme)+": URL in "+r.place, inOther)
		case v.isOwners():
			r.owned(v, variables[i+1:], end)
		default:
			r.variable(v)
		}
	}
	r.read(end)
	r.end()
}

// variable takes a variable whose value is no owner's.
func (r *urlReader) variable(v *variable) {
	switch {
	case r.state == urlObscure:
		r.refuse(v, "stands behind a character reference in "+r.place+" that may stand for anything in a URL", "write the character itself")
	case r.kind.isList() && !v.isURL():
		r.refuse(v, "stands in "+r.place+", so that a client could bring another URL along", "use a stage variable, or write "+v.filtered())
	default:
		r.chosen(v)
	}
}

// chosen takes a variable that a client chooses.
func (r *urlReader) chosen(v *variable) {
	isURL := v.isURL()
	switch r.state {
	case urlStart:
		if !isURL {
			r.refuse(v, "begins the URL in "+r.place+", so that a client could choose its scheme",
				`begin with a path, a scheme or a stage variable and "/", or write `+v.filtered())
		} else if r.mixed == nil {
			r.mixed = v
		}
	case urlSlash:
		if !isURL {
			r.refusePath(v)
		}
		r.empty = v
	case urlAuthority:
		r.host, r.dots = nil, 0
		switch {
		case !isURL && len(r.scheme) == 0 && v.isInLink():
			r.refusePath(v)
		case !v.isInLink() && r.slashes >= len("//"):
			r.chosenByItself(v)
		case isURL && r.slashes >= len("//"):
			r.host = v
		default:
			r.refuseHost(v)
		}
		r.state = urlHost
	case urlHost:
		switch {
		case !v.isInLink():
			r.chosenByItself(v)
		case isURL:
			r.host, r.dots = v, 0
		case v.isPath() && v.filter == "":
			r.end()
			r.state = urlSettled
		default:
			r.refuseHost(v)
		}
	default:
	}
}

// chosenByItself takes a variable in the host that a client chooses for itself alone. A name and a password may stand in front of
// the host, which must not move into them.
func (r *urlReader) chosenByItself(v *variable) {
	if !v.isURL() && r.own == nil {
		r.own = v
	}
}

// refusePath reports a variable behind nothing but slashes.
func (r *urlReader) refusePath(v *variable) {
	r.refuse(v, "begins a path in "+r.place+`, so that a client could begin it with "/" and choose the host`,
		"write "+v.filtered()+`, or something between "/" and the variable`)
}

// refuseHost reports a variable with which whoever makes a link could choose the host.
func (r *urlReader) refuseHost(v *variable) {
	r.refuse(v, "stands in the host of the URL in "+r.place+", so that a client could choose another one",
		`write "/" in front of it, or `+v.filtered()+` in front of the end of the host, such as ".example.com"`)
}
