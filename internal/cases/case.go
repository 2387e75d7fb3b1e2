// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"gatewayresponses/internal/facts"
)

// Case is one case of the corpus.
type Case struct {
	// Name is the file's path below corpus/ without ".txtar".
	Name string
	// About is the text before the first file of the archive.
	About string
	// Document is the document under test.
	Document []byte
	// Facts is the exchange; the reply's body is whole.
	Facts facts.Facts
	// Code is the attribute response.code where it is not the reply's status: in Envoy's replies to gRPC requests. Else 0.
	Code int
	// Attributes are the attributes among Facts.Attributes that other filters would write.
	Attributes []Attribute
	// Want is what the client sees.
	Want Want
	// Trace is how the decision must come about; "" in a member is free.
	Trace Trace
}

// Want is an expected reply.
type Want struct {
	// Untouched wants the reply to go through as Envoy made it; the other members are then what Envoy made.
	Untouched bool
	Status    int
	// Headers lists all values of every name that occurs in it.
	Headers facts.Headers
	// Absent names headers that must not be there.
	Absent []string
	Body   []byte
}

// Trace is what a case may say of the way to the decision.
type Trace struct{ Type, Reason, Entry, Left, Dropped string }

// Head reports whether the request is a HEAD, whose reply has no body.
func (c *Case) Head() bool {
	method, _ := c.Facts.Request.Headers.First(":method")
	return method == "HEAD"
}
