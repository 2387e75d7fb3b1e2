// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/catalogue"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/quote"
)

const (
	// allowKey is a member of an object that allows findings in it: {"GWR113": "REASON"}.
	allowKey = "x-gwr-allow"
	// allowComment begins a comment in YAML that allows findings in the line that it is about: "# gwr:allow GWR113 REASON".
	allowComment = "gwr:allow"
)

// allowance is what an owner says of findings with one code: that they may be there, and why.
type allowance struct {
	allows
	// reason is why they may be there.
	reason string
	// place is where the allowance stands.
	place finding.Place
	// key is the member of an object called x-gwr-allow, or malformed that key itself, which has no object. It is zero for a comment.
	key       config.Text
	malformed bool
	// used reports whether there is such a finding.
	used bool
}

// allows says which findings an allowance is about.
type allows struct {
	// name is the code as it was written, "" for none.
	name string
	// path leads to the object with x-gwr-allow: what is in it is meant.
	path string
	// file and line are those that a comment is about; "" and 0 for a member.
	file string
	line int
}

// allowed leaves out the findings that the document allows with a reason, and adds what is wrong with what it allows.
func allowed(s *subject, found finding.List) finding.List {
	all := s.allowances()
	index := map[allows][]*allowance{}
	for _, a := range all {
		index[a.allows] = append(index[a.allows], a)
	}
	var kept finding.List
	for i := range found {
		if !isAllowed(index, &found[i]) {
			kept = append(kept, found[i])
		}
	}
	for _, a := range all {
		if f, wrong := a.problem(); wrong {
			if a.line == 0 {
				f.Path = s.document.Path(a.key)
			}
			kept = append(kept, f)
		}
	}
	return kept
}

// isAllowed reports whether a finding is allowed with a reason, and notes which allowances are about it.
func isAllowed(index map[allows][]*allowance, f *finding.Finding) (allowed bool) {
	about := []allows{{name: f.Code.String(), file: f.File, line: f.Line}, {name: f.Code.String()}}
	for end := 1; end <= len(f.Path); end++ {
		if end == len(f.Path) || f.Path[end] == '.' || f.Path[end] == '[' {
			about = append(about, allows{name: f.Code.String(), path: f.Path[:end]})
		}
	}
	for _, key := range about {
		for _, a := range index[key] {
			a.used = true
			allowed = allowed || a.reason != ""
		}
	}
	return allowed
}

// allowances are all that the document has, members first.
func (s *subject) allowances() []*allowance {
	var all []*allowance
	for i := range s.members {
		a := &s.members[i]
		a.place = s.written(whole(a.key))
		if !a.malformed {
			a.name = a.key.Value
		}
		all = append(all, a)
	}
	for _, comment := range s.source.Comments(allowComment) {
		words, isOne := strings.CutPrefix(strings.TrimLeft(comment.Text, "# \t"), allowComment)
		if !isOne {
			continue
		}
		names, reason := splitCodes(words)
		for _, name := range names {
			all = append(all, &allowance{allows: allows{name: name, file: comment.Place.File, line: comment.About}, reason: reason, place: comment.Place})
		}
	}
	return all
}

// splitCodes cuts the codes that a text begins with from the reason behind them. There is one name at least, "" for none.
func splitCodes(words string) (names []string, reason string) {
	for {
		words = strings.TrimLeft(words, " \t,:")
		name, rest, _ := strings.Cut(words, " ")
		name = strings.TrimRight(name, ",:")
		if _, isCode := parseCode(name); !isCode {
			break
		}
		names, words = append(names, name), rest
	}
	if names == nil {
		names = []string{""}
	}
	return names, chars.Trim(words)
}

// parseCode reads a code as findings show it.
func parseCode(name string) (code.Code, bool) {
	digits, ok := strings.CutPrefix(name, "GWR")
	number, err := strconv.ParseUint(digits, 10, 16)
	return code.Code(number), ok && err == nil && len(digits) == 3
}

// problem is what is wrong with the allowance.
func (a *allowance) problem() (finding.Finding, bool) {
	f := finding.Finding{Code: code.AllowedNothing, Severity: finding.Warning, Place: a.place}
	number, isCode := parseCode(a.name)
	_, known := catalogue.Of(number)
	switch {
	case a.malformed:
		f.Message = `this allows nothing; write {"CODE": "REASON"}`
	case a.name == "":
		f.Message = "no code is named; write # " + allowComment + " CODE REASON"
	case !isCode || !known:
		f.Message = quote.Text(a.name) + " is the code of no finding; use one that a finding shows, such as " + code.FailureAsSuccess.String()
	case a.reason == "":
		f.Code = code.AllowedWithoutReason
		f.Message = a.name + " is allowed without a reason, so it is not; write behind it why it may be there"
	case !a.used:
		f.Message = a.name + " is not found here, so this allows nothing; remove it"
	default:
		return finding.Finding{}, false
	}
	return f, true
}
