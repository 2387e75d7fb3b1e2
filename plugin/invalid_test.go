// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
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
	fake := &fakeHost{shared: map[string]sharedValue{invalidKey: {text: "a\x00\x001", version: 1}}}
	host := &racingHost{fakeHost: fake, others: []string{"a\x00\x001\nz\x00\x002", "z\x00\x002"}}
	p := &plugin{vm: newVM(host, fakeLoad, ""), name: "m"}
	p.recordInvalid(nil, true)
	want := sharedValue{text: "z\x00\x002\nm\x00\x00cbf29ce484222325", version: 4}
	if diff := cmp.Diff(want, fake.shared[invalidKey], cmp.AllowUnexported(sharedValue{})); diff != "" {
		t.Errorf("list of invalid plugins (-want +got):\n%s", diff)
	}
}

// TestRecordInvalidGivesUp holds that a list that is never free does not hold up the start.
func TestRecordInvalidGivesUp(t *testing.T) {
	fake := &fakeHost{shared: map[string]sharedValue{invalidKey: {version: 1}}}
	host := &racingHost{fakeHost: fake, others: make([]string, maxVersionAttempts)}
	p := &plugin{vm: newVM(host, fakeLoad, ""), name: "m"}
	p.recordInvalid(nil, true)
	want := "  log warn: m: gateway_responses.config_invalid cannot be kept: the shared data gateway_responses.invalid cannot be replaced"
	if got := fake.trace[len(fake.trace)-1]; got != want {
		t.Errorf("last call = %q, want %q", got, want)
	}
}

// TestRetire holds that a plugin which ends takes its own line back, and no other.
func TestRetire(t *testing.T) {
	fake := &fakeHost{shared: map[string]sharedValue{}}
	plugin := func(root, text string, invalid bool) *plugin {
		p := &plugin{vm: newVM(fake, fakeLoad, ""), name: "m", rootID: root}
		p.begin()
		p.recordInvalid([]byte(text), invalid)
		return p
	}
	want := func(step string, lines int) {
		t.Helper()
		if got := strings.Count(fake.shared[invalidKey].text, "m\x00"); got != lines {
			t.Errorf("%s: %d lines in %q, want %d", step, got, fake.shared[invalidKey].text, lines)
		}
	}
	first := plugin("a", "1", true)
	second := plugin("a", "2", true)
	want("another bad document of the same plugin", 1)
	first.onDelete()
	want("the first one ends", 1)
	other := plugin("ab", "2", true)
	want("a bad document of another plugin", 2)
	second.onDelete()
	want("the second one ends", 1)
	second.onDelete()
	want("the second one ends on another worker", 1)
	good := plugin("ab", "3", false)
	want("a good document", 0)
	other.onDelete()
	good.onDelete()
	want("all end", 0)
}

func TestWithLine(t *testing.T) {
	tests := []struct{ list, prefix, line, want string }{
		{"", "b=", "b=1", "b=1"},
		{"", "b=", "", ""},
		{"b=1", "b=", "b=1", "b=1"},
		{"b=1", "b=", "b=2", "b=2"},
		{"b=1", "b=", "", ""},
		{"b=1\nc=1", "b=", "b=2", "c=1\nb=2"},
		{"b=1\nc=1", "b=", "b=1", "b=1\nc=1"},
		{"a=1\nc=1", "b=", "b=1", "a=1\nc=1\nb=1"},
		{"a=1\nb=1\nc=1", "b=", "", "a=1\nc=1"},
		{"bb=1", "b=", "", "bb=1"},
	}
	for _, test := range tests {
		if got := withLine(test.list, test.prefix, test.line); got != test.want {
			t.Errorf("withLine(%q, %q, %q) = %q, want %q", test.list, test.prefix, test.line, got, test.want)
		}
	}
}

// TestFingerprint compares with values of the published test suite of FNV-1a.
func TestFingerprint(t *testing.T) {
	for text, want := range map[string]string{"": "cbf29ce484222325", "a": "af63dc4c8601ec8c", "foobar": "85944171f73967e8"} {
		if got := fingerprint(text); got != want {
			t.Errorf("fingerprint(%q) = %s, want %s", text, got, want)
		}
	}
}
