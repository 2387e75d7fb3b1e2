// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/envoyfacts"
)

// factAbout finds the fact about a reply: the one with its details, one with an optional part behind them, or else one with a
// placeholder in them.
func factAbout(all []envoyfacts.Fact, r reply) (envoyfacts.Fact, bool) {
	for _, f := range all {
		if f.Details == r.details || strings.HasPrefix(f.Details, strings.TrimSuffix(r.details, "}")+"[|") {
			return f, true
		}
	}
	for _, f := range all {
		before, after, placeholder := strings.Cut(f.Details, "<")
		_, after, _ = strings.Cut(after, ">")
		if placeholder && before != "" && strings.HasPrefix(r.details, before) && strings.HasSuffix(r.details, after) {
			return f, true
		}
	}
	return envoyfacts.Fact{}, false
}

// TestTypical holds typical errors against the facts of Envoy's source.
func TestTypical(t *testing.T) {
	all := envoyfacts.All()
	for _, r := range typical {
		f, found := factAbout(all, r)
		if !found {
			t.Errorf("no fact is about %s", r.details)
			continue
		}
		if !hasAlternative(f.Status, strconv.Itoa(r.status)) {
			t.Errorf("%s has the status %d; the facts say %s", r.details, r.status, f.Status)
		}
		if flags, _, _ := strings.Cut(f.Flags, "["); flags != r.flags && flags+r.flags != "-" {
			t.Errorf("%s has the flags %q; the facts say %s", r.details, r.flags, f.Flags)
		}
		if filter, _, _ := strings.Cut(f.Filter, "("); filter != r.filter && filter != "filter_manager" {
			t.Errorf("%s is owned by %q; the facts say %s", r.details, r.filter, f.Filter)
		}
		if r.details == "rate_limited_by_quota" {
			continue // its body is the owner's, and without one it has none
		}
		if headerOnly := r.body == ""; f.HeaderOnly != "maybe" && headerOnly != (f.HeaderOnly == "yes") {
			t.Errorf("%s has the body %q; header-only: %s", r.details, r.body, f.HeaderOnly)
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
