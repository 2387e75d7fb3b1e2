// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

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
	// alone reports that the entry has no other template.
	alone bool
	// quotes is how often the body quotes the original one.
	quotes int
	filled
}

// bodiesByKey sorts bodies.
type bodiesByKey []body

func (b bodiesByKey) Len() int           { return len(b) }
func (b bodiesByKey) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b bodiesByKey) Less(i, j int) bool { return b[i].key < b[j].key }

// defaultTemplate is what AWS gives an entry that has no template of its own.
const defaultTemplate = `{"message":$context.error.messageString}`

// body compiles one body template and reports what is wrong with it. sentAs is the Content-Type that the entry gives all its
// replies, "" for none.
func (c *compiler) body(member config.Member, sentAs string, alone bool) body {
	parsed, ok := c.parse(member.Value, template.Options{MediaType: member.Key.Value, Unsafe: c.scope.unsafe()})
	if !ok {
		return body{key: chars.Trim(member.Key.Value)}
	}
	c.checkAbilities(member.Value, parsed)
	b := body{key: chars.Trim(member.Key.Value), alone: alone, quotes: parsed.uses(facts.FieldBody), filled: parsed}
	if template.IsJSON(b.key) && (template.IsJSON(sentAs) || !b.isSentAs(sentAs, true)) {
		c.checkJSON(member.Value, parsed)
	}
	return b
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

// defaultBody is the compiled template of an entry without templates.
func (c *compiler) defaultBody() body {
	if c.plain == nil {
		parsed, _ := c.parse(config.Text{Value: defaultTemplate}, template.Options{MediaType: accept.JSON})
		c.plain = &body{key: accept.JSON, filled: parsed}
	}
	return *c.plain
}

// builtInBody is AWS's uncustomised body. Replies share it.
func builtInBody(w *wording, message string, ok bool) []byte {
	if w.body != nil && message == w.message {
		return w.body
	}
	key := w.key
	if key == "" {
		key = "message"
	}
	text := append(make([]byte, 0, len(message)+len(`{"message": "null"}`)), `{"`...)
	text = append(text, key...)
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
// or a fixed value names another one in which values are escaped alike, as application/problem+json for application/json. Where
// there are no values, and no other template, it may be any. A client must not choose how its own values are read.
func (b *body) isSentAs(value string, fixed bool) bool {
	if chars.MediaType(value) == chars.MediaType(b.key) {
		return true
	}
	return fixed && (template.SameSyntax(value, b.key) || b.alone && b.isStatic() && isMediaType(value))
}

// isStatic reports whether every reply has the same body.
func (b *body) isStatic() bool { return b.Template != nil && len(b.Names()) == 0 }

// isMediaType reports whether a value of Content-Type is a media type.
func isMediaType(value string) bool {
	kind, subtype, _ := strings.Cut(chars.MediaType(value), "/")
	return chars.IsToken(kind) && chars.IsToken(subtype)
}

// mediaTypesOf prepares the choice between bodies, where there is one.
func mediaTypesOf(bodies []body) *accept.MediaTypes {
	if len(bodies) == 1 {
		return nil
	}
	keys := make([]string, len(bodies))
	for i := range bodies {
		keys[i] = bodies[i].key
	}
	return accept.New(keys)
}
