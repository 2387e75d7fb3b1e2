// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/accept"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/template"
)

// body is a compiled body template.
type body struct {
	// key is the media type as written; it becomes the Content-Type.
	key string
	filled
}

// bodiesByKey sorts bodies.
type bodiesByKey []body

func (b bodiesByKey) Len() int           { return len(b) }
func (b bodiesByKey) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b bodiesByKey) Less(i, j int) bool { return b[i].key < b[j].key }

// defaultTemplate is what AWS gives an entry that has no template of its own.
const defaultTemplate = `{"message":$context.error.messageString}`

// body compiles one body template and reports what is wrong with it.
func (c *compiler) body(member config.Member) body {
	parsed, ok := c.parse(member.Value, template.Options{MediaType: member.Key.Value, Unsafe: c.scope.unsafe()})
	if !ok {
		return body{key: chars.Trim(member.Key.Value)}
	}
	c.checkAbilities(member.Value, parsed)
	if template.IsJSON(member.Key.Value) {
		c.checkJSON(member.Value, parsed)
	}
	return body{key: chars.Trim(member.Key.Value), filled: parsed}
}

// unsafe is what becomes of variables in bodies where no escaping helps. What AWS accepts refuses no document from there.
func (s *scope) unsafe() template.Unsafe {
	switch {
	case s.isRaw():
		return template.Insert
	case s.emulatesAWS():
		return template.Empty
	default:
		return template.Refuse
	}
}

// defaultBody compiles the template of an entry without templates.
func (c *compiler) defaultBody() body {
	parsed, _ := c.parse(config.Text{Value: defaultTemplate}, template.Options{MediaType: accept.JSON})
	return body{key: accept.JSON, filled: parsed}
}

// builtInBody is AWS's uncustomised body.
func builtInBody(w wording, message string, ok bool) []byte {
	key := w.key
	if key == "" {
		key = "message"
	}
	text := append([]byte(`{"`), key...)
	text = append(text, `":`...)
	text = append(text, w.space...)
	if ok {
		// AppendQuote fails on invalid UTF-8 only, which it replaces by U+FFFD.
		text, _ = jsontext.AppendQuote(text, message)
	} else {
		text = append(text, "null"...)
	}
	return append(text, '}')
}

// isSentAs reports whether the body can be sent with a Content-Type: it names the media type of the template, say with a charset,
// or a fixed value names another one in which values are escaped alike, as application/problem+json for application/json.
// A client must not choose how its own values are read.
func (b *body) isSentAs(value string, fixed bool) bool {
	if chars.MediaType(value) == chars.MediaType(b.key) {
		return true
	}
	return fixed && template.SameSyntax(value, b.key)
}

// quotes is how often the body quotes the original one.
func (b *body) quotes() int { return b.uses(facts.FieldBody) }
