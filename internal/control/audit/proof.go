// SPDX-License-Identifier: Apache-2.0

package audit

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/store"
)

// Proof is what the log comes to. Whoever keeps it can tell later whether the log up to there is still the same.
type Proof struct {
	// Entries is how many there are, and Hash that of the last one.
	Entries int64  `json:"entries"`
	Hash    string `json:"hash"`
}

// Verify goes through the log and says at which entry it was changed, if it was.
func Verify(r store.Reader) (Proof, error) {
	var proof Proof
	for {
		entries, err := r.Log(log, proof.Entries, chunk)
		if err != nil {
			return proof, err
		}
		for _, entry := range entries {
			if proof, err = proof.next(entry); err != nil {
				return proof, err
			}
		}
		if len(entries) < chunk {
			return proof, nil
		}
	}
}

// next verifies the entry that follows.
func (p Proof) next(entry store.Entry) (Proof, error) {
	parsed, err := parse(entry)
	switch {
	case err != nil:
		return p, err
	case entry.Number != p.Entries+1 || parsed.Number != entry.Number:
		return p, fmt.Errorf("the audit log was changed: after entry %d comes entry %d", p.Entries, parsed.Number)
	case parsed.Previous != p.Hash:
		return p, fmt.Errorf("the audit log was changed: entry %d does not follow the entry before it", entry.Number)
	}
	// The hash is of the text without it, whatever version of the server wrote the entry.
	text, ok := strings.CutSuffix(string(entry.Body), `"hash":"`+parsed.Hash+`"}`)
	if !ok || hashOf([]byte(text+`"hash":""}`)) != parsed.Hash {
		return p, fmt.Errorf("the audit log was changed: entry %d is not what was written", entry.Number)
	}
	return Proof{Entries: entry.Number, Hash: parsed.Hash}, nil
}
