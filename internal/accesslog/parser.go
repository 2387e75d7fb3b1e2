// SPDX-License-Identifier: Apache-2.0

package accesslog

import (
	"bytes"
	"errors"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/facts"
)

// Limits of a line, so that none takes more memory than it is worth.
const (
	// MaxLine is how long a line can be, in bytes. A longer one is broken.
	MaxLine = 256 << 10
	// maxMembers is how many headers and attributes are kept of a line.
	maxMembers = 256
	// maxDepth is how deep values can be nested.
	maxDepth = 64
)

// The reasons why a line is broken, beside those of the JSON parser.
var (
	errNoObject = errors.New("the line is no JSON object")
	errNoStatus = errors.New("the line has no response_code")
	errTooDeep  = errors.New("the line is nested too deeply")
	errTooLong  = errors.New("the line is longer than " + strconv.Itoa(MaxLine) + " bytes")
	errBehind   = errors.New("there is more behind the JSON object")
)

// Parser reads lines. It is not safe to share.
type Parser struct {
	fields  *Fields
	decoder jsontext.Decoder
	buffer  bytes.Buffer
	// text is the line at hand.
	text []byte
}

// NewParser returns a parser for lines with fields.
func NewParser(fields *Fields) *Parser { return &Parser{fields: fields} }

// values are what a line has, as parts of its text.
type values struct {
	// raw are the fields as JSON writes them; nil where the line lacks them, or has a null or a "-".
	raw [fieldCount]jsontext.Value
	// lacks reports which fields the line does not have, not even as null.
	lacks [fieldCount]bool
	// lacksRequestHeaders reports that the line has no request headers.
	lacksRequestHeaders bool
	members             []member
}

// member is a header or an attribute.
type member struct {
	of          field
	name, value jsontext.Value
}

// Parse reads a line, and says why it is broken. What it returns refers to the text, which must stay as it is.
func (p *Parser) Parse(text []byte) (Line, error) {
	var line Line
	line.lacksRequestHeaders = true
	for f := range line.lacks {
		line.lacks[f] = true
	}
	if len(text) > MaxLine {
		return line, errTooLong
	}
	p.text = text
	p.buffer = *bytes.NewBuffer(text) // which the decoder reads without copying it
	p.decoder.Reset(&p.buffer, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if p.decoder.PeekKind() != '{' {
		return line, errNoObject
	}
	if err := p.object(&p.fields.root, &line.values); err != nil {
		return line, err
	}
	if len(bytes.TrimLeft(text[p.decoder.InputOffset():], " \t\r\n")) > 0 {
		return line, errBehind
	}
	return line, line.settle()
}

// object reads an object that is at a node, with the values of its members.
func (p *Parser) object(at *node, into *values) error {
	if _, err := p.decoder.ReadToken(); err != nil {
		return err
	}
	if p.decoder.StackDepth() > maxDepth {
		return errTooDeep
	}
	for p.decoder.PeekKind() != '}' {
		name, err := p.decoder.ReadValue()
		if err != nil {
			return err
		}
		next, isMember := at.children[string(name)], at.is && at.of >= fieldCount
		switch {
		case next != nil:
			err = p.value(next, into)
		case isMember:
			err = p.member(at.of, p.own(name), into)
		default:
			err = p.decoder.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	_, err := p.decoder.ReadToken()
	return err
}

// array reads an array that is at a node.
func (p *Parser) array(at *node, into *values) error {
	if _, err := p.decoder.ReadToken(); err != nil {
		return err
	}
	if p.decoder.StackDepth() > maxDepth {
		return errTooDeep
	}
	for i := 0; p.decoder.PeekKind() != ']'; i++ {
		var err error
		if next := at.children[element(i)]; next != nil {
			err = p.value(next, into)
		} else {
			err = p.decoder.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	_, err := p.decoder.ReadToken()
	return err
}

// value reads a value that is at a node.
func (p *Parser) value(at *node, into *values) error {
	at.meet(into)
	switch kind := p.decoder.PeekKind(); {
	case kind == '{' && (at.children != nil || at.is && at.of >= fieldCount):
		return p.object(at, into)
	case kind == '[' && at.children != nil:
		return p.array(at, into)
	case at.is && at.of < fieldCount:
		value, err := p.decoder.ReadValue()
		if into.raw[at.of] = p.own(value); isAbsent(value) {
			into.raw[at.of] = nil
		}
		return err
	case at.is && at.member != nil:
		return p.member(at.of, at.member, into)
	default:
		return p.decoder.SkipValue()
	}
}

// meet notes that the line has what is at a node, and behind it, be it a null.
func (n *node) meet(into *values) {
	if n.is && n.of < fieldCount {
		into.lacks[n.of] = false
	}
	if n.is && n.of == requestHeaders {
		into.lacksRequestHeaders = false
	}
	for _, child := range n.children {
		child.meet(into)
	}
}

// own is the part of the line that the decoder has just read: it uses its own copy again.
func (p *Parser) own(read jsontext.Value) jsontext.Value {
	end := p.decoder.InputOffset()
	return p.text[end-int64(len(read)) : end]
}

// member reads a header or an attribute.
func (p *Parser) member(of field, name jsontext.Value, into *values) error {
	value, err := p.decoder.ReadValue()
	if err != nil || isAbsent(value) || len(into.members) >= maxMembers {
		return err
	}
	into.members = append(into.members, member{of, name, p.own(value)})
	return nil
}

// isAbsent reports whether a value stands for none.
func isAbsent(value jsontext.Value) bool { return value.Kind() == 'n' || string(value) == `"-"` }

// text is a value as text: that of a string, and else as JSON writes it.
func text(value jsontext.Value) string {
	if value.Kind() != '"' {
		return string(value)
	}
	plain, err := jsontext.AppendUnquote(nil, value)
	if err != nil && len(plain) == 0 {
		return ""
	}
	return string(plain)
}

// settle reads what decides whether the line is about an error.
func (l *Line) settle() error {
	status, err := strconv.Atoi(text(l.raw[responseCode]))
	if err != nil || status < 0 || status > 999 {
		return errNoStatus
	}
	l.Status = status
	if original, err := strconv.Atoi(text(l.raw[originalStatus])); err == nil && original >= 100 && original <= 999 {
		l.Original = original
	}
	l.Details = text(l.raw[details])
	return nil
}

// IsError reports whether the line is about an error: by the status that the client got, by the one that it would have got without
// the filter, or by the one of a gRPC call that no upstream answered. lowest is the lowest status of what is to be looked at.
func (l *Line) IsError(lowest int) bool {
	return l.Status >= lowest || l.Original >= lowest || l.isGRPCError()
}

// isGRPCError reports whether the client of gRPC got an error that no upstream sent: under status 200, and in headers alone.
func (l *Line) isGRPCError() bool {
	return l.Status == 200 && l.Details != "" && l.Details != viaUpstream && statusOfGRPC(text(l.raw[grpcStatus])) >= facts.FirstError
}

// viaUpstream are the details of the replies of upstreams.
const viaUpstream = "via_upstream"
