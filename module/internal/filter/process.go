// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
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
	// abilities are what the Envoy can tell.
	abilities engine.Abilities
	// refuses reports whether bad documents are refused.
	refuses bool

	panics, failures, unknown, unknownRoute, ignoredDocument limiter
	// uncounted are the panics that no list has counted yet.
	uncounted atomic.Int64

	mutex sync.Mutex
	// slots hold what is known of the filters of one name.
	slots map[string]*slot
	// documents are the fingerprints of the route documents whose findings the log has.
	documents map[uint64]bool
	seed      maphash.Seed
}

// slot is what is known of the filters of one name. Of several the newest speaks for all: Envoy does not say which of the others only
// serve what is left of old connections.
type slot struct {
	// good is the last document that was good, nil for none.
	good *engine.Program
	// filters are those that Envoy has, in the order in which it loaded them.
	filters []*Filter
	// revised reports whether a document with a revision has been there.
	revised bool
}

// newest is the filter that was loaded last, of those that Envoy has; nil for none.
func (s *slot) newest() *Filter {
	if len(s.filters) == 0 {
		return nil
	}
	return s.filters[len(s.filters)-1]
}

// Host is the Envoy that a process runs in.
type Host struct {
	// Log writes a line to its log, on any thread.
	Log func(Level, string)
	Now func() time.Time
	// Abilities are what it can tell of an exchange.
	Abilities engine.Abilities
	// OnInvalid is the value of OnInvalidVariable.
	OnInvalid string
	// Validates reports whether it only checks its configuration (--mode validate): a bad document is refused then, too.
	Validates bool
}

// NewProcess returns the state of a process.
func NewProcess(host Host) *Process {
	p := &Process{
		log: host.Log, now: host.Now, abilities: host.Abilities, refuses: host.Validates || host.OnInvalid == OnInvalidRefuse,
		slots: map[string]*slot{}, documents: map[uint64]bool{}, seed: maphash.MakeSeed(),
	}
	if host.OnInvalid != "" && host.OnInvalid != OnInvalidRefuse {
		p.log(LevelWarn, projectLabel+": "+OnInvalidVariable+" "+quote(host.OnInvalid)+" has no effect; "+OnInvalidRefuse+
			" is the one value it can have")
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

// readings are what the gauges say of a name. Documents without a revision have none, unless one with a revision went before. The
// mutex is held.
func (p *Process) readings(name string) []Reading {
	readings := []Reading{{Gauge: invalid, Value: p.countInvalid()}}
	s := p.slot(name)
	newest := s.newest()
	if newest == nil {
		return readings
	}
	number := newest.revision()
	if s.revised = s.revised || number != 0; s.revised {
		readings = append(readings, Reading{Gauge: revision, LabelValue: name, Value: number})
	}
	return readings
}

// countInvalid counts the names whose newest filter was given a bad document. The mutex is held.
func (p *Process) countInvalid() (count uint64) {
	for _, s := range p.slots {
		if newest := s.newest(); newest != nil && newest.invalid {
			count++
		}
	}
	return count
}
