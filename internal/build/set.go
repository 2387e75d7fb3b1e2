// SPDX-License-Identifier: Apache-2.0

package build

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// Setting is a value of the command line.
type Setting struct {
	given source.Given
	// steps lead to the value.
	steps []step
	// from is the byte of the argument where the value begins.
	from int
}

// step is a key, or an element of a list by its number or its name.
type step struct {
	name string
	// element reports that the step leads into a list.
	element bool
	// from is the byte of the argument where it stands.
	from int
}

// ParseSetting reads "PATH=VALUE". The path is that of findings: keys behind dots, or in brackets and quotes when they are no
// words, and elements of lists in brackets, by number or by name.
//
//	stageVariables.docs=https://docs.example.com
//	gatewayResponses.THROTTLED.responseTemplates["application/json"]={}
//	routes[legacy].mode=off
func ParseSetting(argument string) (Setting, error) {
	s := Setting{given: source.NewGiven("--set", argument)}
	for at := 0; ; {
		next, err := readStep(argument, at)
		if err != nil {
			return Setting{}, fmt.Errorf("--set %s: %w", quote.Text(argument), err)
		}
		s.steps = append(s.steps, next.step)
		at = next.end
		switch {
		case strings.HasPrefix(argument[at:], "="):
			s.from = at + 1
			return s, nil
		case strings.HasPrefix(argument[at:], "."):
			at++
		case strings.HasPrefix(argument[at:], "["):
		default:
			return Setting{}, fmt.Errorf("--set %s: want path=value, e.g. stageVariables.docs=https://docs.example.com", quote.Text(argument))
		}
	}
}

type stepEnd struct {
	step
	end int
}

// readStep reads the step that begins at a byte of an argument.
func readStep(argument string, at int) (stepEnd, error) {
	rest := argument[at:]
	switch {
	case strings.HasPrefix(rest, `["`):
		quoted, err := strconv.QuotedPrefix(rest[1:])
		if err != nil || !strings.HasPrefix(rest[1+len(quoted):], "]") {
			return stepEnd{}, errors.New(`a key in brackets stands in quotes, e.g. ["text/html"]`)
		}
		name, err := strconv.Unquote(quoted)
		return stepEnd{step{name: name, from: at + 1}, at + len(quoted) + 2}, err
	case strings.HasPrefix(rest, "["):
		name, _, ok := strings.Cut(rest[1:], "]")
		if !ok || name == "" {
			return stepEnd{}, errors.New(`an element stands in brackets, by number or by name, e.g. [0] or [legacy]`)
		}
		return stepEnd{step{name: name, element: true, from: at + 1}, at + len(name) + 2}, nil
	}
	end := strings.IndexAny(rest, ".[=")
	if end < 0 {
		end = len(rest)
	}
	if end == 0 {
		return stepEnd{}, errors.New("a key is missing")
	}
	return stepEnd{step{name: rest[:end], from: at}, at + end}, nil
}

// apply puts the value into what files say. Objects on the way are made where they are missing.
func (s Setting) apply(root *source.Value) (*source.Value, error) {
	return s.put(root, s.steps, manual.Root())
}

func (s Setting) put(v *source.Value, steps []step, at manual.Place) (*source.Value, error) {
	if len(steps) == 0 {
		return s.value(at), nil
	}
	next := steps[0]
	if next.element {
		return s.putElement(v, steps, at)
	}
	if v == nil {
		v = s.given.Empty(next.from)
	}
	if v.Kind != source.Object {
		return nil, s.fail(next, "there is no object with such a key")
	}
	members := append([]source.Member{}, v.Members...)
	for i, m := range members {
		if m.Key.Text == next.name {
			value, err := s.put(m.Value, steps[1:], at.Member(next.name))
			members[i].Value = value
			return v.With(members, nil), err
		}
	}
	value, err := s.put(nil, steps[1:], at.Member(next.name))
	key := s.given.Named(next.name, next.from)
	return v.With(append(members, source.Member{Key: key, Value: value}), nil), err
}

// putElement puts the value into an element of a list.
func (s Setting) putElement(v *source.Value, steps []step, at manual.Place) (*source.Value, error) {
	next := steps[0]
	if v == nil || v.Kind != source.Array {
		return nil, s.fail(next, "there is no list with such an element")
	}
	elements := append([]*source.Value{}, v.Elements...)
	for i, element := range elements {
		if named := element.Find("name"); strconv.Itoa(i) != next.name && (named == nil || named.Text != next.name) {
			continue
		}
		value, err := s.put(element, steps[1:], at.Element())
		elements[i] = value
		return v.With(nil, elements), err
	}
	return nil, s.fail(next, "there is no such element")
}

func (s Setting) fail(at step, message string) error {
	return fmt.Errorf("--set %s: %s: %s", s.given, quote.Text(at.name), message)
}

// value is the value as the key takes it: a string where it can be one, else JSON.
func (s Setting) value(at manual.Place) *source.Value {
	if !at.TakesText() {
		if json := s.given.JSON(s.from); json != nil {
			return json
		}
	}
	return s.given.Text(s.from)
}
