// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The elements of a JUnit report, as CI systems read them: https://github.com/testmoapp/junitxml.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		ClassName string        `xml:"classname,attr"`
		File      string        `xml:"file,attr"`
		Line      int           `xml:"line,attr"`
		Time      string        `xml:"time,attr"`
		Failure   *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes the report as JUnit XML: a suite for each test file.
func (r *Report) JUnit(w io.Writer) error {
	report := junitSuites{Tests: len(r.Results), Failures: r.Failed(), Time: seconds(r.Duration.Seconds())}
	for i := range r.Results {
		result := &r.Results[i]
		if i == 0 || result.Suite != r.Results[i-1].Suite {
			report.Suites = append(report.Suites, junitSuite{Name: result.Suite.File.Name})
		}
		suite := &report.Suites[len(report.Suites)-1]
		suite.add(result)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// add adds a test.
func (s *junitSuite) add(r *Result) {
	place := r.Place()
	c := junitCase{
		Name: valid(r.Test.Name.Value), ClassName: place.File, File: place.File, Line: place.Line, Time: seconds(r.Duration.Seconds()),
	}
	if len(r.Failures) > 0 {
		s.Failures++
		var text strings.Builder
		for _, f := range r.Failures {
			fmt.Fprintf(&text, "%s: %s: %s\n%s", f.Place, f.What, f.Message, f.Diff)
		}
		c.Failure = &junitFailure{Message: valid(r.Failures[0].What + ": " + r.Failures[0].Message), Text: valid(text.String())}
	}
	s.Tests++
	s.Cases = append(s.Cases, c)
	spent, _ := strconv.ParseFloat(s.Time, 64)
	s.Time = seconds(spent + r.Duration.Seconds())
}

// seconds is a time as JUnit has it.
func seconds(s float64) string { return strconv.FormatFloat(s, 'f', 6, 64) }

// valid is a text without what is no UTF-8; the encoder replaces characters that XML does not have.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
