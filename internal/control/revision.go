// SPDX-License-Identifier: Apache-2.0

package control

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/store"
)

// Revision is an immutable document of a gateway.
type Revision struct {
	Gateway string `json:"gateway"`
	// Number is what the document has under "revision".
	Number int64 `json:"number"`
	// Hash is the SHA-256 of the document, in hexadecimal digits, and Bytes its size.
	Hash  string    `json:"hash"`
	Bytes int       `json:"bytes"`
	At    time.Time `json:"at"`
	// Causes are what made it, oldest first: several when changes came within a second. Unlisted is how many more there were.
	Causes   []Cause `json:"causes"`
	Unlisted int     `json:"unlisted,omitempty"`
	// Of is the revision that this one is with switches put over it, 0 for one that was assembled.
	Of int64 `json:"of,omitempty"`
	// Mode is what the filter does where no route says otherwise.
	Mode config.Mode `json:"mode"`
	// Text is the document. Lists leave it out.
	Text json.RawMessage `json:"-"`
}

// Cause is what made a revision.
type Cause struct {
	// By is the name of the caller, What the operation, and on what.
	By   string    `json:"by"`
	What string    `json:"what"`
	At   time.Time `json:"at"`
}

// revisionsKept is how many revisions of a gateway are kept that were assembled, and how many with switches put over them, besides those that
// nodes run or may be told to run. Switches come and go without end, and take no revision away that a gateway can be taken back to.
const revisionsKept = 100

// compressed is the record of a document.
type compressed struct {
	Gzip []byte `json:"gzip"`
}

// insertRevision adds a revision with the next number.
func (t *change) insertRevision(s *standing, revision Revision, content []byte, modes assemble.Modes) (Revision, error) {
	s.Last++
	revision.Number = s.Last
	text, err := assemble.Finish(content, revision.Number, modes)
	if err != nil {
		return Revision{}, err
	}
	revision.Text, revision.Hash, revision.Bytes = text, hashOf(text), len(text)
	if revision.Mode, err = modeOf(text); err != nil {
		return Revision{}, err
	}
	if err := t.insert(revisionKey(revision.Gateway, revision.Number), "", revision); err != nil {
		return Revision{}, err
	}
	packed, err := pack(text)
	if err != nil {
		return Revision{}, err
	}
	return revision, t.quietly(func() error {
		return t.insert(documentKey(revision.Gateway, revision.Number), "", compressed{packed})
	})
}

// modeOf is the mode of a document.
func modeOf(document []byte) (config.Mode, error) {
	root := struct{ Mode config.Mode }{config.ModeRewrite}
	err := json.Unmarshal(document, &root)
	return root.Mode, err
}

// readRevision reads a revision with its document, or says store.ErrNotFound.
func readRevision(r store.Reader, gateway string, number int64) (Revision, error) {
	var revision Revision
	if _, err := get(r, revisionKey(gateway, number), &revision); err != nil {
		return Revision{}, err
	}
	var packed compressed
	if _, err := get(r, documentKey(gateway, number), &packed); err != nil {
		return Revision{}, err
	}
	text, err := unpack(packed.Gzip)
	if err == nil && hashOf(text) != revision.Hash {
		err = errors.New("it is not what was released: its hash differs")
	}
	if err != nil {
		return Revision{}, fmt.Errorf("revision %d of the gateway %q: %w", number, gateway, err)
	}
	revision.Text = text
	return revision, nil
}

// noRevision says that there is no such revision.
func noRevision(gateway string, number int64) error {
	return apigateway.NotFound("the gateway %q has no revision %d, or has it no more", gateway, number)
}

// prune removes old revisions that no node runs or may be told to run.
func (t *change) prune(gateway string, s *standing) error {
	if s.Last <= revisionsKept {
		return nil
	}
	records, err := t.List("revision", gateway, "", 0)
	if err != nil {
		return err
	}
	kept := map[bool]int{} // by whether switches are put over it
	for _, record := range slices.Backward(records) {
		var old Revision
		if err := decode(record, &old); err != nil {
			return err
		}
		isSwitched := old.Of != 0
		if kept[isSwitched] < revisionsKept {
			kept[isSwitched]++
			continue
		}
		if s.uses(old.Number) {
			continue
		}
		if err := t.removeRevision(record.Key, old, s); err != nil {
			return err
		}
	}
	return nil
}

// removeRevision removes a revision with its document.
func (t *change) removeRevision(key store.Key, old Revision, s *standing) error {
	if err := t.Delete(key); err != nil {
		return err
	}
	if s.Consent != nil {
		s.Consent.Held = slices.DeleteFunc(s.Consent.Held, func(held int64) bool { return held == old.Number })
	}
	return t.Delete(documentKey(old.Gateway, old.Number))
}

// uses reports whether nodes run a revision, or may be told to.
func (s *standing) uses(number int64) bool {
	slots := []slot{s.Stable, {Revision: s.Newest}, {Revision: s.goal()}}
	if s.Rollout != nil {
		slots = append(slots, s.Rollout.To)
	}
	if s.Pin != nil {
		slots = append(slots, slot{Revision: s.Pin.Revision})
	}
	for _, used := range slots {
		if used.Revision == number || used.Delivered == number {
			return true
		}
	}
	return false
}

// pack compresses a document.
func pack(text []byte) ([]byte, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err := w.Close()
	return packed.Bytes(), err
}

// unpack is the opposite of pack.
func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, maxUnpacked))
}

// maxUnpacked is more than any document has, in bytes.
const maxUnpacked = 2 << 20
