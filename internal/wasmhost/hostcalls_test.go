// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSharedData(t *testing.T) {
	process := NewProcess()
	first := probe(t, Options{Process: process, VMID: "a"}, "announce first")
	second := probe(t, Options{Process: process, VMID: "a", Env: map[string]string{"OTHER": "vm"}}, "")
	third := probe(t, Options{Process: process, VMID: "b"}, "")
	do := func(host *Host, script string) []string {
		before := len(host.Logs())
		host.Do(scripts{response: script}.exchange())
		return messages(host.Logs()[before:])
	}
	for _, step := range []struct {
		name   string
		host   *Host
		script string
		want   string
	}{
		{"absent", first, "get-shared k", "not found 0"},
		{"set", first, "set-shared k v 0", "ok"},
		{"seen by another VM of the vm_id", second, "get-shared k", `ok "v" 1`},
		{"not by another vm_id", third, "get-shared k", "not found 0"},
		{"with a stale number", second, "set-shared k w 7", "cas mismatch"},
		{"with the right number", second, "set-shared k w 1", "ok"},
		{"the number is new", first, "get-shared k", `ok "w" 2`},
		{"without a number", first, `set-shared k "" 0`, "ok"},
		{"empty", second, "get-shared k", "ok, no data 3"},
		{"a number for what is absent", second, "set-shared new v 9", "ok"},
	} {
		want := []string{"response-headers: " + step.script + " = " + step.want}
		if diff := cmp.Diff(want, do(step.host, step.script)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
}

func TestMetrics(t *testing.T) {
	const script = `define 0 c
define 0 c
define 1 g
define 2 h
define 3 x
increment 4 2
increment 8 3
increment 4 0
increment 4 -1
increment 12 1
record 4 5
get-metric 8
increment 5 4
increment 5 -1
record 5 7
increment 5 -9
get-metric 5
increment 6 1
record 6 100
record 6 200
get-metric 6
record 14 1
get-metric 9`
	host := probe(t, Options{}, "")
	host.Do(scripts{response: script}.exchange())
	want := []string{
		"define 0 c = ok 4", "define 0 c = ok 8", "define 1 g = ok 5", "define 2 h = ok 6", "define 3 x = bad argument",
		"increment 4 2 = ok", "increment 8 3 = ok", "increment 4 0 = bad argument", "increment 4 -1 = bad argument",
		"increment 12 1 = not found", "record 4 5 = ok", "get-metric 8 = ok 10",
		"increment 5 4 = ok", "increment 5 -1 = ok", "record 5 7 = ok", "increment 5 -9 = ok", "get-metric 5 = ok 18446744073709551614",
		"increment 6 1 = bad argument", "record 6 100 = ok", "record 6 200 = ok", "get-metric 6 = bad argument",
		"record 14 1 = not found", "get-metric 9 = not found",
	}
	for i := range want {
		want[i] = "response-headers: " + want[i]
	}
	if diff := cmp.Diff(want, messages(host.Logs())); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int64{"c": 10, "g": -2, "h": 2}, host.Metrics()); diff != "" {
		t.Errorf("Metrics() (-want +got):\n%s", diff)
	}
	if got := host.Metric("c"); got != 10 {
		t.Errorf(`Metric("c") = %d, want 10`, got)
	}
	if got := host.Metric("none"); got != 0 {
		t.Errorf(`Metric("none") = %d, want 0`, got)
	}
}

// TestMetricsOfTheProcess holds that a metric is one for all VMs, the canary included.
func TestMetricsOfTheProcess(t *testing.T) {
	host := probe(t, Options{Workers: 2}, "define 0 configured\nincrement 4 1")
	if got := host.Metric("configured"); got != 3 {
		t.Errorf("a counter that on_configure increments, with two workers = %d, want 3", got)
	}
}

func TestLogs(t *testing.T) {
	host := probe(t, Options{}, "")
	host.Do(scripts{response: `log 0 trace
log 1 debug
log 3 warn
log 4 error
log 5 critical
log 6 none
print out "line\n"
print err two\nlines
log-level
clock`}.exchange())
	want := []Log{
		{"trace", "trace"},
		{"info", "response-headers: log 0 trace = ok"},
		{"debug", "debug"},
		{"info", "response-headers: log 1 debug = ok"},
		{"warn", "warn"},
		{"info", "response-headers: log 3 warn = ok"},
		{"error", "error"},
		{"info", "response-headers: log 4 error = ok"},
		{"critical", "critical"},
		{"info", "response-headers: log 5 critical = ok"},
		{"info", "response-headers: log 6 none = bad argument"},
		{"info", "line"},
		{"info", `response-headers: print out "line\n" = ok`},
		{"error", `two\nlines`},
		{"info", `response-headers: print err two\nlines = ok`},
		{"info", "response-headers: log-level = ok 0"},
		{"info", "response-headers: clock = some time after 2001"},
	}
	if diff := cmp.Diff(want, host.Logs()); diff != "" {
		t.Errorf("Logs() (-want +got):\n%s", diff)
	}
}

func TestFiles(t *testing.T) {
	runAll(t, []behaviour{{
		name:    "there are none",
		scripts: scripts{response: "open /etc/passwd"},
		want:    "response-headers: open /etc/passwd = open /etc/passwd: No such file or directory" + untouched,
	}})
}

func TestUnmodelled(t *testing.T) {
	runAll(t, []behaviour{{
		name:    "queues",
		scripts: scripts{request: "queue q"},
		want:    "request-headers: queue q = unimplemented" + untouched,
	}})
}
