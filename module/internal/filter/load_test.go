// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

const bad = `{"gatewayResponses": {"THROTTLED": {"statusCode": 42}}}`

// value is what a gauge is to say.
func value(t *testing.T, readings []Reading, gauge int) uint64 {
	t.Helper()
	for _, r := range readings {
		if r.Gauge == gauge {
			return r.Value
		}
	}
	t.Fatalf("there is no reading of %s", Gauges[gauge].Name)
	return 0
}

// last is what the gauges say after readings, and said before them.
func last(before string, readings []Reading) string {
	invalidNow, revisionNow, _ := strings.Cut(before, " ")
	for _, r := range readings {
		switch r.Gauge {
		case invalid:
			invalidNow = strconv.FormatUint(r.Value, 10)
		case revision:
			revisionNow = strconv.FormatUint(r.Value, 10)
		}
	}
	return invalidNow + " " + revisionNow
}

// TestBadDocument holds that a bad document stops nothing: the last good one goes on, each name has its own, and the gauge is above 0
// until a good one comes, or the filter goes.
func TestBadDocument(t *testing.T) {
	p, log := process("", false)
	first, gauges, ok := p.Load("a", []byte(bad))
	if !ok || !first.Gate().Passes || value(t, gauges, invalid) != 1 {
		t.Errorf("the first document is bad: ok %v, %+v, %+v", ok, first.Gate(), gauges)
	}
	_, gauges, _ = p.Load("a", []byte(document))
	if value(t, gauges, invalid) != 0 {
		t.Errorf("after a good one: %+v", gauges)
	}
	if value(t, first.Unload(), invalid) != 0 {
		t.Error("the end of an old filter counts")
	}
	second, gauges, ok := p.Load("a", []byte(bad))
	if !ok || second.Gate().Passes || value(t, gauges, invalid) != 1 {
		t.Errorf("a bad one after a good one: ok %v, %+v, %+v", ok, second.Gate(), gauges)
	}
	other, _, ok := p.Load("b", []byte(bad))
	if !ok || !other.Gate().Passes {
		t.Error("a filter takes the document of another name")
	}
	if got := value(t, other.Unload(), invalid); got != 1 {
		t.Errorf("%d are invalid after one of two has gone", got)
	}
	text := strings.Join(log.lines, "\n")
	for _, want := range []string{"4 a: ", "statusCode", "all replies pass untouched", "the last good one goes on working"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log has no %q:\n%s", want, text)
		}
	}
}

// TestFiltersOfOneName holds which of several filters with one name the gauges speak of: the newest that Envoy has. The revision of the
// last one stays when that has gone.
func TestFiltersOfOneName(t *testing.T) {
	seven, eight, none := `{"revision": 7}`, `{"revision": 8}`, `{}`
	for _, test := range []struct {
		name      string
		documents []string
		// ends are the places of the filters that end then, in their order, and want what the gauges say after the loads and after each end.
		ends []int
		want []string
	}{
		{"an old one drains", []string{bad, seven}, []int{0, 1}, []string{"0 7", "0 7", "0 7"}},
		{"Envoy refuses the listener of the good one", []string{bad, seven}, []int{1, 0}, []string{"0 7", "1 0", "0 0"}},
		{"Envoy refuses the listener of the bad one", []string{seven, bad}, []int{1, 0}, []string{"1 7", "0 7", "0 7"}},
		{"Envoy refuses the listener of a good one behind a good one", []string{seven, eight}, []int{1, 0}, []string{"0 8", "0 7", "0 7"}},
		{"Envoy refuses the listener of one without a revision", []string{seven, none}, []int{1, 0}, []string{"0 0", "0 7", "0 7"}},
		{"two listeners", []string{bad, bad}, []int{1, 0}, []string{"1 none", "1 none", "0 none"}},
		{"two listeners, the first goes", []string{bad, bad}, []int{0, 1}, []string{"1 none", "1 none", "0 none"}},
		{"one in the middle goes", []string{bad, seven, eight}, []int{1, 2, 0}, []string{"0 8", "0 8", "1 0", "0 0"}},
	} {
		p, _ := process("", false)
		var filters []*Filter
		says := "0 none"
		for _, text := range test.documents {
			f, readings, _ := p.Load("a", []byte(text))
			filters, says = append(filters, f), last(says, readings)
		}
		got := []string{says}
		for _, end := range test.ends {
			says = last(says, filters[end].Unload())
			got = append(got, says)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: the gauges say %q, want %q", test.name, got, test.want)
		}
	}
}

// TestSameDocument holds that what is wrong with a document is logged once, though each listener loads it.
func TestSameDocument(t *testing.T) {
	p, log := process("", false)
	p.Load("a", []byte(bad))
	lines := len(log.lines)
	p.Load("a", []byte(bad))
	if len(log.lines) != lines || lines == 0 {
		t.Errorf("%d lines, then %d", lines, len(log.lines))
	}
}

// TestRefuse holds where a bad document is refused.
func TestRefuse(t *testing.T) {
	for _, test := range []struct {
		onInvalid string
		validates bool
		refuses   bool
	}{{"", false, false}, {OnInvalidRefuse, false, true}, {"", true, true}, {"yes", false, false}} {
		p, log := process(test.onInvalid, test.validates)
		if _, _, ok := p.Load("a", []byte(bad)); ok == test.refuses {
			t.Errorf("%+v: accepted: %v", test, ok)
		}
		if test.onInvalid == "yes" && !strings.Contains(log.lines[0], "has no effect") {
			t.Errorf("the first line is %q", log.lines[0])
		}
	}
}

// TestRevision holds the gauge of the revision.
func TestRevision(t *testing.T) {
	p, _ := process("", false)
	_, gauges, _ := p.Load("a", []byte(`{"revision": 7}`))
	if got := value(t, gauges, revision); got != 7 {
		t.Errorf("revision %d", got)
	}
	_, gauges, _ = p.Load("a", []byte(`{}`))
	if got := value(t, gauges, revision); got != 0 {
		t.Errorf("revision %d of a document without one", got)
	}
}

// TestCounters holds that each counter of a decision has a place.
func TestCounters(t *testing.T) {
	for i, counter := range Counters {
		if place, ok := counterOf(counter.Name); !ok || place != i {
			t.Errorf("%s is found at %d", counter.Name, place)
		}
	}
}
