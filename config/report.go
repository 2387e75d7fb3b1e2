// SPDX-License-Identifier: Apache-2.0

package config

// report is a finding whose place is still an offset, so that lines are looked for only when there are findings.
type report struct {
	severity Severity
	path     string
	// offset is a byte of the text, nowhere when there is no place to point at.
	offset  int
	message string
}

// nowhere is the offset of what concerns the text as a whole.
const nowhere = -1

// flaw is something wrong with one string.
type flaw struct {
	severity Severity
	// at is the byte of the string where it shows, whole for all of it.
	at      int
	message string
}

// whole is the place of what concerns all of a string; it is shown at the opening quote.
const whole = -1

// report notes a finding.
func (d *decoder) report(severity Severity, path string, offset int, message string) {
	d.reports = append(d.reports, report{severity, path, offset, message})
}

// reportFlaw notes what is wrong with a string of the document.
func (d *decoder) reportFlaw(t Text, f *flaw) {
	d.report(f.severity, t.Path, d.document.offset(t, f.at), f.message)
}

// findings gives the reports lines and columns, and sorts them by place.
func (d *decoder) findings() Findings {
	var findings Findings
	for _, r := range d.reports {
		f := Finding{Severity: r.severity, Path: r.path, Message: r.message}
		if r.offset != nowhere {
			f.Line, f.Column = d.document.places.position(d.document.Source, r.offset)
		}
		findings = append(findings, f)
	}
	findings.Sort()
	return findings
}
