// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// capture is what was kept of the request headers. Every request pays for it, so a whole header map stays encoded until
// an error reply needs it.
type capture struct {
	encoded []byte
	few     facts.Headers
	// err is why the capture failed. It matters when an error reply needs it.
	err error
}

// captureHeaders reads what needs asks for, in the request phase.
func captureHeaders(host host, needs engine.Needs) capture {
	var c capture
	if needs.AllRequestHeaders {
		c.encoded, c.err = host.requestHeaders()
		return c
	}
	for _, name := range needs.RequestHeaders {
		if !c.take(host, name) && name == facts.RequestIDHeader {
			c.take(host, facts.OtherRequestIDHeader)
		}
	}
	return c
}

// take captures the first line of one header, and reports whether there is one. Nothing is captured after an error.
func (c *capture) take(host host, name string) (found bool) {
	if c.err != nil {
		return false
	}
	value, found, err := host.requestHeader(name)
	switch {
	case err != nil:
		*c = capture{err: err}
	case found:
		c.few = append(c.few, facts.Header{Name: name, Value: value})
	}
	return found
}

// headers is what was captured.
func (c capture) headers() (facts.Headers, error) {
	if c.err != nil || c.encoded == nil {
		return c.few, c.err
	}
	return decodePairs(c.encoded)
}
