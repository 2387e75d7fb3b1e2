// SPDX-License-Identifier: Apache-2.0

package main

// contextEntry is what Envoy calls by a number: a plugin, or a stream of one.
type contextEntry struct {
	// id is the number, 0 for a free slot of the table.
	id     uint32
	plugin *plugin
	// isPlugin tells a plugin from a stream.
	isPlugin bool
	// stream is the state of a stream, nil as long as there is none.
	stream *stream
}

// contexts are the contexts of one VM: a table with open addressing, at most half full. It makes no garbage, but where
// there are more contexts at a time than ever before.
type contexts struct {
	// slots are 1<<(32-shift) in number, none before the first context.
	slots []contextEntry
	shift uint
	used  int
}

// firstShift gives the table 64 slots to begin with.
const firstShift = 32 - 6

// slot is where the search for a number begins. Numbers are given in order, so those that live long would be neighbours: they are
// spread over the table (Fibonacci hashing: 2^32 divided by the golden ratio).
func (t *contexts) slot(id uint32) int { return int(id * 2654435769 >> t.shift) }

// next is the slot behind another.
func (t *contexts) next(i int) int { return (i + 1) & (len(t.slots) - 1) }

// find returns a context, nil when there is none. The pointer is good until the table is changed.
func (t *contexts) find(id uint32) *contextEntry {
	if id == 0 || t.used == 0 {
		return nil
	}
	for i := t.slot(id); t.slots[i].id != 0; i = t.next(i) {
		if t.slots[i].id == id {
			return &t.slots[i]
		}
	}
	return nil
}

// put adds a context, or replaces the one with its number.
func (t *contexts) put(c contextEntry) {
	if old := t.find(c.id); old != nil {
		*old = c
		return
	}
	if 2*(t.used+1) > len(t.slots) {
		t.grow()
	}
	t.add(c)
}

// add puts a context that is not there into a free slot.
func (t *contexts) add(c contextEntry) {
	i := t.slot(c.id)
	for t.slots[i].id != 0 {
		i = t.next(i)
	}
	t.slots[i] = c
	t.used++
}

// grow doubles the table.
func (t *contexts) grow() {
	old := t.slots
	if t.shift--; old == nil {
		t.shift = firstShift
	}
	t.slots, t.used = make([]contextEntry, 1<<(32-t.shift)), 0
	for i := range old {
		if old[i].id != 0 {
			t.add(old[i])
		}
	}
}

// remove takes a context out. Those behind it that had to make way for it move up, so that they are found.
func (t *contexts) remove(id uint32) {
	at := t.find(id)
	if at == nil {
		return
	}
	free := t.slot(id)
	for &t.slots[free] != at {
		free = t.next(free)
	}
	for i := t.next(free); t.slots[i].id != 0; i = t.next(i) {
		// A context may move to the free slot unless its search begins behind that.
		if mask := len(t.slots) - 1; (i-t.slot(t.slots[i].id))&mask >= (i-free)&mask {
			t.slots[free], free = t.slots[i], i
		}
	}
	t.slots[free] = contextEntry{}
	t.used--
}
