// SPDX-License-Identifier: Apache-2.0

// Package audit is the log of who changed what. Each entry carries the hash of
// the one before, so that whoever keeps the last hash can tell later whether the
// log up to there is still the same. Entries are added in the transaction of the
// change that they tell of.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"gatewayresponses/internal/store"
)

// log is the log of the store that holds the entries.
const log = "audit"

// Entry says who changed what.
type Entry struct {
	Number int64 `json:"number"`
	// At is when, UTC.
	At time.Time `json:"at"`
	// By is the name of the caller, Key the access key used, Person who signed in without one, as ISSUER|SUBJECT.
	By     string `json:"by"`
	Key    string `json:"key,omitempty"`
	Person string `json:"person,omitempty"`
	// RequestID is that of the answer that the caller got.
	RequestID string `json:"requestId,omitempty"`
	// Action is the operation, such as PutGatewayResponse.
	Action string `json:"action"`
	// Changes are the records that it changed, in order.
	Changes []Change `json:"changes"`
	// Previous is the hash of the entry before, empty for the first.
	Previous string `json:"previous"`
	// Hash is the SHA-256 of this entry without it, in hex.
	Hash string `json:"hash"`
}

// Change is one record before and after. Secrets are not among what it shows.
type Change struct {
	Kind   string          `json:"kind"`
	Scope  string          `json:"scope,omitempty"`
	Name   string          `json:"name"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// Append adds an entry. Its number and its hashes are set here.
func Append(w store.Writer, entry Entry) error {
	last, err := w.Last(log)
	if err != nil {
		return err
	}
	if last.Number > 0 {
		before, err := parse(last)
		if err != nil {
			return err
		}
		entry.Previous = before.Hash
	}
	entry.Number = last.Number + 1
	if entry.Hash, err = entry.hash(); err != nil {
		return err
	}
	body, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	_, err = w.Append(log, body)
	return err
}

// hash is the SHA-256 of the entry as JSON, its own hash being empty.
func (e Entry) hash() (string, error) {
	e.Hash = ""
	text, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	return hashOf(text), nil
}

// hashOf is the SHA-256 of a text, in hex.
func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func parse(entry store.Entry) (parsed Entry, err error) {
	if err := json.Unmarshal(entry.Body, &parsed); err != nil {
		return parsed, fmt.Errorf("audit entry %d: %w", entry.Number, err)
	}
	return parsed, nil
}
