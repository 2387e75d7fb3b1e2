// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"errors"
	"fmt"
	"strings"
)

// Options say how a filter is configured in Envoy.
type Options struct {
	// Process is the Envoy that the filter runs in; nil is one of its own.
	Process *Process
	// Workers is how many workers there are; 0 is one.
	Workers int
	// Env is vm_config.environment_variables.
	Env map[string]string
	// Clock is the time of day in nanoseconds since 1970; nil is the real one. Hosts that share VMs have that of the first.
	Clock func() int64
	// PluginName, RootID and VMID are name, root_id and vm_config.vm_id.
	PluginName, RootID, VMID string
	// PollOneoffFails makes poll_oneoff answer ENOSYS as Envoy before 1.39 does.
	PollOneoffFails bool
}

// Host is one filter of one listener. It is not safe for use by several goroutines; hosts of different processes may
// run side by side.
type Host struct {
	module  *Module
	process *Process
	options Options
	// base is that of the current configuration, nil when there is none.
	base *base
	// plugins are the root contexts by worker; nil stands for a worker that refused the configuration.
	plugins []*plugin
	logs    []Log
}

// ErrRefused is what the configuration is refused with when the plugin's on_configure or on_vm_start returned false.
var ErrRefused = errors.New("the plugin refused the configuration")

// NewHost returns a filter without a configuration.
func (m *Module) NewHost(options Options) *Host {
	options.Workers = max(options.Workers, 1)
	process := options.Process
	if process == nil {
		process = NewProcess()
	}
	return &Host{module: m, process: process, options: options, plugins: make([]*plugin, options.Workers)}
}

// Configure gives the filter a configuration as Envoy does: to a canary, and when that agrees to every worker. An
// error is a configuration that Envoy rejects; the one before stays. A worker that refuses what the canary took has
// no filter.
func (h *Host) Configure(configuration []byte) error {
	at := scope{host: h, configuration: append([]byte{}, configuration...)}
	key := strings.Join([]string{h.options.PluginName, h.options.RootID, string(configuration)}, "||")
	b := h.process.base(h.module, h.options)
	ok, err := b.canary(at, key)
	if err == nil && !ok {
		err = ErrRefused
	}
	if err != nil {
		return errors.Join(err, b.closeUnused())
	}
	b.users++
	next := make([]*plugin, len(h.plugins))
	for worker := range next {
		if next[worker], err = h.configureWorker(b, worker, at, key); err != nil {
			h.drop(next)
			return errors.Join(fmt.Errorf("worker %d: %w", worker, err), b.release())
		}
	}
	before := h.base
	h.drop(h.plugins)
	h.base, h.plugins = b, next
	if before != nil {
		return before.release()
	}
	return nil
}

// configureWorker returns the root context for a configuration, nil when the worker refuses it. One that is in use
// already is not asked again.
func (h *Host) configureWorker(b *base, worker int, at scope, key string) (*plugin, error) {
	v, err := b.worker(worker, at)
	if err != nil {
		return nil, err
	}
	if p := v.plugins[key]; p != nil && p.uses > 0 {
		p.uses++
		return p, nil
	}
	p, started := v.start(at, key)
	if !started || !p.configure(at) {
		return nil, nil
	}
	p.uses++
	return p, nil
}

// drop gives up root contexts.
func (h *Host) drop(plugins []*plugin) {
	for worker, p := range plugins {
		if p != nil {
			p.release(h)
		}
		plugins[worker] = nil
	}
}

// Close takes the filter away. Streams must be finished before.
func (h *Host) Close() error {
	h.drop(h.plugins)
	b := h.base
	h.base = nil
	if b == nil {
		return nil
	}
	return b.release()
}

// Do runs one exchange.
func (h *Host) Do(x Exchange) Outcome { return h.Begin(x).Finish() }
