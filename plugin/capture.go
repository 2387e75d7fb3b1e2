// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// capture is what was kept of the request headers. Every request pays for it, so it stays as Envoy hands it out, in memory that
// further requests use again, until an error reply needs it.
type capture struct {
	// text is the encoded header map, or the values of few, one behind another.
	text []byte
	// few are the headers that were read one by one, nil when the whole map was.
	few []captured
	// whole reports whether text is the header map.
	whole bool
	// err is why the capture failed. It matters when an error reply needs it.
	err error
}

// captured is the first line of one header, whose value has that many bytes.
type captured struct {
	name string
	size int
}

// maxSpareCapture is the size of the largest memory that is used again, in bytes.
const maxSpareCapture = 4 << 10

// emptied is an empty capture in the memory of c.
func (c *capture) emptied() capture {
	if cap(c.text) > maxSpareCapture {
		return capture{}
	}
	return capture{text: c.text[:0], few: c.few[:0]}
}

// take reads what needs asks for, in the request phase.
func (c *capture) take(host host, needs *engine.Needs) {
	*c = c.emptied()
	if needs.AllRequestHeaders {
		encoded, err := host.requestHeaders()
		c.text, c.whole, c.err = append(c.text, encoded...), true, err
		return
	}
	for _, name := range needs.RequestHeaders {
		if !c.takeOne(host, name) && name == facts.RequestIDHeader {
			c.takeOne(host, facts.OtherRequestIDHeader)
		}
	}
}

// takeOne captures the first line of one header, and reports whether there is one. Nothing is captured after an error.
func (c *capture) takeOne(host host, name string) (found bool) {
	if c.err != nil {
		return false
	}
	value, found, err := host.requestHeader(name)
	if c.err = err; !found {
		return false
	}
	c.text = append(c.text, value...)
	c.few = append(c.few, captured{name, len(value)})
	return true
}

// headers is what was captured.
func (c *capture) headers() (facts.Headers, error) {
	switch {
	case c.err != nil:
		return nil, c.err
	case c.whole:
		return abi.DecodePairs(c.text)
	case len(c.few) == 0:
		return nil, nil
	}
	headers, text := make(facts.Headers, 0, len(c.few)), string(c.text)
	for _, line := range c.few {
		headers = append(headers, facts.Header{Name: line.name, Value: text[:line.size]})
		text = text[line.size:]
	}
	return headers, nil
}
