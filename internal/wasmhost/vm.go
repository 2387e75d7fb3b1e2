// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"context"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// vm is one instance of the module.
type vm struct {
	base     *base
	ctx      context.Context
	instance api.Module
	malloc   api.Function
	exports  map[string]api.Function
	stage    stage
	at       scope
	// contexts counts the contexts made; ids begin at 1.
	contexts uint32
	// plugins are the root contexts in use, by plugin key.
	plugins map[string]*plugin
	metrics metricIDs
	// trap is why the VM is dead.
	trap error
}

// scope is on whose behalf the guest runs.
type scope struct {
	host   *Host
	plugin *plugin
	// stream is nil in callbacks of the root context.
	stream *Stream
	// callback is the export under way.
	callback string
	// configuration can be read in on_configure only.
	configuration []byte
}

// vmKey finds the VM in the context of a host call.
type vmKey struct{}

func vmOf(ctx context.Context) *vm { return ctx.Value(vmKey{}).(*vm) }

// newVM makes an instance and initializes it, on behalf of at.
func newVM(b *base, at scope) (*vm, error) {
	v := &vm{base: b, exports: map[string]api.Function{}, plugins: map[string]*plugin{}, metrics: newMetricIDs()}
	module := b.key.module
	v.ctx = context.WithValue(module.ctx, vmKey{}, v)
	var err error
	if v.instance, err = module.runtime.InstantiateModule(v.ctx, module.compiled, newConfig()); err != nil {
		return nil, err
	}
	v.malloc = v.instance.ExportedFunction(module.malloc)
	v.stage = initializing
	if _, err = v.call(at, "_initialize", 0); err != nil {
		return nil, closed(v, err)
	}
	v.stage = serving
	return v, nil
}

// newConfig runs nothing at once: host calls need the VM.
func newConfig() wazero.ModuleConfig {
	return wazero.NewModuleConfig().WithName("").WithStartFunctions()
}

// call runs an export. A module that lacks it answers otherwise. The error is the trap, now and in every later call.
func (v *vm) call(at scope, export string, otherwise uint64, args ...uint64) (uint64, error) {
	if v.trap != nil {
		return 0, v.trap
	}
	f := v.export(export)
	if f == nil {
		return otherwise, nil
	}
	at.callback = export
	v.at = at
	defer func() { v.at = scope{} }()
	results, err := f.Call(v.ctx, args...)
	if err != nil {
		v.trap = fmt.Errorf("%s: %w", export, err)
		return 0, v.trap
	}
	if len(results) == 0 {
		return otherwise, nil
	}
	return results[0], nil
}

// export looks a function up, once.
func (v *vm) export(name string) api.Function {
	f, ok := v.exports[name]
	if !ok {
		f = v.instance.ExportedFunction(name)
		v.exports[name] = f
	}
	return f
}

func (v *vm) memory() api.Memory { return v.instance.Memory() }

// allocate puts data into memory that the guest allocates. Without data it is the null pointer.
func (v *vm) allocate(data []byte) uint32 {
	if len(data) == 0 {
		return 0
	}
	before := v.stage
	v.stage = allocating
	results, err := v.malloc.Call(v.ctx, uint64(len(data)))
	v.stage = before
	if err != nil {
		panic(err)
	}
	at := uint32(results[0])
	if !v.memory().Write(at, data) {
		panic(fmt.Errorf("the allocator returned %#x for %d bytes, which is out of memory", at, len(data)))
	}
	return at
}

// nextContext returns the id of a new context.
func (v *vm) nextContext() uint32 {
	v.contexts++
	return v.contexts
}

// trace notes a host call of a stream.
func (v *vm) trace(name, args string, status Status) {
	if s := v.at.stream; s != nil {
		s.outcome.Calls = append(s.outcome.Calls, Call{Callback: v.at.callback, Name: name, Args: args, Status: status})
	}
}

// fault notes something that Envoy ignores silently.
func (v *vm) fault(text string) {
	if s := v.at.stream; s != nil {
		s.fault(text)
	}
}

func (v *vm) close() error { return v.instance.Close(v.ctx) }
