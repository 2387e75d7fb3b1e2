// SPDX-License-Identifier: Apache-2.0

package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"time"

	"gatewayresponses/internal/finding"
	v1 "gatewayresponses/internal/server/v1"
)

// functions are what pages can call.
var functions = template.FuncMap{
	"clients":   v1.AllClients,
	"text":      text,
	"lines":     lines,
	"time":      stamp,
	"segment":   url.PathEscape,
	"count":     count,
	"lasting":   lasting,
	"perSecond": PerSecond,
	"header":    func(mapping string) string { return text(strings.TrimPrefix(mapping, "gatewayresponse.header.")) },
	"record":    record,
	"last":      last,
	"revision":  func(r v1.Revision) *v1.Revision { return &r },
	"others":    func(r *v1.Revision) int { return max(0, len(r.Causes)-1) + r.Unlisted },
	"all":       func(list []string) string { return strings.Join(list, "\n") },
	"diffLines": diffLines,
	"grouped":   grouped,
	"pair":      func(first, second any) pair { return pair{first, second} },
	"json":      inline,
	"editor":    editor,
	"join":      func(list []string) string { return text(strings.Join(list, ", ")) },
}

// pair is what a part of a page takes that needs two values.
type pair struct{ First, Second any }

// inline is a value as a line of JSON.
func inline(value any) (string, error) {
	line, err := json.Marshal(value)
	return text(string(line)), err
}

// text is a text that somebody else wrote, without what would act upon the page: characters that control, or turn the direction.
func text(value any) string { return finding.Printable(fmt.Sprint(value)) }

// maxLines is how much of a text of several lines a page shows, in bytes.
const maxLines = 64 << 10

// lines is text of several lines.
func lines(value any) string {
	all := fmt.Sprint(value)
	if len(all) <= maxLines {
		return finding.PrintableLines(all)
	}
	return fmt.Sprintf("%s\n(%d bytes more)", finding.PrintableLines(strings.ToValidUTF8(all[:maxLines], "")), len(all)-maxLines)
}

// stamp is a time for people and for programs.
func stamp(at time.Time) template.HTML {
	form := at.UTC().Format(time.RFC3339)
	return template.HTML(`<time datetime="` + form + `">` + form + `</time>`) //nolint:gosec // a time has no markup
}

// count is a number of things, in words.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// lasting is a number of seconds, in words: of the largest unit of which it has whole ones.
func lasting(seconds int) string {
	switch {
	case seconds > 0 && seconds%3600 == 0:
		return count(seconds/3600, "hour", "hours")
	case seconds > 0 && seconds%60 == 0:
		return count(seconds/60, "minute", "minutes")
	}
	return count(seconds, "second", "seconds")
}

// PerSecond is how often something is, as people read it.
func PerSecond(rate float64) string {
	if rate > 0 && rate < 0.05 {
		return "under 0.1/s"
	}
	return fmt.Sprintf("%.1f/s", rate)
}

// diffLine is a line of a diff. Class is "plus", "minus" or "".
type diffLine struct{ Class, Text string }

// diffLines are the lines of a diff.
func diffLines(text string) []diffLine {
	var made []diffLine
	for line := range strings.SplitSeq(strings.TrimSuffix(lines(text), "\n"), "\n") {
		if made == nil && strings.HasPrefix(line, "@@") {
			continue // where the first part stands says nothing of a small text
		}
		class := ""
		switch {
		case strings.HasPrefix(line, "+"):
			class = "plus"
		case strings.HasPrefix(line, "-"):
			class = "minus"
		}
		made = append(made, diffLine{class, line})
	}
	return made
}

// ofResponse is the path, and ofStage the file, of a finding about a gateway response of an API, of which no person wrote a file.
var (
	ofResponse = regexp.MustCompile(`^gatewayResponses\.([A-Z0-9_]+)`)
	ofStage    = regexp.MustCompile(`^([a-z0-9]+)/[A-Za-z0-9_-]+(@.*)?$`)
)

// editor is the page on which a gateway response is edited that a finding is about, by its file, line and path; "" for another finding.
func editor(file string, line int, path string) string {
	response, stage := ofResponse.FindStringSubmatch(path), ofStage.FindStringSubmatch(file)
	if line != 0 || response == nil || stage == nil {
		return ""
	}
	return "/console/apis/" + stage[1] + "/responses/" + response[1]
}

// last is the last of what made a revision; nil for a key that may not know.
func last(causes []v1.Cause) *v1.Cause {
	if len(causes) == 0 {
		return nil
	}
	return &causes[len(causes)-1]
}

// record names a record of the audit log for people: a session has no name but a hash, and the numbers of revisions have zeros in front.
func record(kind, scope, name string) string {
	switch kind {
	case "session":
		return ""
	case "revision":
		name = strings.TrimLeft(name, "0")
	}
	if scope != "" {
		name = scope + "/" + name
	}
	return text(name)
}
