// SPDX-License-Identifier: Apache-2.0

package jsonread

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
	Severity Severity
	// Path leads to the place from the root, "" for the text itself.
	Path string
	// Offset is a byte of the text, Nowhere when there is no place to point at.
	Offset int
	// Message says what is wrong, quotes it, and says what would be right. Lower case, no full stop.
	Message string
}

// Nowhere is the Offset of what concerns the text as a whole.
const Nowhere = -1

// Reports are all reports so far, in the order in which they were made.
func (r *Reader) Reports() []Report { return r.reports }

// Report notes what is wrong at a byte of the text.
func (r *Reader) Report(severity Severity, path string, offset int, message string) {
	r.reports = append(r.reports, Report{severity, path, offset, message})
}

// ReportAt notes what is wrong at byte i of t.Value; i is -1 for all of it.
func (r *Reader) ReportAt(severity Severity, t Text, i int, message string) {
	r.Report(severity, t.Path, r.places.offset(r.text, t, i), message)
}

// Soften makes a warning of the report with the given number, and adds to its message what becomes of it.
func (r *Reader) Soften(number int, effect string) {
	report := &r.reports[number]
	report.Severity = Warning
	report.Message += effect
}

// WrongType reports a value of another type than the one wanted.
func (r *Reader) WrongType(path string, found Literal, want string) {
	if found.Kind() == 'n' && path != "" {
		want += ", or no key at all"
	}
	r.Report(Error, path, found.Offset, "found "+found.described()+"; want "+want)
}

// HasErrors reports whether a report from the given one on is an error.
func (r *Reader) HasErrors(from int) bool {
	for _, report := range r.reports[from:] {
		if report.Severity == Error {
			return true
		}
	}
	return false
}
