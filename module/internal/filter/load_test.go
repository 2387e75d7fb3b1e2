// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"slices"
	"strings"
	"testing"
)

const bad = `{"gatewayResponses": {"THROTTLED": {"statusCode": 42}}}`

// value is that of a gauge.
func value(t *testing.T, gauges []Gauge, name string) uint64 {
	t.Helper()
	for _, gauge := range gauges {
		if gauge.Name == name {
			return gauge.Value
		}
	}
	t.Fatalf("there is no gauge %s", name)
	return 0
}

// TestBadDocument holds that a bad document stops nothing: the last good one goes on, each name has its own, and the gauge is above 0
// until a good one comes, or the filter goes.
func TestBadDocument(t *testing.T) {
	p, log := process("", false)
	first, gauges, ok := p.Load("a", []byte(bad))
	if !ok || !first.Gate().Passes || value(t, gauges, invalidGauge) != 1 {
		t.Errorf("the first document is bad: ok %v, %+v, %+v", ok, first.Gate(), gauges)
	}
	_, gauges, _ = p.Load("a", []byte(document))
	if value(t, gauges, invalidGauge) != 0 {
		t.Errorf("after a good one: %+v", gauges)
	}
	if first.Unload().Value != 0 {
		t.Error("the end of an old filter counts")
	}
	second, gauges, ok := p.Load("a", []byte(bad))
	if !ok || second.Gate().Passes || value(t, gauges, invalidGauge) != 1 {
		t.Errorf("a bad one after a good one: ok %v, %+v, %+v", ok, second.Gate(), gauges)
	}
	other, _, ok := p.Load("b", []byte(bad))
	if !ok || !other.Gate().Passes {
		t.Error("a filter takes the document of another name")
	}
	if got := other.Unload().Value; got != 1 {
		t.Errorf("%d are invalid after one of two has gone", got)
	}
	text := strings.Join(log.lines, "\n")
	for _, want := range []string{"4 a: ", "statusCode", "all replies pass untouched", "the last good one goes on working"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log has no %q:\n%s", want, text)
		}
	}
}

// TestFiltersOfOneName holds which of several filters with one name the gauge speaks of: the newest that Envoy has.
func TestFiltersOfOneName(t *testing.T) {
	for _, test := range []struct {
		name      string
		documents []string
		// ends are the places of the filters that end then, in their order, and want what the gauge says after the loads and after each end.
		ends []int
		want []uint64
	}{
		{"an old one drains", []string{bad, document}, []int{0, 1}, []uint64{0, 0, 0}},
		{"Envoy refuses the listener of the good one", []string{bad, document}, []int{1, 0}, []uint64{0, 1, 0}},
		{"Envoy refuses the listener of the bad one", []string{document, bad}, []int{1, 0}, []uint64{1, 0, 0}},
		{"two listeners", []string{bad, bad}, []int{1, 0}, []uint64{1, 1, 0}},
		{"two listeners, the first goes", []string{bad, bad}, []int{0, 1}, []uint64{1, 1, 0}},
		{"one in the middle goes", []string{bad, document, document}, []int{1, 2, 0}, []uint64{0, 0, 1, 0}},
	} {
		p, _ := process("", false)
		var filters []*Filter
		var gauges []Gauge
		for _, text := range test.documents {
			var f *Filter
			f, gauges, _ = p.Load("a", []byte(text))
			filters = append(filters, f)
		}
		got := []uint64{value(t, gauges, invalidGauge)}
		for _, end := range test.ends {
			got = append(got, filters[end].Unload().Value)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: the gauge says %d, want %d", test.name, got, test.want)
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
	if got := value(t, gauges, "gateway_responses.revision"); got != 7 {
		t.Errorf("revision %d", got)
	}
	_, gauges, _ = p.Load("a", []byte(`{}`))
	if got := value(t, gauges, "gateway_responses.revision"); got != 0 {
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
