// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
)

// fact is what Envoy's source says of the replies with some details: a line of the facts behind the tables of package classify.
type fact struct{ details, status, flags, filter, headerOnly string }

// readFacts reads the facts, those of the latest Envoy included.
func readFacts(t *testing.T) []fact {
	t.Helper()
	var all []fact
	for _, name := range []string{"details.csv", "details-1.40.csv"} {
		file, err := os.Open("../classify/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		reader := csv.NewReader(file)
		reader.Comment = '#'
		lines, err := reader.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines[1:] {
			all = append(all, fact{line[0], line[1], line[2], line[3], line[7]})
		}
	}
	return all
}

// factAbout finds the fact about a reply: the one with its details, one with an optional part behind them, or else one with a
// placeholder in them.
func factAbout(all []fact, r reply) (fact, bool) {
	for _, f := range all {
		if f.details == r.details || strings.HasPrefix(f.details, strings.TrimSuffix(r.details, "}")+"[|") {
			return f, true
		}
	}
	for _, f := range all {
		before, after, placeholder := strings.Cut(f.details, "<")
		_, after, _ = strings.Cut(after, ">")
		if placeholder && before != "" && strings.HasPrefix(r.details, before) && strings.HasSuffix(r.details, after) {
			return f, true
		}
	}
	return fact{}, false
}

// TestTypical holds typical errors against the facts of Envoy's source.
func TestTypical(t *testing.T) {
	all := readFacts(t)
	for _, r := range typical {
		f, found := factAbout(all, r)
		if !found {
			t.Errorf("no fact is about %s", r.details)
			continue
		}
		if !hasAlternative(f.status, strconv.Itoa(r.status)) {
			t.Errorf("%s has the status %d; the facts say %s", r.details, r.status, f.status)
		}
		if flags, _, _ := strings.Cut(f.flags, "["); flags != r.flags && flags+r.flags != "-" {
			t.Errorf("%s has the flags %q; the facts say %s", r.details, r.flags, f.flags)
		}
		if filter, _, _ := strings.Cut(f.filter, "("); filter != r.filter && filter != "filter_manager" {
			t.Errorf("%s is owned by %q; the facts say %s", r.details, r.filter, f.filter)
		}
		if r.details == "rate_limited_by_quota" {
			continue // its body is the owner's, and without one it has none
		}
		if headerOnly := r.body == ""; f.headerOnly != "maybe" && headerOnly != (f.headerOnly == "yes") {
			t.Errorf("%s has the body %q; header-only: %s", r.details, r.body, f.headerOnly)
		}
	}
}

// hasAlternative reports whether a status is among those of a fact: "504|408", "cfg:429", or one that somebody chooses.
func hasAlternative(statuses, status string) bool {
	for alternative := range strings.SplitSeq(statuses, "|") {
		if alternative == status || alternative == "cfg:"+status || strings.HasPrefix(alternative, "<") {
			return true
		}
	}
	return false
}

// TestTypicalIsWhole holds that all types which the tables give to Envoy's replies have a typical one, in both dialects.
func TestTypicalIsWhole(t *testing.T) {
	never := map[classify.Dialect][]config.ResponseType{
		classify.Envoy: {config.InvalidSignature, config.WAFFiltered},
		classify.AWS:   {config.InvalidSignature, config.WAFFiltered, config.ExpiredToken},
	}
	for dialect, none := range never {
		seen := map[config.ResponseType]bool{}
		for i := range typical {
			seen[classify.Classify(typical[i].reply(), dialect).Type] = true
		}
		for _, wanted := range config.ResponseTypes() {
			if got, want := seen[wanted], !slices.Contains(none, wanted); got != want {
				t.Errorf("dialect %d has a typical error of %s: %t, want %t", dialect, wanted, got, want)
			}
		}
	}
}
