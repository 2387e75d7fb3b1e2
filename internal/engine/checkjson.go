// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
	"gatewayresponses/internal/vars"
)

// checkJSON warns of a template for JSON that is none, once plain values stand in it, and says where that shows.
func (c *compiler) checkJSON(text config.Text, parsed filled) {
	if text.Value == "" {
		c.report(code.EmptyTemplate, config.Warning, text, -1, "the template is empty, so that the reply has no body; remove it to send the default one")
		return
	}
	plain := parsed.plain()
	rendered, _ := parsed.Render(nil, template.NoLimit, plain)
	at, twice := c.notJSON(rendered)
	if at < 0 {
		return
	}
	origin := parsed.Origin(at, plain)
	rest, _, _ := strings.Cut(text.Value[origin:], "\n")
	message := "the template is not JSON at " + quote.Text(rest) + ", even with plain values in its variables"
	switch {
	case twice:
		message = "the template names a member twice at " + quote.Text(rest) + "; keep one of them"
	case origin == len(text.Value):
		message = "the template is not JSON, even with plain values in its variables: it ends too early"
	case strings.HasPrefix(rest, "'"):
		message = "the template is not JSON at " + quote.Text(rest) + "; strings stand in double quotes"
	}
	c.report(code.TemplateNotJSON, config.Warning, text, origin, message)
}

// plain gives variables values of their kinds, whatever an exchange would give: each name its own, so that no two name one member.
func (t filled) plain() func(i int) (string, bool) {
	values := map[string]string{}
	return func(i int) (string, bool) {
		if t.known[i] && t.variables[i].Form() == vars.JSON {
			return "0", true
		}
		name := t.Names()[i]
		if values[name] == "" {
			values[name] = "x" + strconv.Itoa(len(values))
		}
		return values[name], true
	}
}

// notJSON is the byte where a text shows that it is not one JSON value, -1 when it is one. twice reports that it is one but for two
// members of one name.
func (c *compiler) notJSON(text []byte) (at int, twice bool) {
	decoder := &c.json
	decoder.Reset(bytes.NewBuffer(text))
	if err := decoder.SkipValue(); err != nil {
		syntactic, ok := errors.AsType[*jsontext.SyntacticError](err)
		if !ok || errors.Is(err, io.ErrUnexpectedEOF) {
			return len(text), false
		}
		return min(int(syntactic.ByteOffset), len(text)), errors.Is(err, jsontext.ErrDuplicateName)
	}
	if behind := bytes.TrimLeft(text[decoder.InputOffset():], " \t\r\n"); len(behind) > 0 {
		return len(text) - len(behind), false
	}
	return -1, false
}
