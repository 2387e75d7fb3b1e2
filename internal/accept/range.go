// SPDX-License-Identifier: Apache-2.0

package accept

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// MaxLength is the length, in bytes, of the longest Accept header that counts: more than any client has use for.
const MaxLength = 8 << 10

// mediaRange is one member of an Accept header. Parameters but the weight are ignored, as AWS does: a template has one
// form whatever its charset.
type mediaRange struct {
	// name is "type/subtype", "type/*" or "*/*", in lower case.
	name string
	// weight is the value of q in thousandths, and q the value as written; "" for none.
	weight int
	q      string
}

// cutRange cuts the first member off an Accept header; its name is "" for an empty member, which is allowed (RFC 9110 section 5.6.1).
// It is false for a malformed one.
func cutRange(header string) (r mediaRange, rest string, ok bool) {
	member, rest, ok := cutUnquoted(header, ',')
	if member = chars.Trim(member); !ok || member == "" {
		return mediaRange{}, rest, ok
	}
	r, ok = parseRange(member)
	return r, rest, ok
}

// Fault is why an Accept header does not count.
type Fault struct {
	// TooLong reports that it has more than MaxLength bytes.
	TooLong bool
	// Member is the first member that is malformed, and Weight its weight when that is what is wrong.
	Member, Weight string
}

// FaultOf is what is wrong with an Accept header, zero for nothing. For tools.
func FaultOf(header string) Fault {
	if len(header) > MaxLength {
		return Fault{TooLong: true}
	}
	for rest := header; rest != ""; {
		r, after, ok := cutRange(rest)
		if !ok {
			member, _, _ := cutUnquoted(rest, ',')
			return Fault{Member: chars.Trim(member), Weight: r.q}
		}
		rest = after
	}
	return Fault{}
}

// parseRange reads one member, e.g. "text/html;level=1;q=0.5". What follows the weight is ignored.
func parseRange(member string) (mediaRange, bool) {
	name, rest, ok := cutUnquoted(member, ';')
	r := mediaRange{name: chars.Lower(chars.Trim(name)), weight: 1000}
	if !ok || !validRange(r.name) {
		return r, false
	}
	for rest != "" {
		var parameter string
		if parameter, rest, ok = cutUnquoted(rest, ';'); !ok {
			return r, false
		}
		name, value, _ := strings.Cut(chars.Trim(parameter), "=")
		if chars.EqualFold(name, "q") {
			r.q = value
			r.weight, ok = parseWeight(value)
			return r, ok
		}
	}
	return r, true
}

// validRange reports whether text is "type/subtype" of tokens, where "*" stands for a subtype or for both.
func validRange(text string) bool {
	slash, star := strings.IndexByte(text, '/'), strings.IndexByte(text, '*')
	if slash < 0 || !chars.IsToken(text[:slash]) || !chars.IsToken(text[slash+1:]) {
		return false
	}
	return star < 0 || star == slash+1 && star == len(text)-1 || text == "*/*"
}

// parseWeight reads a weight, 0 to 1 with up to three decimals, in thousandths.
func parseWeight(text string) (int, bool) {
	whole, decimals, _ := strings.Cut(text, ".")
	if whole != "0" && whole != "1" || len(decimals) > 3 {
		return 0, false
	}
	weight := int(whole[0] - '0')
	for i := range 3 {
		digit := 0
		if i < len(decimals) {
			digit = int(decimals[i]) - '0'
		}
		if digit < 0 || digit > 9 {
			return 0, false
		}
		weight = weight*10 + digit
	}
	return weight, weight <= 1000
}

// cutUnquoted cuts text at the first separator outside of quoted strings; it is false when such a string does not end.
func cutUnquoted(text string, separator byte) (before, after string, ok bool) {
	first := strings.IndexByte(text, separator)
	if first < 0 {
		first = len(text)
	}
	if strings.IndexByte(text[:first], '"') < 0 {
		return text[:first], text[min(first+1, len(text)):], true
	}
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && c == separator:
			return text[:i], text[i+1:], true
		}
	}
	return text, "", !quoted
}
