// SPDX-License-Identifier: Apache-2.0

package control

import "gatewayresponses/internal/control/assemble"

// settle chooses what is delivered of the revisions in force: they themselves, or the same with the switches of the moment.
func (c *Control) settle(t *change, gateway string, s *standing, cause Cause) error {
	switches, err := readSwitches(t)
	if err != nil {
		return err
	}
	modes, last := modesOf(switches, gateway), s.Last
	if s.Rollout != nil {
		if err := t.settleSlot(gateway, s, &s.Rollout.To, modes, cause); err != nil {
			return err
		}
	}
	if err := t.settleSlot(gateway, s, &s.Stable, modes, cause); err != nil || s.Last == last {
		return err
	}
	return t.prune(gateway, s)
}

// settleSlot chooses what is delivered of one revision.
func (t *change) settleSlot(gateway string, s *standing, in *slot, modes assemble.Modes, cause Cause) error {
	if modes.None() {
		in.Delivered = in.Revision
		return nil
	}
	content, hash := []byte(nothing), hashOf([]byte(nothing))
	if in.Revision != 0 {
		revision, err := readRevision(t, gateway, in.Revision)
		if err != nil {
			return err
		}
		content, hash = revision.Text, revision.Hash
	}
	switched, err := assemble.Finish(content, in.Revision, modes)
	if err != nil {
		return err
	}
	if hashOf(switched) == hash {
		in.Delivered = in.Revision
		return nil
	}
	if in.Delivered != in.Revision {
		delivered, err := readRevision(t, gateway, in.Delivered)
		if err != nil {
			return err
		}
		same, err := assemble.Finish(content, in.Delivered, modes)
		if err != nil {
			return err
		}
		if delivered.Of == in.Revision && hashOf(same) == delivered.Hash {
			return nil
		}
	}
	made, err := t.insertRevision(s, Revision{Gateway: gateway, At: cause.At, Causes: []Cause{cause}, Of: in.Revision}, content, modes)
	in.Delivered = made.Number
	return err
}
