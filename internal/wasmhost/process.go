// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Process is one Envoy: what its hosts share. It is not safe for use by several goroutines.
type Process struct {
	bases   map[baseKey]*base
	shared  map[string]*sharedData
	metrics []*metric
}

// NewProcess returns an Envoy that has just started.
func NewProcess() *Process {
	return &Process{bases: map[baseKey]*base{}, shared: map[string]*sharedData{}}
}

// baseKey is Envoy's vm key: hosts that have it in common share their VMs. Since 1.39 the environment belongs to it.
type baseKey struct {
	module          *Module
	vmID            string
	environment     string
	pollOneoffFails bool
}

// base is what the VMs of one vm key have in common. It lasts as long as a host uses it.
type base struct {
	process *Process
	key     baseKey
	env     []string
	clock   func() int64
	shared  *sharedData
	users   int
	// verdicts are the canary's, by plugin key.
	verdicts map[string]bool
	// workers are the VMs of the workers that have one.
	workers map[int]*vm
}

// base returns the base for the options.
func (p *Process) base(module *Module, options Options) *base {
	env, clock := environment(options.Env), options.Clock
	if clock == nil {
		clock = func() int64 { return time.Now().UnixNano() }
	}
	key := baseKey{module, options.VMID, strings.Join(env, "\x00"), options.PollOneoffFails}
	if p.bases[key] == nil {
		p.bases[key] = &base{
			process: p, key: key, env: env, clock: clock, shared: p.sharedData(options.VMID),
			verdicts: map[string]bool{}, workers: map[int]*vm{},
		}
	}
	return p.bases[key]
}

// environment lists the variables as WASI does.
func environment(env map[string]string) []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		lines = append(lines, name+"="+env[name])
	}
	return lines
}

// canary reports whether a configuration may go to the workers. Only an answer of on_configure is remembered.
// Source: cpp-host wasm.cc WasmHandleBase::canary.
func (b *base) canary(at scope, key string) (bool, error) {
	if verdict, ok := b.verdicts[key]; ok {
		return verdict, nil
	}
	v, err := newVM(b, at)
	if err != nil {
		return false, err
	}
	plugin, started := v.start(at, key)
	if !started {
		return false, closed(v, v.trap)
	}
	b.verdicts[key] = plugin.configure(at)
	return b.verdicts[key], closed(v, v.trap)
}

// closed closes the VM and returns err, or why it cannot be closed.
func closed(v *vm, err error) error {
	if failed := v.close(); err == nil {
		err = failed
	}
	return err
}

// worker returns the VM of a worker, a new one if there is none that works.
func (b *base) worker(n int, at scope) (*vm, error) {
	old := b.workers[n]
	if old != nil && old.trap == nil {
		return old, nil
	}
	v, err := newVM(b, at)
	if old != nil {
		err = closed(old, err)
	}
	if err != nil {
		return nil, err
	}
	b.workers[n] = v
	return v, nil
}

// release gives up the use of one host.
func (b *base) release() error {
	b.users--
	return b.closeUnused()
}

// closeUnused ends a base that no host runs on, and with it what the canary said.
func (b *base) closeUnused() error {
	if b.users > 0 {
		return nil
	}
	delete(b.process.bases, b.key)
	var err error
	for _, v := range b.workers {
		err = closed(v, err)
	}
	clear(b.workers)
	return err
}
