// SPDX-License-Identifier: Apache-2.0

package control

import (
	"fmt"
	"sync"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/snapshot"
	"gatewayresponses/internal/store"
)

// served is what a gateway serves of a deployment.
type served struct {
	responses map[string]apigateway.GatewayResponse
	paths     []string
	bytes     int
}

// deployments remembers what gateways serve of deployments: these never change, and each document needs all of its gateway. An id is
// never given twice, so that one whose change was undone is just never asked for.
type deployments struct {
	mu    sync.Mutex
	byKey map[store.Key]served
	bytes int
}

// maxRemembered is how many bytes of snapshots are remembered.
const maxRemembered = 64 << 20

// read reads what a gateway serves of a deployment.
func (d *deployments) read(r store.Reader, api, deployment string) (served, error) {
	key := snapshotKey(api, deployment)
	if s, ok := d.find(key); ok {
		return s, nil
	}
	record, err := r.Get(key)
	if err != nil {
		return served{}, fmt.Errorf("deployment %s of %s: %w", deployment, api, err)
	}
	var taken snapshot.Snapshot
	if err := decode(record, &taken); err != nil {
		return served{}, err
	}
	s := served{responses: taken.Responses, paths: taken.Paths(), bytes: len(record.Body)}
	d.keep(key, s)
	return s, nil
}

// find finds a deployment that is remembered.
func (d *deployments) find(key store.Key) (served, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.byKey[key]
	return s, ok
}

// keep remembers a deployment. Some others are forgotten for it, if they are too many.
func (d *deployments) keep(key store.Key, s served) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.byKey == nil {
		d.byKey = map[store.Key]served{}
	}
	for other, old := range d.byKey {
		if d.bytes+s.bytes <= maxRemembered {
			break
		}
		delete(d.byKey, other)
		d.bytes -= old.bytes
	}
	if _, ok := d.byKey[key]; !ok {
		d.byKey[key] = s
		d.bytes += s.bytes
	}
}
