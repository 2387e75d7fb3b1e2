// SPDX-License-Identifier: Apache-2.0

package control

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/store"
)

// errDryRun undoes the transaction of a dry run.
var errDryRun = errors.New("a dry run")

// trial is what a dry run notes while it changes, for its outcome.
type trial struct {
	// gateways are those that were released, by name.
	gateways map[string]*triedGateway
	// responses are the gateway responses that were changed, by the keys of their records.
	responses map[store.Key]*pair
}

// triedGateway is a gateway that a dry run has released.
type triedGateway struct {
	name string
	// inForce is the revision that was in force before, before its document, and newest that of the newest revision.
	inForce        int64
	before, newest []byte
	// after is what the document became, without a number, and standing what is in force with it.
	after    *assemble.Document
	standing standing
	// switches are those that are on.
	switches []Switch
}

// pair is a record before and after a dry run, nil where it is not there.
type pair struct{ before, after []byte }

// DryRun lets change make one change of Control as the caller that it is given, says what becomes of gateways by it, and has all of it
// undone: the store is as it was, and the audit log has nothing of it. Rights, ETags and documents are checked as ever. A revision
// that would wait a moment for others counts as made.
func (c *Control) DryRun(ctx context.Context, by Caller, change func(Caller) error) (Outcome, error) {
	by.DryRun, by.trial = true, &trial{}
	if err := change(by); err != nil {
		return Outcome{}, err
	}
	return c.outcome(ctx, by)
}

// begin forgets what an attempt at the transaction noted that has to be made again.
func (t *trial) begin() {
	if t != nil {
		t.gateways, t.responses = map[string]*triedGateway{}, map[store.Key]*pair{}
	}
}

// released notes that a gateway was released, whose standing was another one before.
func (t *change) released(gateway string, before, after standing, document *assemble.Document) error {
	if t.trial == nil {
		return nil
	}
	tried := t.trial.gateways[gateway]
	if tried == nil {
		tried = &triedGateway{name: gateway, inForce: before.Stable.Revision}
		var err error
		if tried.before, err = documentAt(t, gateway, before.Stable.Revision); err != nil {
			return err
		}
		if tried.newest, err = documentAt(t, gateway, before.Newest); err != nil {
			return err
		}
		t.trial.gateways[gateway] = tried
	}
	tried.after, tried.standing = document, after
	switches, err := readSwitches(t)
	tried.switches = switches
	return err
}

// documentAt is the document of a revision; number 0 is a gateway on which nothing was ever put.
func documentAt(r store.Reader, gateway string, number int64) ([]byte, error) {
	if number == 0 {
		return []byte(nothing), nil
	}
	revision, err := readRevision(r, gateway, number)
	return revision.Text, err
}

// noteTried notes a change of a record.
func (t *change) noteTried(key store.Key, before, after []byte) {
	if t.trial == nil || key.Kind != responseKey("", "").Kind {
		return
	}
	if known := t.trial.responses[key]; known != nil {
		known.after = after
		return
	}
	t.trial.responses[key] = &pair{before, after}
}

// changedResponses are the gateway responses that differ in the end, by API and type.
func (t *trial) changedResponses() []ResponseOutcome {
	changed := []ResponseOutcome{}
	for key, p := range t.responses {
		if bytes.Equal(p.before, p.after) {
			continue
		}
		change := assemble.Changed
		switch {
		case p.before == nil:
			change = assemble.Added
		case p.after == nil:
			change = assemble.Removed
		}
		changed = append(changed, ResponseOutcome{API: key.Scope, Type: key.Name, Change: change})
	}
	slices.SortFunc(changed, func(a, b ResponseOutcome) int { return cmp.Or(cmp.Compare(a.API, b.API), cmp.Compare(a.Type, b.Type)) })
	return changed
}
