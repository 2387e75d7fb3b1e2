// SPDX-License-Identifier: Apache-2.0

package template

import (
	"math"
	"slices"

	"gatewayresponses/internal/code"
)

// Kind says what the value of a variable is, which decides how it enters a JSON body.
type Kind uint8

// The kinds.
const (
	// KindText is plain text: quoted outside a JSON string, escaped inside.
	KindText Kind = iota
	// KindJSON is a number by definition (status, requestTimeEpoch): inserted as it is outside a JSON string. A value
	// that is no JSON number after all is treated as text.
	KindJSON
	// KindQuoted is $context.error.messageString: the value with quotes around it, "null" when absent. Inside a JSON
	// string the quotes are not doubled, and an absent value is empty.
	KindQuoted
	// KindAbsent is a name that never has a value.
	KindAbsent
)

// Unsafe says what becomes of a variable at a place where no escaping makes its value safe.
type Unsafe uint8

// What becomes of it.
const (
	// Refuse makes such a variable an error.
	Refuse Unsafe = iota
	// Empty leaves the place empty, with a warning (emulate: aws).
	Empty
	// Insert inserts every value as it is, wherever it stands, with a warning for each such place (escaping: aws).
	Insert
)

// Options says how a template is read.
type Options struct {
	// MediaType is the key the template stands under, e.g. "application/problem+json". It decides the escaping.
	// "" is a header value: plain text.
	MediaType string
	// Header is the name of the header whose value the template is, "" for a body. Browsers follow the URLs in some.
	Header string
	// Unsafe says what becomes of variables where no escaping helps.
	Unsafe Unsafe
	// Resolve says what kind of value a name has, and nil, or what is wrong with the name. The message is for the owner of the document, e.g. `unknown variable "context.requestID"; did you mean
	// "context.requestId"?`.
	// The name has no "$" and no braces: "context.error.message". more is text behind a name without braces that would belong to
	// it in braces: "-id" behind "$context.authorizer.tenant".
	Resolve func(name, more string) (Kind, *Remark)
	// Owners gives the values that a variable of the document's owner may have, such as a stage variable: where a URL leads depends
	// on them. Of those of one URLShape one is enough. None, or a nil Owners, stand for an empty value.
	Owners func(name string) []string
}

// Finding is one thing that is wrong with a template, or unwise in it.
type Finding struct {
	// Code is the kind of the finding.
	Code code.Code
	// Offset is the byte of the template text.
	Offset int
	// Message says what is wrong, quotes it and says what would be right.
	Message string
	// Warning reports whether the template can be used all the same.
	Warning bool
}

// Remark is what Options.Resolve says of a name: that it means nothing, or with Warning that it can be used and better were not.
type Remark struct {
	Code    code.Code
	Warning bool
	Message string
}

// Template is a parsed template. It is immutable and safe to share.
type Template struct {
	slots []slot
	// names are those of the slots.
	names []string
	// tail is the text after the last slot.
	tail string
	// size is how many bytes all texts between the slots have.
	size int
}

// Names lists the variables in the order of the slots; Render asks for values by index into it.
func (t *Template) Names() []string { return t.names }

// Places are where the variables stand, each a byte of the text of the template.
func (t *Template) Places() []int {
	places, at := make([]int, len(t.slots)), 0
	for i := range t.slots {
		at += len(t.slots[i].before)
		places[i] = at
		at += t.slots[i].source
	}
	return places
}

// usualValue is how long values are that are not unusually long, in bytes.
const usualValue = 40

// NoLimit lets a text be as long as it gets.
const NoLimit = math.MaxInt32

// Origin is the byte of the template that a byte of what it renders comes from: the first one of a variable for what that gives.
// value is as for Render.
func (t *Template) Origin(rendered int, value func(i int) (string, bool)) int {
	origin := 0
	for i := range t.slots {
		s := &t.slots[i]
		if rendered < len(s.before) {
			return origin + rendered
		}
		rendered, origin = rendered-len(s.before), origin+len(s.before)
		if !s.empty {
			text, ok := value(i)
			rendered -= len(s.fill(nil, text, ok))
		}
		if rendered < 0 {
			return origin
		}
		origin += s.source
	}
	return origin + min(rendered, len(t.tail))
}

// Render appends the text with every slot filled to dst, and reports whether it is whole: a text that gets longer than limit
// bytes is given up where it does, and nothing is returned. value(i) is the value of Names()[i] and whether there is one. Values
// are never looked at again.
func (t *Template) Render(dst []byte, limit int, value func(i int) (string, bool)) (text []byte, whole bool) {
	dst = slices.Grow(dst, max(0, min(limit, t.size+usualValue*len(t.slots))))
	limit += len(dst)
	for i := range t.slots {
		s := &t.slots[i]
		dst = append(dst, s.before...)
		if s.empty {
			continue
		}
		text, ok := value(i)
		if len(dst)+len(text) > limit {
			return nil, false
		}
		dst = s.fill(dst, text, ok)
	}
	if dst = append(dst, t.tail...); len(dst) > limit {
		return nil, false
	}
	return dst, true
}
