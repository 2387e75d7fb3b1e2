// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"strconv"

	"gatewayresponses/internal/code"
)

// Severity separates errors, which refuse a text, from warnings, which do not.
type Severity uint8

// The severities.
const (
	Error Severity = iota
	Warning
)

// String is "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Report is one thing that is wrong with a text, or unwise in it. Its place is still an offset, so that lines are looked
// for only when there are reports.
type Report struct {
	// Code is the kind of the report.
	Code     code.Code
	Severity Severity
	// In is a byte of the key or value that it is about, Nowhere for the text itself.
	In int
	// Offset is a byte of the text, Nowhere when there is no place to point at.
	Offset int
	// Message says what is wrong, quotes it, and says what would be right. Lower case, no full stop.
	Message string
}

// Nowhere is the Offset of what concerns the text as a whole.
const Nowhere = -1

// Reports are the reports so far, in the order in which they were made, and behind them what there is to say of those that
// were not kept.
func (r *Reader) Reports() []Report {
	if r.dropped == 0 {
		return r.reports
	}
	more := r.firstDropped
	more.Severity, more.Message = Warning, strconv.Itoa(r.dropped)+" more findings from here on; mend the others first"
	if r.errors > 0 {
		more.Severity = Error
	}
	return append(r.reports[:len(r.reports):len(r.reports)], more)
}

// Report notes what is wrong at a byte of the text. Once there are too many reports, an error among them ends the reading,
// for the text is refused anyway; without one the rest is read and only counted.
func (r *Reader) Report(c code.Code, severity Severity, offset int, message string) {
	r.report(c, severity, offset, offset, message)
}

// report notes what is wrong at a byte, with what has the byte in.
func (r *Reader) report(c code.Code, severity Severity, in, offset int, message string) {
	if r.ended {
		return
	}
	if severity == Error {
		r.errors++
	}
	if !r.Full() {
		r.reports = append(r.reports, Report{c, severity, in, offset, message})
		return
	}
	if r.errors > 0 {
		more := "there are more than " + strconv.Itoa(r.most) + " findings, so the rest is not read; mend the others first"
		if severity == Error && r.errors == 1 {
			more = message + ", and " + more // what refuses the text must be told
		} else {
			c = code.MoreFindings
		}
		r.ended, r.broken = true, true
		r.reports = append(r.reports, Report{c, Error, in, offset, more})
		return
	}
	if r.dropped == 0 {
		r.firstDropped = Report{Code: code.MoreFindings, In: in, Offset: offset}
	}
	r.dropped++
}

// ReportAt notes what is wrong at byte i of t.Value; i is -1 for all of it.
func (r *Reader) ReportAt(c code.Code, severity Severity, t Text, i int, message string) {
	r.Report(c, severity, r.places.offset(r.text, t, i), message)
}

// Latest is the number of the latest report, -1 when it was not kept.
func (r *Reader) Latest() int {
	if r.dropped > 0 || r.ended {
		return -1
	}
	return len(r.reports) - 1
}

// Harden makes an error, with another message, of the warning that was the latest report with the given number.
func (r *Reader) Harden(number int, message string) {
	r.errors++
	if number >= 0 {
		r.reports[number].Severity, r.reports[number].Message = Error, message
	}
}

// Full reports whether further reports are not kept, so that nobody reads their messages.
func (r *Reader) Full() bool { return len(r.reports) >= r.most }

// Made is how many reports were made so far.
func (r *Reader) Made() int { return len(r.reports) + r.dropped }

// Errors is how many errors were reported so far.
func (r *Reader) Errors() int { return r.errors }

// Path leads to a string of the text from the root. It is for messages: to find it takes time.
func (r *Reader) Path(t Text) string { return r.places.Path(r.text, t.Offset) }

// WrongType reports a value of another type than the one wanted. at is its key or its place.
func (r *Reader) WrongType(at Text, found Literal, want string) {
	if found.Kind() == 'n' && at != (Text{}) {
		want += ", or no key at all"
	}
	r.Report(code.WrongType, Error, found.Offset, "found "+found.described()+"; want "+want)
}
