// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/facts"
)

// changeInPlace turns Envoy's reply into the new one, but for the body, which the body callback replaces. An error means
// that nothing was changed.
//
// The length goes first. Once it is changed the new body has to follow, so what Envoy refuses after it is noted only.
func (e *edit) changeInPlace(host host, endOfStream bool) error {
	c := changes{host: host, old: e.facts.Reply.Headers}
	e.changeLength(&c, endOfStream)
	if c.err == nil && e.reply.Status != e.facts.Reply.Status {
		c.replace(":status", statusText(e.reply.Status))
	}
	if c.err != nil && !c.made {
		return c.err
	}
	e.changeHeaders(&c)
	e.note(c.err)
	if !endOfStream {
		e.body = e.firstBodyStep()
	}
	return nil
}

// changeLength makes content-length fit the new body. It is removed when the length is not known yet. A reply that
// ends with its headers and announces no body gets no length.
func (e *edit) changeLength(c *changes, endOfStream bool) {
	switch {
	case withoutContent(e.reply.Status), e.reply.Quote != nil:
		c.remove("content-length")
	case !endOfStream || e.facts.Reply.HasBody:
		c.replace("content-length", strconv.Itoa(len(e.reply.Body)))
	}
}

// changeHeaders sets and removes what the reply asks for.
func (e *edit) changeHeaders(c *changes) {
	for _, name := range e.headers.Remove {
		c.remove(name)
	}
	set := e.headers.Set
	if withoutContent(e.reply.Status) {
		c.remove("content-type")
		set = without(set, "content-type")
	}
	c.set(set)
}

// firstBodyStep is what the first body callback does.
func (e *edit) firstBodyStep() bodyStep {
	if e.reply.Quote != nil && !withoutContent(e.reply.Status) {
		return bodyCollect
	}
	return bodyReplace
}

// changes makes changes to the header map of a reply.
type changes struct {
	host host
	// old is the map before.
	old facts.Headers
	// made tells that something was changed, err what Envoy refused first.
	made bool
	err  error
}

// set replaces all lines of each name by the lines given.
func (c *changes) set(lines facts.Headers) {
	for i, line := range lines {
		if _, further := lines[:i].First(line.Name); further {
			c.add(line.Name, line.Value)
			continue
		}
		if len(c.old.Values(line.Name)) > 1 {
			c.remove(line.Name)
		}
		c.replace(line.Name, line.Value)
	}
}

// replace sets the first line called name.
func (c *changes) replace(name, value string) { c.note(c.host.replaceResponseHeader(name, value)) }

// add adds a line.
func (c *changes) add(name, value string) { c.note(c.host.addResponseHeader(name, value)) }

// remove removes all lines called name, if there is one.
func (c *changes) remove(name string) {
	if _, found := c.old.First(name); found {
		c.note(c.host.removeResponseHeader(name))
	}
}

// note keeps how a change ended.
func (c *changes) note(err error) {
	if err == nil {
		c.made = true
	} else if c.err == nil {
		c.err = err
	}
}

// without returns the lines that are not called name.
func without(headers facts.Headers, name string) facts.Headers {
	return slices.DeleteFunc(slices.Clone(headers), func(line facts.Header) bool { return line.Name == name })
}
