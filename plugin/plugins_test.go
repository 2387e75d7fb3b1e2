// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/config"
)

// loadRevision is a loader of documents that are a revision, or bad.
func loadRevision(text []byte) (program, config.Findings) {
	revision, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return nil, nil
	}
	return &fakeProgram{revision: revision}, nil
}

// play has the VM go through steps, "+ID DOCUMENT" for a plugin that Envoy configures and "-ID" for one that it ends, and says after each
// what the gauges of the process are: "INVALID REVISION".
func play(f *filter, host *fakeHost, steps []string) (gauges []string) {
	for _, step := range steps {
		id, document, _ := strings.Cut(step[1:], " ")
		number, _ := strconv.Atoi(id)
		if step[0] == '+' {
			host.document = document
			f.ContextCreate(uint32(number), 0)
			f.Configure(uint32(number), len(document))
		} else {
			f.Delete(uint32(number))
		}
		gauges = append(gauges, gaugesOf(host))
	}
	return gauges
}

// gaugesOf reads config_invalid and the revision off the trace.
func gaugesOf(host *fakeHost) string {
	invalid, revision := 0, "none"
	for _, call := range host.trace {
		var by int
		if n, _ := fmt.Sscanf(call, "  add %d to "+invalidGauge, &by); n == 1 {
			invalid += by
		}
		if value, found := strings.CutPrefix(call, "  set gateway_responses.revision.m to "); found {
			revision = value
		}
	}
	return strconv.Itoa(invalid) + " " + revision
}

// TestPluginsOfOneName holds which of several plugins with one name the gauges speak of: the newest that Envoy has. The revision of the
// last one stays when that has gone.
func TestPluginsOfOneName(t *testing.T) {
	for _, test := range []struct {
		name        string
		steps, want []string
	}{
		{"an old one drains", []string{"+1 bad", "+2 7", "-1", "-2"}, []string{"1 none", "0 7", "0 7", "0 7"}},
		{"Envoy refuses the listener of the good one", []string{"+1 bad", "+2 7", "-2", "-1"}, []string{"1 none", "0 7", "1 0", "0 0"}},
		{"Envoy refuses the listener of the bad one", []string{"+1 7", "+2 bad", "-2", "-1"}, []string{"0 7", "1 7", "0 7", "0 7"}},
		{"Envoy refuses the listener of a good one behind a good one", []string{"+1 7", "+2 8", "-2", "+3 9"}, []string{"0 7", "0 8", "0 7", "0 9"}},
		{"Envoy refuses the listener of one without a revision", []string{"+1 7", "+2 0", "-2"}, []string{"0 7", "0 0", "0 7"}},
		{"two listeners", []string{"+1 bad", "+2 bad", "-2", "-1"}, []string{"1 none", "1 none", "1 none", "0 none"}},
		{"one in the middle goes", []string{"+1 bad", "+2 7", "+3 8", "-2", "-3"}, []string{"1 none", "0 7", "0 8", "0 8", "1 0"}},
	} {
		host := &fakeHost{properties: map[string]string{"plugin_name": "m", "plugin_root_id": "root"}}
		if got := play(&filter{vm: newVM(host, loadRevision, "")}, host, test.steps); !slices.Equal(got, test.want) {
			t.Errorf("%s: the gauges are %q, want %q", test.name, got, test.want)
		}
		late := play(&filter{vm: newVM(host, loadRevision, "")}, host, test.steps)
		// What a late one takes for the last good document is that of a newer plugin, so its revision may be another.
		if got, want := late[len(late)-1][0], test.want[len(test.want)-1][0]; got != want {
			t.Errorf("%s: after a VM that is late config_invalid is %c, want %c", test.name, got, want)
		}
	}
}

// TestPluginsOfTwoNames holds that the end of a plugin leaves the gauges of another alone.
func TestPluginsOfTwoNames(t *testing.T) {
	host := &fakeHost{properties: map[string]string{"plugin_name": "other", "plugin_root_id": "root"}}
	f := &filter{vm: newVM(host, loadRevision, "")}
	play(f, host, []string{"+1 bad"})
	host.properties["plugin_name"] = "m"
	want := []string{"1 7", "1 7", "0 7"}
	if got := play(f, host, []string{"+2 7", "-2", "-1"}); !slices.Equal(got, want) {
		t.Errorf("the gauges are %q, want %q", got, want)
	}
}
