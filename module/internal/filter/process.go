// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"hash/maphash"
	"sync"
	"time"

	"gatewayresponses/internal/engine"
)

// OnInvalidVariable is the environment variable of Envoy that says what becomes of a bad document: OnInvalidRefuse, or nothing.
const OnInvalidVariable = "GWR_ON_INVALID"

// OnInvalidRefuse has bad documents refused.
const OnInvalidRefuse = "refuse"

// Process is what the filters of one Envoy share.
type Process struct {
	log func(Level, string)
	now func() time.Time
	// refuses reports whether bad documents are refused.
	refuses bool

	panics, unknown, unknownRoute limiter

	mutex sync.Mutex
	// slots hold what is known of the filters of one name.
	slots map[string]*slot
	// documents are the fingerprints of the route documents whose findings the log has.
	documents map[uint64]bool
	seed      maphash.Seed
}

// slot is what is known of the filters of one name. Where several documents are given to filters of the same name, it is that of the
// newest one.
type slot struct {
	// good is the last document that was good, nil for none.
	good *engine.Program
	// newest is the filter that was loaded last, and text the fingerprint of its document.
	newest *Filter
	text   uint64
	// invalid reports whether its document is bad.
	invalid bool
	// revised reports whether a document with a revision has been there.
	revised bool
}

// NewProcess returns the state of a process that logs with log, which is called on any thread. onInvalid is the value of
// OnInvalidVariable; validates reports whether Envoy only checks its configuration, where a bad document is refused, too.
func NewProcess(log func(Level, string), now func() time.Time, onInvalid string, validates bool) *Process {
	p := &Process{
		log: log, now: now, refuses: validates || onInvalid == OnInvalidRefuse,
		slots: map[string]*slot{}, documents: map[uint64]bool{}, seed: maphash.MakeSeed(),
	}
	if onInvalid != "" && onInvalid != OnInvalidRefuse {
		log(LevelWarn, projectLabel+": "+OnInvalidVariable+" "+quote(onInvalid)+" has no effect; "+OnInvalidRefuse+" is the one value it can have")
	}
	return p
}

// slot is the slot of a name. The mutex is held.
func (p *Process) slot(name string) *slot {
	s := p.slots[name]
	if s == nil {
		s = &slot{}
		p.slots[name] = s
	}
	return s
}

// invalidGauge is of how many names of filters the newest document is bad.
const invalidGauge = "gateway_responses.config_invalid"

// invalid is that gauge. The mutex is held.
func (p *Process) invalid() Gauge {
	count := uint64(0)
	for _, s := range p.slots {
		if s.invalid {
			count++
		}
	}
	return Gauge{Name: invalidGauge, Value: count}
}
