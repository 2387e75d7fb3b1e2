// SPDX-License-Identifier: Apache-2.0

// Package code numbers the kinds of findings, so that people can look up what one means: docs/findings.md has a paragraph for each.
//
// A number is never used for another kind. One that is not made any more stays reserved. Each hundred belongs to a task:
//
//	GWR001 to GWR099  decoding and compiling a document
//	GWR101 to GWR199  gwr lint
//	GWR201 to GWR299  reading and joining what people write (gwr build)
//	GWR301 to GWR399  the configuration of Envoy (gwr doctor)
//	GWR401 to GWR499  what other means than the filter cannot say (gwr emit)
//
// The numbers are all that the filter has of them. Package catalogue holds the words.
package code

import (
	"bytes"
	"errors"
	"strconv"
)

// Code is the number of a kind of findings, 0 for none.
type Code uint16

// String writes the number as people look it up, "GWR007".
func (c Code) String() string {
	digits := strconv.Itoa(int(c))
	return "GWR000"[:max(len("GWR"), len("GWR000")-len(digits))] + digits
}

// MarshalText writes the number for JSON.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText has written.
func (c *Code) UnmarshalText(text []byte) error {
	var number int
	for _, digit := range bytes.TrimPrefix(text, []byte("GWR")) {
		number = number*10 + int(digit-'0')
	}
	if *c = Code(number); c.String() != string(text) {
		return errors.New("not the number of a finding: " + strconv.Quote(string(text)))
	}
	return nil
}
