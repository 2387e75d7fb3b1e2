// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"context"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// maxPages is how much memory a VM may have: 1 GiB in pages of 64 KiB, as under V8 in Envoy.
const maxPages = 1 << 14

// Module is a compiled plugin. It may be used by several goroutines.
type Module struct {
	ctx      context.Context
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	malloc   string
}

// Compile translates a plugin and links it to the host. It takes seconds for a module of some megabytes, so a test
// binary does it once. An error says what the module lacks to be loaded by Envoy.
func Compile(ctx context.Context, wasm []byte) (*Module, error) {
	config := wazero.NewRuntimeConfigCompiler().WithMemoryLimitPages(maxPages)
	m := &Module{ctx: ctx, runtime: wazero.NewRuntimeWithConfig(ctx, config)}
	if err := m.compile(wasm); err != nil {
		return nil, fmt.Errorf("wasm module: %w", err)
	}
	return m, nil
}

func (m *Module) compile(wasm []byte) error {
	var err error
	if m.compiled, err = m.runtime.CompileModule(m.ctx, wasm); err != nil {
		return err
	}
	exports := m.compiled.ExportedFunctions()
	if m.malloc, err = exported(exports, "malloc", "proxy_on_memory_allocate"); err != nil {
		return err
	}
	if _, err = exported(exports, "proxy_abi_version_0_2_0", "proxy_abi_version_0_2_1"); err != nil {
		return err
	}
	if _, err = exported(exports, "_initialize"); err != nil {
		return err
	}
	return m.link()
}

// exported returns the first of names that the module exports.
func exported(exports map[string]api.FunctionDefinition, names ...string) (string, error) {
	for _, name := range names {
		if _, ok := exports[name]; ok {
			return name, nil
		}
	}
	return "", fmt.Errorf("no export %q", names)
}

// link offers every function that the module imports.
func (m *Module) link() error {
	builders := map[string]wazero.HostModuleBuilder{}
	for _, imported := range m.compiled.ImportedFunctions() {
		module, name, _ := imported.Import()
		f, err := hostFunction(module, name, imported)
		if err != nil {
			return err
		}
		if builders[module] == nil {
			builders[module] = m.runtime.NewHostModuleBuilder(module)
		}
		builders[module].NewFunctionBuilder().
			WithGoModuleFunction(f, imported.ParamTypes(), imported.ResultTypes()).
			Export(name)
	}
	for _, builder := range builders {
		if _, err := builder.Instantiate(m.ctx); err != nil {
			return err
		}
	}
	return nil
}

// Close frees the module and whatever runs on it.
func (m *Module) Close() error { return m.runtime.Close(m.ctx) }
