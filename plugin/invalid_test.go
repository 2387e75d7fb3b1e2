// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// racingHost lets another worker replace the list of invalid plugins each time before the plugin does.
type racingHost struct {
	*fakeHost
	// others are the lists that the other worker writes, one for each attempt.
	others []string
}

func (h *racingHost) setSharedData(key string, value []byte, version uint32) error {
	if len(h.others) > 0 {
		h.shared[key] = sharedValue{text: h.others[0], version: version + 1}
		h.others = h.others[1:]
	}
	return h.fakeHost.setSharedData(key, value, version)
}

// TestRecordInvalidTogether holds that workers do not overwrite each other's lines.
func TestRecordInvalidTogether(t *testing.T) {
	fake := &fakeHost{shared: map[string]sharedValue{invalidKey: {text: "a/", version: 1}}}
	host := &racingHost{fakeHost: fake, others: []string{"a/\nz/", "z/"}}
	p := &plugin{vm: newVM(host, fakeLoad, ""), name: "m"}
	p.recordInvalid(true)
	want := sharedValue{text: "m/\nz/", version: 4}
	if diff := cmp.Diff(want, fake.shared[invalidKey], cmp.AllowUnexported(sharedValue{})); diff != "" {
		t.Errorf("list of invalid plugins (-want +got):\n%s", diff)
	}
}

// TestRecordInvalidGivesUp holds that a list that is never free does not hold up the start.
func TestRecordInvalidGivesUp(t *testing.T) {
	fake := &fakeHost{shared: map[string]sharedValue{invalidKey: {version: 1}}}
	host := &racingHost{fakeHost: fake, others: make([]string, maxVersionAttempts)}
	p := &plugin{vm: newVM(host, fakeLoad, ""), name: "m"}
	p.recordInvalid(true)
	want := "  log warn: m: gateway_responses.config_invalid cannot be kept: the shared data gateway_responses.invalid cannot be replaced"
	if got := fake.trace[len(fake.trace)-1]; got != want {
		t.Errorf("last call = %q, want %q", got, want)
	}
}

func TestWithLine(t *testing.T) {
	tests := []struct {
		list, line string
		among      bool
		want       string
	}{
		{"", "b", true, "b"},
		{"", "b", false, ""},
		{"b", "b", true, "b"},
		{"b", "b", false, ""},
		{"a\nc", "b", true, "a\nb\nc"},
		{"a\nc", "b", false, "a\nc"},
		{"a\nb\nc", "b", false, "a\nc"},
		{"a", "", true, "\na"},
	}
	for _, test := range tests {
		if got := withLine(test.list, test.line, test.among); got != test.want {
			t.Errorf("withLine(%q, %q, %t) = %q, want %q", test.list, test.line, test.among, got, test.want)
		}
	}
}
