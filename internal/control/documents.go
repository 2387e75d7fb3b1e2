// SPDX-License-Identifier: Apache-2.0

package control

import (
	"sync"

	"gatewayresponses/internal/deliver"
)

// documents remembers the documents that are delivered, so that a change of one gateway does not unpack those of all others.
type documents struct {
	mu     sync.Mutex
	byHash map[string]deliver.Document
}

// find finds a document by its hash.
func (d *documents) find(hash string) (deliver.Document, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	document, ok := d.byHash[hash]
	return document, ok
}

// keep remembers the documents of fleets, and forgets all others.
func (d *documents) keep(fleets []deliver.Fleet) {
	byHash := map[string]deliver.Document{}
	for _, f := range fleets {
		byHash[f.Stable.Hash] = f.Stable
		if f.First != nil {
			byHash[f.First.Hash] = *f.First
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.byHash = byHash
}
