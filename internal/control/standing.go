// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"slices"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/store"
)

// standing is the record of what is in force on a gateway, and of what is about to be.
type standing struct {
	// Last is the number of the last revision, whatever it was made for.
	Last int64 `json:"last"`
	// Newest is the last one that was assembled, Content the hash of it without its number, and Made when it was made.
	Newest  int64     `json:"newest"`
	Content string    `json:"content"`
	Made    time.Time `json:"made,omitzero"`
	// Due is what waits to become a revision.
	Due *due `json:"due,omitempty"`
	// Stable is for all nodes, but for those that a rollout has reached.
	Stable slot `json:"stable"`
	Pin    *Pin `json:"pin,omitempty"`
	// Rollout brings Newest to the nodes, or what was consented to.
	Rollout *Rollout `json:"rollout,omitempty"`
	// Consent is what was consented to, nil where nobody has to.
	Consent *consent `json:"consent,omitempty"`
}

// slot is a revision that nodes run.
type slot struct {
	// Revision was assembled, and Delivered is that or the same with the switches of the moment.
	Revision  int64 `json:"revision"`
	Delivered int64 `json:"delivered"`
}

// nothing is the document of a gateway on which nothing was ever put. It has no number.
const nothing = `{}`

// readStanding reads what is in force on a gateway.
func readStanding(r store.Reader, gateway string) (standing, error) {
	var s standing
	_, err := get(r, standingKey(gateway), &s)
	if errors.Is(err, store.ErrNotFound) {
		return standing{Content: hashOf([]byte(nothing))}, nil
	}
	return s, err
}

// allStandings reads what is in force on all gateways, by name. A gateway on which nothing was ever put is not among them.
func allStandings(r store.Reader) (map[string]standing, error) {
	records, err := r.List("standing", "", "", 0)
	if err != nil {
		return nil, err
	}
	standings := make(map[string]standing, len(records))
	for _, record := range records {
		var s standing
		if err := decode(record, &s); err != nil {
			return nil, err
		}
		standings[record.Name] = s
	}
	return standings, nil
}

// putStanding writes what is in force. The audit log has the revision instead, and what made it.
func (t *change) putStanding(gateway string, s standing) error {
	return t.quietly(func() error { return t.put(standingKey(gateway), "", s) })
}

// quietly writes what the audit log need not show, as something that it does show says the same.
func (t *change) quietly(write func() error) error {
	before := len(t.changes)
	err := write()
	t.changes = t.changes[:before]
	return err
}

// Standing is what is in force on a gateway, and what is about to be.
type Standing struct {
	Gateway string `json:"gateway"`
	// Newest is the newest revision, InForce the one that most nodes should run, 0 for none, and Delivered what they get of it: another
	// number while switches are on.
	Newest    int64 `json:"newest"`
	InForce   int64 `json:"inForce"`
	Delivered int64 `json:"delivered"`
	// Mode is what the filter does of the revision that is delivered where no route says otherwise, switches included. Only who may read all APIs
	// sees it.
	Mode config.Mode `json:"mode,omitempty"`
	// Due is when changes that came meanwhile become a revision; zero if none wait.
	Due     time.Time `json:"due,omitzero"`
	Pin     *Pin      `json:"pin,omitempty"`
	Rollout *Rollout  `json:"rollout,omitempty"`
	// Consented is the last consent, and Waiting what waits for one; nil where none is asked for, or nothing waits.
	Consented *Consented `json:"consented,omitempty"`
	Waiting   *Waiting   `json:"waiting,omitempty"`
	// Held are the revisions that nobody has consented to, oldest first; the gateway cannot be pinned to them.
	Held []int64 `json:"held,omitempty"`
	// Switches are those on the gateway, and on the APIs that it serves and that the caller may read.
	Switches []Switch `json:"switches,omitempty"`
	// Bytes is the size of the newest revision, Limit the most that a document may have, and NearlyFull reports that it is above 70 %.
	Bytes      int  `json:"bytes"`
	Limit      int  `json:"limit"`
	NearlyFull bool `json:"nearlyFull,omitempty"`
	// Files is what is wrong with the files that the gateway is read from; it is as it was before then. Only who may read all APIs sees it.
	Files []finding.Linked `json:"files,omitempty"`
}

// Standing gives what is in force on a gateway.
func (c *Control) Standing(ctx context.Context, by Caller, gateway string) (shown Standing, err error) {
	if err := anywhere(by, nil); err != nil {
		return shown, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := lookupGateway(r, gateway); err != nil {
			return err
		}
		s, err := readStanding(r, gateway)
		if err != nil {
			return err
		}
		shown, err = s.shown(r, by, gateway)
		return err
	})
	if err != nil || onGateways(by, auth.Read) != nil {
		return shown, err
	}
	found, err := c.wrongFiles(ctx, gateway)
	shown.Files = found.Linked()
	return shown, err
}

// Delivered gives the number of the revision that most nodes of a gateway get, 0 for none.
func (c *Control) Delivered(ctx context.Context, by Caller, gateway string) (number int64, err error) {
	if err := anywhere(by, nil); err != nil {
		return 0, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := lookupGateway(r, gateway); err != nil {
			return err
		}
		s, err := readStanding(r, gateway)
		number = s.Stable.Delivered
		return err
	})
	return number, err
}

// mode is the mode of the revision that is delivered.
func (s standing) mode(r store.Reader, gateway string) (config.Mode, error) {
	if s.Stable.Delivered == 0 {
		return config.ModeRewrite, nil
	}
	var delivered Revision
	_, err := get(r, revisionKey(gateway, s.Stable.Delivered), &delivered)
	return delivered.Mode, err
}

// shown is what a caller sees of the record.
func (s standing) shown(r store.Reader, by Caller, gateway string) (Standing, error) {
	shown := Standing{
		Gateway: gateway, Newest: s.Newest, InForce: s.Stable.Revision, Delivered: s.Stable.Delivered, Pin: s.Pin, Rollout: s.Rollout,
	}
	if s.Due != nil {
		shown.Due = s.Due.At
	}
	if s.Consent != nil {
		shown.Consented, shown.Held = &s.Consent.Given, s.Consent.Held
	}
	mayRead := onGateways(by, auth.Read) == nil
	shown.Waiting = s.waiting(by, mayRead)
	var err error
	if mayRead {
		if shown.Mode, err = s.mode(r, gateway); err != nil {
			return shown, err
		}
	}
	shown.Limit = assemble.Limit
	if s.Newest != 0 {
		var newest Revision
		if _, err := get(r, revisionKey(gateway, s.Newest), &newest); err != nil {
			return shown, err
		}
		shown.Bytes, shown.NearlyFull = newest.Bytes, newest.Bytes >= assemble.Full
	}
	shown.Switches, err = switchesOn(r, by, gateway)
	return shown, err
}

// switchesOn are the switches on a gateway, and on the APIs that it serves and that a caller may read. What it serves may be much, and is
// read only while an API is switched.
func switchesOn(r store.Reader, by Caller, gateway string) ([]Switch, error) {
	switches, err := readSwitches(r)
	if err != nil {
		return nil, err
	}
	serves := map[string]bool{}
	if slices.ContainsFunc(switches, func(s Switch) bool { return s.API != "" }) {
		bound, err := bindings(r, gateway)
		if err != nil {
			return nil, err
		}
		for name := range bound {
			serves[name.api] = true
		}
	}
	return slices.DeleteFunc(switches, func(s Switch) bool {
		return s.Gateway != gateway && (!serves[s.API] || !by.Rights.MayAPI(auth.Read, s.API))
	}), nil
}
