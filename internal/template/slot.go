// SPDX-License-Identifier: Apache-2.0

package template

// slot is a place where a value goes.
type slot struct {
	// before is the text between the previous slot and this one.
	before string
	// filter changes the value first; nil without one.
	filter escaper
	// quoted makes a JSON string of the value before it is escaped.
	quoted bool
	// escape makes the value safe for the place.
	escape escaper
	// absent stands in for a value that there is not.
	absent string
	// empty leaves the place empty, whatever the value is.
	empty bool
}

// fill appends the value as it may stand in the slot.
func (s *slot) fill(dst []byte, value string, ok bool) []byte {
	if !ok {
		return append(dst, s.absent...)
	}
	if s.filter != nil {
		value = string(s.filter(nil, value))
	}
	if s.quoted {
		value = string(appendJSONString(nil, value))
	}
	return s.escape(dst, value)
}
