// SPDX-License-Identifier: Apache-2.0

package wasmhost

// Kinds of metric, numbered as the ABI does; a kind is also the lower two bits of an id.
const (
	counter   = 0
	gauge     = 1
	histogram = 2
	kindMask  = 3
)

// metric is a metric of the process. All VMs that define the same kind and name share it.
type metric struct {
	kind  uint64
	name  string
	value int64
}

// metricIDs are the ids that one VM gave out. Every definition gets one.
type metricIDs struct {
	byID map[uint32]*metric
	last [kindMask]uint32
}

func newMetricIDs() metricIDs {
	return metricIDs{byID: map[uint32]*metric{}, last: [kindMask]uint32{counter, gauge, histogram}}
}

// Metrics returns the value of every counter and gauge of the process, and of every histogram the number of its
// samples, by the name that the plugin gave it.
func (h *Host) Metrics() map[string]int64 {
	values := map[string]int64{}
	for _, m := range h.process.metrics {
		values[m.name] = m.value
	}
	return values
}

// Metric returns one value of Metrics, 0 for a name that is not defined.
func (h *Host) Metric(name string) int64 { return h.Metrics()[name] }

func (p *Process) metric(kind uint64, name string) *metric {
	for _, m := range p.metrics {
		if m.kind == kind && m.name == name {
			return m
		}
	}
	m := &metric{kind: kind, name: name}
	p.metrics = append(p.metrics, m)
	return m
}

// defineMetric gives out the ids that Envoy does: steps of 4, beginning at 4, 5 and 6. Source: envoy
// extensions/common/wasm/context.cc, Context::defineMetric.
func (v *vm) defineMetric(in args) (result, Status) {
	kind := in.numbers[0]
	if kind > histogram {
		return result{}, StatusBadArgument
	}
	v.metrics.last[kind] += kindMask + 1
	id := v.metrics.last[kind]
	v.metrics.byID[id] = v.base.process.metric(kind, in.texts[0])
	return result{number: uint64(id)}, StatusOK
}

// incrementMetric refuses a counter that would not grow.
func (v *vm) incrementMetric(in args) (result, Status) {
	id, offset := in.numbers[0], int64(in.numbers[1])
	if id&kindMask > gauge {
		return result{}, StatusBadArgument
	}
	m := v.metrics.byID[uint32(id)]
	if m == nil {
		return result{}, StatusNotFound
	}
	if m.kind == counter && offset <= 0 {
		return result{}, StatusBadArgument
	}
	m.value += offset
	return result{}, StatusOK
}

// recordMetric adds to a counter, sets a gauge, and adds a sample to a histogram.
func (v *vm) recordMetric(in args) (result, Status) {
	m := v.metrics.byID[uint32(in.numbers[0])]
	if m == nil {
		return result{}, StatusNotFound
	}
	switch value := int64(in.numbers[1]); m.kind {
	case counter:
		m.value += value
	case gauge:
		m.value = value
	case histogram:
		m.value++
	}
	return result{}, StatusOK
}

func (v *vm) getMetric(in args) (result, Status) {
	if in.numbers[0]&kindMask > gauge {
		return result{}, StatusBadArgument
	}
	m := v.metrics.byID[uint32(in.numbers[0])]
	if m == nil {
		return result{}, StatusNotFound
	}
	return result{number: uint64(m.value)}, StatusOK
}
