// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// newHost returns a host without a configuration.
func newHost(t *testing.T, options Options) *Host {
	t.Helper()
	module, err := buildProbe()
	if err != nil {
		t.Fatal(err)
	}
	return module.NewHost(options)
}

// configure gives a host a configuration and returns what the plugin logged meanwhile, with the error.
func configure(host *Host, configuration string) []string {
	before := len(host.Logs())
	err := host.Configure([]byte(configuration))
	lines := append([]string{}, messages(host.Logs()[before:])...)
	if err != nil {
		lines = append(lines, "error "+err.Error())
	}
	return lines
}

func messages(logs []Log) []string {
	var lines []string
	for _, line := range logs {
		lines = append(lines, line.Message)
	}
	return lines
}

// sequence gives a host configurations one after another, and compares what happens at each.
func sequence(t *testing.T, host *Host, steps [][]string) {
	t.Helper()
	for i, step := range steps {
		if diff := cmp.Diff(step[1:], configure(host, step[0])); diff != "" {
			t.Errorf("step %d, configuration %q (-want +got):\n%s", i, step[0], diff)
		}
	}
}

func TestConfigure(t *testing.T) {
	t.Run("a canary first, then every worker", func(t *testing.T) {
		sequence(t, newHost(t, Options{Workers: 2}), [][]string{
			{"announce a", "a", "a", "a"},
		})
	})
	t.Run("the configuration can be read, in its callback only", func(t *testing.T) {
		host := newHost(t, Options{})
		sequence(t, host, [][]string{
			{
				"get-buffer configuration 0 10", `configure 1: get-buffer configuration 0 10 = ok "get-buffer"`,
				`configure 1: get-buffer configuration 0 10 = ok "get-buffer"`,
			},
		})
	})
	t.Run("the next one is a new root context; the old one ends after it", func(t *testing.T) {
		sequence(t, newHost(t, Options{}), [][]string{
			{"announce a", "a", "a"},
			{"announce b", "b", "b", "done 1"},
		})
	})
	t.Run("the same bytes again are not shown again", func(t *testing.T) {
		sequence(t, newHost(t, Options{}), [][]string{
			{"announce a", "a", "a"},
			{"announce a"},
		})
	})
	t.Run("the canary's verdict is remembered, the workers are asked", func(t *testing.T) {
		sequence(t, newHost(t, Options{}), [][]string{
			{"announce a", "a", "a"},
			{"announce b", "b", "b", "done 1"},
			{"announce a", "a", "done 2"},
		})
	})
	t.Run("a refused one leaves the old one, and is refused again unseen", func(t *testing.T) {
		host := newHost(t, Options{})
		sequence(t, host, [][]string{
			{"announce a", "a", "a"},
			{"announce b\nrefuse", "b", "error the plugin refused the configuration"},
			{"announce b\nrefuse", "error the plugin refused the configuration"},
		})
		if got := host.Do(scripts{}.exchange()); got.Bypassed {
			t.Error("after a refused configuration the filter is gone")
		}
	})
	t.Run("without a user the verdict is forgotten", func(t *testing.T) {
		sequence(t, newHost(t, Options{}), [][]string{
			{"announce b\nrefuse", "b", "error the plugin refused the configuration"},
			{"announce b\nrefuse", "b", "error the plugin refused the configuration"},
		})
	})
	t.Run("on_vm_start can refuse", func(t *testing.T) {
		host := newHost(t, Options{Env: map[string]string{"PROBE_START": "refuse"}})
		if err := host.Configure(nil); !errors.Is(err, ErrRefused) {
			t.Errorf("Configure = %v, want %v", err, ErrRefused)
		}
	})
	t.Run("a trap of the canary is an error", func(t *testing.T) {
		host := newHost(t, Options{})
		got := configure(host, "panic p")
		last := got[len(got)-1]
		if !strings.HasPrefix(last, "error proxy_on_configure: ") {
			t.Errorf("Configure = %q, want an error about proxy_on_configure", last)
		}
	})
}

// TestWorkerRefuses holds the case in which Envoy's canary remembers a verdict that no longer holds: the worker has no
// filter then, and streams pass it by.
func TestWorkerRefuses(t *testing.T) {
	host := probe(t, Options{}, "")
	accepting := "refuse-if-shared bad"
	if err := host.Configure([]byte(accepting)); err != nil {
		t.Fatal(err)
	}
	if err := host.Configure([]byte("set-shared bad x 0")); err != nil {
		t.Fatal(err)
	}
	if err := host.Configure([]byte(accepting)); err != nil {
		t.Errorf("Configure with bytes that the canary once took = %v, want none", err)
	}
	if got := host.Do(scripts{}.exchange()); !got.Bypassed {
		t.Error("a worker that refused the configuration has a filter")
	}
}

// TestStreamKeepsItsConfiguration holds that a root context waits for its streams.
func TestStreamKeepsItsConfiguration(t *testing.T) {
	host := probe(t, Options{}, "announce a")
	stream := host.Begin(scripts{response: "arguments"}.exchange())
	got := configure(host, "announce b")
	stream.Finish()
	got = append(got, messages(host.Logs()[len(host.Logs())-2:])...)
	want := []string{"b", "b", "response-headers: arguments = 5 false", "done 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what happens (-want +got):\n%s", diff)
	}
}

func TestSharedVM(t *testing.T) {
	process := NewProcess()
	options := Options{Process: process, PluginName: "p"}
	first, second := probe(t, options, "announce a"), newHost(t, options)
	t.Run("two listeners with one configuration have one root context", func(t *testing.T) {
		sequence(t, second, [][]string{{"announce a"}, {"announce b", "b", "b"}})
	})
	t.Run("it ends with its last user", func(t *testing.T) {
		sequence(t, first, [][]string{{"announce b", "done 1"}})
	})
	t.Run("the last one to leave takes the VMs along", func(t *testing.T) {
		if err := errors.Join(first.Close(), second.Close()); err != nil {
			t.Fatal(err)
		}
		if len(process.bases) != 0 {
			t.Errorf("%d bases without a user, want none", len(process.bases))
		}
	})
}

// TestEnvironment holds that the environment belongs to the vm key, and what the module sees of it.
func TestEnvironment(t *testing.T) {
	process := NewProcess()
	var got []string
	for _, env := range []map[string]string{nil, {"A": "1", "B": "two words"}} {
		host := probe(t, Options{Process: process, Env: env}, "env A\nenv B\nenv C\nargs")
		got = append(got, messages(host.Logs())[:4]...)
	}
	want := []string{
		`configure 1: env A = ""`, `configure 1: env B = ""`, `configure 1: env C = ""`, "configure 1: args = 0",
		`configure 1: env A = "1"`, `configure 1: env B = "two words"`, `configure 1: env C = ""`, "configure 1: args = 0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the module sees (-want +got):\n%s", diff)
	}
	if len(process.bases) != 2 {
		t.Errorf("%d bases, want one for each environment", len(process.bases))
	}
}

// TestWorkers holds that each worker has a VM of its own.
func TestWorkers(t *testing.T) {
	host := probe(t, Options{Workers: 2}, "")
	var ids []uint32
	for _, worker := range []int{0, 0, 1} {
		exchange := scripts{}.exchange()
		exchange.Worker = worker
		stream := host.Begin(exchange)
		ids = append(ids, stream.id)
		stream.Finish()
	}
	if want := []uint32{2, 3, 2}; !slices.Equal(want, ids) {
		t.Errorf("context ids = %v, want %v", ids, want)
	}
}
