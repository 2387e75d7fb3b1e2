// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/envoyfacts"
	"gatewayresponses/internal/facts"
)

// known is a fact about details.
type known struct {
	details *regexp.Regexp
	filter  string
}

// variable is a part of details that stands for others, or an optional one.
var variable = regexp.MustCompile(`<[^<>]*>|\[\|<[^<>]*>\]`)

// knownDetails reads the details that Envoy's source has.
func knownDetails() []known {
	var all []known
	for _, f := range envoyfacts.All() {
		var pattern strings.Builder
		at := 0
		for _, place := range variable.FindAllStringIndex(f.Details, -1) {
			pattern.WriteString(regexp.QuoteMeta(f.Details[at:place[0]]) + ".*")
			at = place[1]
		}
		pattern.WriteString(regexp.QuoteMeta(f.Details[at:]))
		all = append(all, known{regexp.MustCompile("^" + pattern.String() + "$"), f.Filter})
	}
	return all
}

// TestRaises holds the errors that this package gives to a filter to those that Envoy's source has for it, and to the table of
// package classify.
func TestRaises(t *testing.T) {
	all := knownDetails()
	for name, p := range producers {
		if p.harmless != (len(p.raises) == 0 && p.note == "") {
			t.Errorf("%s is harmless: %t, and raises %d errors", name, p.harmless, len(p.raises))
		}
		for _, r := range p.raises {
			if !isKnown(all, name, r.details) {
				t.Errorf("package envoyfacts has no %q of %s", r.details, name)
			}
			if c := classify.Classify(&facts.Reply{Status: r.status, Details: r.details}, classify.Envoy); !c.Known {
				t.Errorf("package classify does not know %q", r.details)
			}
		}
	}
}

// isKnown reports whether Envoy's source has details for a filter.
func isKnown(all []known, filter, details string) bool {
	for _, k := range all {
		of := k.filter
		if of == "filter_manager(any buffering filter; buffer filter sets limit)" {
			of = "buffer"
		}
		of, _, _ = strings.Cut(of, "(")
		for name := range strings.SplitSeq(of, "|") {
			if name == filter && k.details.MatchString(details) {
				return true
			}
		}
	}
	return false
}

// TestAllRaised holds that a filter which Envoy's source has errors for is in the table.
func TestAllRaised(t *testing.T) {
	notFilters := []string{"hcm", "codec_http1", "codec_http2", "codec_http3", "uhv", "upstream_codec", "filter_manager", "core", "missing ECDS filter config", "-"}
	for _, k := range knownDetails() {
		of, _, _ := strings.Cut(k.filter, "(")
		for name := range strings.SplitSeq(of, "|") {
			name = strings.TrimSpace(name)
			if _, ok := producers[name]; !ok && !slices.Contains(notFilters, name) {
				t.Errorf("package envoyfacts has errors of %q, which is not among the producers", name)
			}
		}
	}
}
