// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"slices"
	"strings"
	"testing"
)

// showFailure is show without what the Go runtime writes about a panic.
func showFailure(host *Host, outcome Outcome) string {
	quiet := *host
	quiet.logs = slices.DeleteFunc(slices.Clone(host.logs), func(line Log) bool { return line.Level == "error" })
	return show(&quiet, outcome)
}

// failed is how showFailure prints the reply to a stream whose VM died.
const failed = `
< :status: 503
details wasm_fail_stream
trap`

func TestTraps(t *testing.T) {
	for _, tc := range []struct {
		name    string
		scripts scripts
		change  func(*Exchange)
		want    string
	}{
		{name: "in the request headers", scripts: scripts{request: "panic p"}, want: failed},
		{name: "in the response headers", scripts: scripts{response: "panic p"}, want: failed},
		{name: "by leaving the process", scripts: scripts{response: "exit"}, want: failed},
		{
			name:    "the 503 has the route's headers",
			scripts: scripts{response: "panic p"},
			change:  func(x *Exchange) { x.RouteHeaders = headerLines("x-r: 1") },
			want:    strings.Replace(failed, "503\n", "503\n< x-r: 1\n", 1),
		},
		{
			name:    "gRPC",
			scripts: scripts{response: "panic p"},
			change:  withRequestHeader("content-type", "application/grpc"),
			want: `
< :status: 200
< content-type: application/grpc
< grpc-status: 14
details wasm_fail_stream
trap`,
		},
		{
			name:    "in the body: the headers have left",
			scripts: scripts{body: []string{"panic p"}},
			want: `
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
< content-length: 6
details denied_by_test
reset
trap`,
		},
		{name: "in on_log: the reply has left", scripts: scripts{log: "panic p"}, want: untouched + "\ntrap"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := probe(t, Options{Workers: 2}, "")
			exchange := tc.scripts.exchange()
			if tc.change != nil {
				tc.change(&exchange)
			}
			compare(t, tc.want, showFailure(host, host.Do(exchange)))
			t.Run("new streams pass the filter by", func(t *testing.T) {
				compare(t, untouched+"\nbypassed", showFailure(host, host.Do(scripts{response: "arguments"}.exchange())))
			})
			t.Run("other workers live", func(t *testing.T) {
				exchange := scripts{}.exchange()
				exchange.Worker = 1
				compare(t, untouched, showFailure(host, host.Do(exchange)))
			})
			t.Run("a new configuration brings a new VM, which knows nothing of the old root context", func(t *testing.T) {
				if err := host.Configure([]byte("announce again")); err != nil {
					t.Fatal(err)
				}
				compare(t, "again\nagain\nagain\ndone 1"+untouched, showFailure(host, host.Do(scripts{}.exchange())))
			})
		})
	}
}

// TestTrapHitsStreamsInFlight holds that the other streams of the worker get a 503 too, unless the VM never knew them.
func TestTrapHitsStreamsInFlight(t *testing.T) {
	host := probe(t, Options{}, "")
	known := host.Begin(scripts{}.exchange())
	exchange := scripts{}.exchange()
	exchange.SkipRequest = true
	unknown := host.Begin(exchange)
	host.Do(scripts{response: "panic p"}.exchange())
	compare(t, failed, showFailure(host, known.Finish()))
	compare(t, untouched, showFailure(host, unknown.Finish()))
}

func TestTrapTells(t *testing.T) {
	host := probe(t, Options{}, "")
	outcome := host.Do(scripts{response: "panic because"}.exchange())
	if outcome.Trap == nil || !strings.HasPrefix(outcome.Trap.Error(), "proxy_on_response_headers: ") {
		t.Errorf("Trap = %v, want an error about proxy_on_response_headers", outcome.Trap)
	}
	var text strings.Builder
	for _, line := range host.Logs() {
		text.WriteString(line.Level + " " + line.Message)
	}
	if !strings.Contains(text.String(), "because") {
		t.Errorf("the log is %q, want what the runtime wrote about the panic", text.String())
	}
}

func TestRecoveredPanic(t *testing.T) {
	runAll(t, []behaviour{{
		name:    "the VM lives",
		scripts: scripts{response: "recover p"},
		want:    "response-headers: recover p = p" + untouched,
	}})
}

func TestGarbageCollection(t *testing.T) {
	collect := scripts{response: "timer\ncollect"}
	t.Run("is fine since Envoy 1.39", func(t *testing.T) {
		host := probe(t, Options{}, "")
		compare(t, "response-headers: timer = ok\nresponse-headers: collect = ok"+untouched, show(host, host.Do(collect.exchange())))
	})
	t.Run("is fatal before", func(t *testing.T) {
		host := probe(t, Options{PollOneoffFails: true}, "")
		compare(t, "response-headers: timer = ok"+failed, showFailure(host, host.Do(collect.exchange())))
	})
}

func TestForbiddenCalls(t *testing.T) {
	t.Run("in _initialize", func(t *testing.T) {
		host := newHost(t, Options{Env: map[string]string{"PROBE_INIT": "yield"}})
		err := host.Configure(nil)
		if err == nil || !strings.Contains(err.Error(), "sched_yield is forbidden in _initialize") {
			t.Errorf("Configure = %v, want an error about sched_yield", err)
		}
	})
	t.Run("in the allocator", func(t *testing.T) {
		host := probe(t, Options{}, "")
		outcome := host.Do(scripts{response: "allocate-forbidden\nget-header response x-a"}.exchange())
		if outcome.Trap == nil || !strings.Contains(outcome.Trap.Error(), "sched_yield is forbidden in the allocator") {
			t.Errorf("Trap = %v, want an error about sched_yield", outcome.Trap)
		}
	})
}

func TestEnter(t *testing.T) {
	for _, tc := range []struct {
		name  string
		stage stage
		call  string
		old   bool
		trap  bool
	}{
		{"anything while serving", serving, "proc_exit", false, false},
		{"a log line in _initialize", initializing, "proxy_log", false, false},
		{"an attribute in _initialize", initializing, "proxy_get_property", false, true},
		{"poll_oneoff in _initialize, before 1.39", initializing, "poll_oneoff", true, false},
		{"output in the allocator", allocating, "fd_write", false, false},
		{"an attribute in the allocator", allocating, "proxy_get_property", false, true},
		{"poll_oneoff in the allocator", allocating, "poll_oneoff", false, false},
		{"poll_oneoff in the allocator, before 1.39", allocating, "poll_oneoff", true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := &vm{base: &base{key: baseKey{pollOneoffFails: tc.old}}, stage: tc.stage}
			defer func() {
				if got := recover() != nil; got != tc.trap {
					t.Errorf("forbidden = %v, want %v", got, tc.trap)
				}
			}()
			v.enter(tc.call)
		})
	}
}
