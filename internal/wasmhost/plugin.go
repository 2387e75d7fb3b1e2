// SPDX-License-Identifier: Apache-2.0

package wasmhost

// plugin is a root context: one configuration in one VM.
type plugin struct {
	vm  *vm
	id  uint32
	key string
	// uses counts the hosts and streams that have it.
	uses int
	// period is that of its timer in milliseconds, 0 for none.
	period uint64
}

// start makes a root context, or starts again the one that the VM has for the key. started reports whether on_vm_start
// agreed. Source: cpp-host wasm.cc WasmBase::start.
func (v *vm) start(at scope, key string) (p *plugin, started bool) {
	p = v.plugins[key]
	if p == nil {
		p = &plugin{vm: v, id: v.nextContext(), key: key}
		v.plugins[key] = p
	}
	at.plugin = p
	if _, err := v.call(at, "proxy_on_context_create", 0, uint64(p.id), 0); err != nil {
		return p, false
	}
	at.configuration = nil
	ok, err := v.call(at, "proxy_on_vm_start", 1, uint64(p.id), 0)
	return p, err == nil && ok != 0
}

// configure shows the root context its configuration, which is in at.
func (p *plugin) configure(at scope) bool {
	at.plugin = p
	ok, err := p.vm.call(at, "proxy_on_configure", 1, uint64(p.id), uint64(len(at.configuration)))
	return err == nil && ok != 0
}

// release gives up one use. The last one ends the root context.
func (p *plugin) release(host *Host) {
	p.uses--
	if p.uses > 0 {
		return
	}
	delete(p.vm.plugins, p.key)
	at := scope{host: host, plugin: p}
	if done, err := p.vm.call(at, "proxy_on_done", 1, uint64(p.id)); err == nil && done != 0 {
		_, _ = p.vm.call(at, "proxy_on_delete", 0, uint64(p.id)) // a trap is kept in the VM
	}
}
