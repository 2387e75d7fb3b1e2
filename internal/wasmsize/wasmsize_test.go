// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// probe is the path of a real filter that is built for the test, with flags for the linker.
func probe(t *testing.T, ldflags string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "probe.wasm")
	command := exec.Command("go", "build", "-buildmode=c-shared", "-trimpath", "-ldflags="+ldflags, "-o", path, "../wasmhost/internal/probe")
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// TestWeigh weighs a filter: the lines add up to the file, and each function has its package.
func TestWeigh(t *testing.T) {
	file, err := os.ReadFile(probe(t, "-s -w"))
	if err != nil {
		t.Fatal(err)
	}
	weights, err := weigh(file, packageOf)
	if err != nil {
		t.Fatal(err)
	}
	byName, sum, functions := map[string]weight{}, 0, 0
	for _, w := range weights {
		byName[w.name] = w
		sum += w.total()
		functions += w.functions
	}
	if sum != len(file) {
		t.Errorf("the weights add up to %d bytes, the file has %d", sum, len(file))
	}
	if lost := byName[noName].functions; lost > functions/20 {
		t.Errorf("%d of %d functions have no package", lost, functions)
	}
	for _, name := range []string{"main", "runtime", "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/internal", "strings"} {
		// A function costs 300 bytes of tables at least.
		if w := byName[name]; w.code == 0 || w.tables < 250*w.functions || w.functions == 0 {
			t.Errorf("%s weighs %+v", name, w)
		}
	}
	if byName["runtime"].total() < len(file)/3 {
		t.Errorf("the runtime weighs %d of %d bytes, want a third of a small filter at least", byName["runtime"].total(), len(file))
	}
}

// TestWeighIsStable holds that a module weighs the same with and without its names.
func TestWeighIsStable(t *testing.T) {
	var code [2]int
	for i, ldflags := range []string{"-s -w", ""} {
		file, err := os.ReadFile(probe(t, ldflags))
		if err != nil {
			t.Fatal(err)
		}
		weights, err := weigh(file, packageOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range weights {
			if w.name == "main" {
				code[i] = w.total()
			}
		}
	}
	if code[0] != code[1] || code[0] == 0 {
		t.Errorf("main weighs %d bytes stripped and %d with names", code[0], code[1])
	}
}

func TestRun(t *testing.T) {
	path := probe(t, "-s -w")
	var out strings.Builder
	if err := run(&out, []string{path, "10000000"}); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"runtime\n", "all of third parties\n", "total; the limit is 10000000\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the answer lacks %q:\n%s", want, out.String())
		}
	}
	if err := run(&out, []string{path, "10000000", "strings"}); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"  strings.", "  (other packages)\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the functions of strings lack %q:\n%s", want, out.String())
		}
	}
	tests := []struct {
		args []string
		want string
	}{
		{nil, "0 arguments; want a module, the limit"},
		{[]string{path, "4M"}, `limit "4M" is no number of bytes`},
		{[]string{path, "1000"}, "the limit is 1000"},
		{[]string{path, "10000000", "plugin"}, `no functions of package "plugin"; want a name from the list`},
		{[]string{"main.go", "1000"}, "main.go: not a wasm module"},
	}
	for _, test := range tests {
		if err := run(&out, test.args); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("run(%q) = %v, want %q", test.args, err, test.want)
		}
	}
}

func TestPackageOf(t *testing.T) {
	tests := []struct{ function, want string }{
		{"gatewayresponses/internal/glob.Match", "gatewayresponses/internal/glob"},
		{"gatewayresponses/internal/classify.(*row).classify", "gatewayresponses/internal/classify"},
		{"github.com/go-json-experiment/json/jsontext.Value.Kind", "github.com/go-json-experiment/json/jsontext"},
		{"slices.SortFunc[go.shape.[]gatewayresponses/config.Text,go.shape.string]", "slices"},
		{"type:.eq.gatewayresponses/internal/facts.Header", "gatewayresponses/internal/facts"},
		{"type:.hash.gatewayresponses/internal/facts.Header", "gatewayresponses/internal/facts"},
		{"type:.hash.[4]string", noName},
		{"gopkg.in/yaml%2ev3.(*parser).next", "gopkg.in/yaml.v3"},
		{"main.(*stream).OnHttpRequestHeaders", "main"},
		{"wasm_pc_f_loop", noName},
		{"type:.eq.[4]string", noName},
		{"", noName},
	}
	for _, test := range tests {
		if got := packageOf(test.function); got != test.want {
			t.Errorf("packageOf(%q) = %q, want %q", test.function, got, test.want)
		}
	}
}

// FuzzWeigh holds that a module is refused, or that the weights add up to its size.
func FuzzWeigh(f *testing.F) {
	header := "\x00asm\x01\x00\x00\x00"
	f.Add([]byte(header))
	f.Add([]byte(header + "\x0a\x06\x01\x04\x00\x41\x00\x0b"))
	f.Add([]byte(header + "\x0b\x0e\x01\x00\x41\x00\x0b\x08" + string(headerMagic)))
	f.Add([]byte(header + "\x0b\x8a\x80\x80\x80\x10"))
	f.Fuzz(func(t *testing.T, file []byte) {
		weights, err := weigh(file, packageOf)
		if err != nil {
			return
		}
		sum := 0
		for _, w := range weights {
			sum += w.total()
		}
		if sum != len(file) {
			t.Errorf("the weights add up to %d bytes, the file has %d", sum, len(file))
		}
	})
}
