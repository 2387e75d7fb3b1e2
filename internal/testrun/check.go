// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/glob"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/testfile"
)

// check holds the reply against what is wanted.
func (r *Result) check(update bool) {
	want, trace := &r.Test.Want, &r.Reply.Trace
	for _, field := range []struct {
		name string
		want testfile.Text
		got  string
	}{
		{"status", want.Status, strconv.Itoa(r.Reply.Status)},
		{"type", want.Type, string(trace.Class.Type)},
		{"entry", want.Entry, trace.Entry},
		{"left", want.Left, string(trace.Left)},
	} {
		if field.want.Value != "" && field.want.Value != field.got {
			r.fail(field.want.Offset, field.name, "got "+orNone(field.got)+", want "+field.want.Value, "")
		}
	}
	if want.Untouched.Value != "" && r.Reply.Replaced {
		r.fail(want.Untouched.Offset, "untouched", "the entry "+trace.Entry+" replaces the reply", "")
	}
	for i := range want.Headers {
		r.checkHeader(&want.Headers[i])
	}
	r.checkBody(&want.Body, update)
}

// orNone is a value, or that there is none.
func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

// checkHeader holds the lines of a header against what is wanted.
func (r *Result) checkHeader(want *testfile.Header) {
	got := r.Reply.Headers.Values(want.Name.Value)
	if wanted := unmet(want, got); wanted != "" {
		r.fail(want.Name.Offset, "header "+want.Name.Value, "got "+listed(got)+", want "+wanted, "")
	}
}

// unmet says what is wanted of a header when its lines are not that, else "".
func unmet(want *testfile.Header, got []string) string {
	var values []string
	for _, value := range want.Values {
		values = append(values, value.Value)
	}
	matches := func(string) bool { return true }
	text := "one"
	switch want.Test {
	case testfile.Absent:
		if got == nil {
			return ""
		}
		return "none"
	case testfile.Equals:
		if slices.Equal(got, values) {
			return ""
		}
		return listed(values)
	case testfile.Contains:
		text = "one with " + quote.Text(values[0])
		matches = func(line string) bool { return strings.Contains(line, values[0]) }
	case testfile.Glob:
		text = "one like " + quote.Text(values[0])
		matches = func(line string) bool { return glob.Match(values[0], line) }
	case testfile.Regexp:
		text = "one that matches " + quote.Text(values[0])
		matches = want.Pattern.MatchString
	case testfile.Present:
	}
	if slices.ContainsFunc(got, matches) {
		return ""
	}
	return text
}

// listed are values as messages show them.
func listed(values []string) string {
	if len(values) == 0 {
		return "none"
	}
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = fmt.Sprintf("%q", value)
	}
	return strings.Join(quoted, " and ")
}
