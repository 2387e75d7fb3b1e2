// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"context"
	"testing"
)

// wasmModule is a module that exports functions without parameters, and imports one function with an i64 parameter
// and an i32 result. https://webassembly.github.io/spec/core/binary/modules.html
func wasmModule(importModule, importName string, exports ...string) []byte {
	text := func(s string) string { return string(rune(len(s))) + s }
	section := func(id byte, content string) string { return string(rune(id)) + text(content) }
	list := string(rune(len(exports)))
	functions, bodies, names := list, list, list
	for i, name := range exports {
		functions += "\x01"
		bodies += "\x02\x00\x0b"
		names += text(name) + "\x00" + string(rune(i+1))
	}
	return []byte("\x00asm\x01\x00\x00\x00" +
		section(1, "\x02\x60\x01\x7e\x01\x7f\x60\x00\x00") +
		section(2, "\x01"+text(importModule)+text(importName)+"\x00\x00") +
		section(3, functions) + section(7, names) + section(10, bodies))
}

func TestCompileErrors(t *testing.T) {
	for _, tc := range []struct {
		name string
		wasm []byte
		want string
	}{
		{"no module", []byte("hello"), "wasm module: invalid magic number"},
		{"no allocator", wasmModule("env", "x", "_initialize"), `wasm module: no export ["malloc" "proxy_on_memory_allocate"]`},
		{
			"no version", wasmModule("env", "x", "malloc", "_initialize"),
			`wasm module: no export ["proxy_abi_version_0_2_0" "proxy_abi_version_0_2_1"]`,
		},
		{"no reactor", wasmModule("env", "x", "malloc", "proxy_abi_version_0_2_1"), `wasm module: no export ["_initialize"]`},
		{
			"a host call with other parameters", wasmModule("env", "proxy_log", "malloc", "proxy_abi_version_0_2_1", "_initialize"),
			"wasm module: import proxy_log has parameters [126], the ABI has [127 127 127]",
		},
		{
			"a WASI call with other parameters",
			wasmModule("wasi_snapshot_preview1", "fd_close", "malloc", "proxy_abi_version_0_2_0", "_initialize"),
			"wasm module: import fd_close has parameters [126], the ABI has [127]",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Compile(context.Background(), tc.wasm)
			if err == nil || err.Error() != tc.want {
				t.Errorf("Compile = %v, want %q", err, tc.want)
			}
		})
	}
}

// TestMinimalModule holds that callbacks that a module does not export are passed over.
func TestMinimalModule(t *testing.T) {
	wasm := wasmModule("env", "proxy_unheard_of", "malloc", "proxy_abi_version_0_2_1", "_initialize")
	module, err := Compile(context.Background(), wasm)
	if err != nil {
		t.Fatal(err)
	}
	host := module.NewHost(Options{})
	if err := host.Configure(nil); err != nil {
		t.Fatal(err)
	}
	compare(t, untouched, show(host, host.Do(scripts{}.exchange())))
	if err := module.Close(); err != nil {
		t.Error(err)
	}
}

func TestUnmodelledImports(t *testing.T) {
	probe, err := buildProbe()
	if err != nil {
		t.Fatal(err)
	}
	imported := probe.compiled.ImportedFunctions()[0]
	for module, want := range map[string]uint64{"env": 12, "wasi_snapshot_preview1": 52} {
		f, err := hostFunction(module, "unheard_of", imported)
		if err != nil {
			t.Fatal(err)
		}
		stack := []uint64{0}
		f(context.WithValue(context.Background(), vmKey{}, &vm{}), nil, stack)
		if stack[0] != want {
			t.Errorf("%s.unheard_of = %d, want %d", module, stack[0], want)
		}
	}
}

func TestStatusString(t *testing.T) {
	for status, want := range map[Status]string{StatusOK: "ok", StatusUnimplemented: "unimplemented", 99: "status 99"} {
		if got := status.String(); got != want {
			t.Errorf("Status(%d).String() = %q, want %q", status, got, want)
		}
	}
}
