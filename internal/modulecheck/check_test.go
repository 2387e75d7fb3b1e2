// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// good is a module with which nothing is wrong.
func good() library {
	return library{
		size:    3000000,
		machine: "amd64",
		calls:   map[string]bool{"log": false, "http_get_timing_info": true},
		hooks:   slices.Sorted(slices.Values(requiredHooks)),
		needs:   []string{"libc.so.6"},
		glibc: map[version]string{
			{2, 2, 5}: "free",
			{2, 14}:   "memcpy",
		},
		bindsNow: true,
	}
}

func TestCheck(t *testing.T) {
	old := version{2, 17}
	for _, test := range []struct {
		name   string
		change func(l *library)
		want   []string
	}{
		{name: "good", change: func(*library) {}},
		{
			name:   "a callback that Envoys lack",
			change: func(l *library) { l.calls["http_get_timing_info"] = false },
			want:   []string{"calls envoy_dynamic_module_callback_http_get_timing_info, which Envoy 1.39.3 does not export; declare it weak, and ask whether it is there"},
		},
		{
			name:   "a callback that nobody has",
			change: func(l *library) { l.calls["http_get_hedder"] = true },
			want:   []string{"calls envoy_dynamic_module_callback_http_get_hedder, which no supported Envoy exports: 1.39.3, 1.40.0"},
		},
		{
			name:   "weak without need",
			change: func(l *library) { l.calls["log"] = true },
			want:   []string{"calls envoy_dynamic_module_callback_log as a weak symbol, though every supported Envoy exports it; let it be missed when the module is loaded"},
		},
		{
			name: "hooks",
			change: func(l *library) {
				l.hooks = slices.Concat(slices.DeleteFunc(l.hooks, func(name string) bool { return name == "http_filter_new" }), []string{"http_filter_knew", "http_filter_local_reply"})
			},
			want: []string{
				"does not define envoy_dynamic_module_on_http_filter_new, without which Envoy refuses the filter",
				"defines envoy_dynamic_module_on_http_filter_knew, which Envoy never calls for an HTTP filter",
			},
		},
		{
			name:   "bound lazily",
			change: func(l *library) { l.bindsNow = false },
			want:   []string{"is not linked with -z now: an Envoy without one of the callbacks would end at the first call"},
		},
		{
			name:   "another library",
			change: func(l *library) { l.needs = append(l.needs, "libgcc_s.so.1") },
			want:   []string{"needs libgcc_s.so.1, which stands in no image of Envoy; want none but those of glibc"},
		},
		{
			name:   "a new glibc",
			change: func(l *library) { l.glibc[version{2, 34}] = "pthread_create" },
			want:   []string{"asks for glibc 2.34, of which it takes pthread_create; want 2.17 at most"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := good()
			test.change(&l)
			got := limits{callbacks: exported(), glibc: old}.check(l)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
	l := good()
	l.glibc[version{2, 34}] = "pthread_create"
	if got := (limits{callbacks: exported()}).check(l); len(got) != 0 {
		t.Errorf("without a limit of glibc: %q, want none", got)
	}
}

// TestCallbacks holds what the tests and the messages rely on: callbacks.txt is sorted, and has callbacks of every kind.
func TestCallbacks(t *testing.T) {
	c := exported()
	if diff := cmp.Diff([]string{"1.39.3", "1.40.0"}, c.envoys); diff != "" {
		t.Errorf("Envoys (-want +got):\n%s", diff)
	}
	for name, lacking := range map[string][]string{"log": nil, "http_get_header": nil, "http_get_timing_info": {"1.39.3"}, "nothing": {"1.39.3", "1.40.0"}} {
		if diff := cmp.Diff(lacking, c.lacking(name), cmp.Transformer("list", func(list []string) string { return strings.Join(list, " ") })); diff != "" {
			t.Errorf("Envoys that lack %s (-want +got):\n%s", name, diff)
		}
	}
	for name, by := range c.by {
		for _, envoy := range by {
			if !slices.Contains(c.envoys, envoy) {
				t.Errorf("callbacks.txt has %s in Envoy %q, which is not in its first line", name, envoy)
			}
		}
	}
	if _, rest, _ := strings.Cut(callbacksText, "\n"); len(slices.Sorted(maps.Keys(c.by))) != strings.Count(rest, "\n") {
		t.Errorf("callbacks.txt has a callback twice: %d lines, %d names", strings.Count(rest, "\n"), len(c.by))
	}
}

func TestRunRefuses(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{nil, "no arguments; want modules, e.g. dist/libgatewayresponses.so"},
		{[]string{"-glibc", "new", "x"}, `-glibc: "new" is no version of glibc; write e.g. 2.17`},
		{[]string{"-record", "1.40.0"}, `-record "1.40.0"; want VERSION=PATH, several with commas between them`},
		{[]string{"callbacks.txt"}, "callbacks.txt: bad magic number"},
	} {
		var out bytes.Buffer
		err := run(&out, test.args)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("run(%q): %v, want %q", test.args, err, test.want)
		}
		if out.Len() > 0 {
			t.Errorf("run(%q) printed %q, want nothing", test.args, out.String())
		}
	}
}

// FuzzVersion holds that a version is what is written of it, and that versions have an order.
func FuzzVersion(f *testing.F) {
	for _, seed := range []string{"2.2.5", "2.17", "2.17.0", "2.34", "2", "2..1", "-1.2", "2.99999"} {
		f.Add(seed, "2.17")
	}
	f.Fuzz(func(t *testing.T, one, other string) {
		v, err := parseVersion(one)
		if err != nil {
			return
		}
		again, err := parseVersion(v.String())
		if err != nil || again != v {
			t.Fatalf("%q is written as %q, which is read as %v, %v", one, v, again, err)
		}
		w, err := parseVersion(other)
		if err == nil && (v.newer(w) && w.newer(v) || !v.newer(w) && !w.newer(v) && v != w) {
			t.Fatalf("%v and %v have no order", v, w)
		}
	})
}
