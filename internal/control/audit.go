// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// AuditQuery says which entries of the audit log are wanted.
type AuditQuery struct {
	// After lists the entries after a number, the oldest first.
	After int64
	// Newest lists the newest first instead: those before Before, or all if it is 0.
	Newest bool
	Before int64
	// Limit is how many entries there are at most; 0 is 25, and 500 the most. There are fewer where they are large.
	Limit int
	// API and Host list only changes of an API, or of a host.
	API, Host string
}

// maxScan is how many entries of the log a page looks at, so that one whose filter fits nothing ends soon.
const maxScan = 2_000

// Audit lists entries of the audit log. The caller sees of them what belongs to APIs and hosts that they may read; what belongs to
// neither is for those who may read all APIs. next is the After or Before of the following page, 0 on the last one.
func (c *Control) Audit(ctx context.Context, by Caller, q AuditQuery) (entries []AuditEntry, next int64, err error) {
	if err := anywhere(by, nil); err != nil {
		return nil, 0, err
	}
	entries, more, err := c.scanAudit(ctx, by, &q)
	if more {
		next = q.position()
	}
	return entries, next, err
}

// scanAudit reads a page of the audit log and moves the query behind it. It reports whether there is more.
func (c *Control) scanAudit(ctx context.Context, by Caller, q *AuditQuery) (entries []AuditEntry, more bool, err error) {
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	entries = []AuditEntry{}
	err = c.store.View(ctx, func(r store.Reader) error {
		if err := q.start(r); err != nil {
			return err
		}
		for scanned, size := 0, 0; ; {
			found, last, err := q.chunk(r)
			if err != nil {
				return err
			}
			for _, entry := range found {
				if len(entries) == limit || scanned == maxScan || size > maxPage {
					more = true
					return nil
				}
				scanned++
				q.move(entry.Number)
				if shown, ok := q.visible(by, entry); ok {
					entries = append(entries, shown)
					size += shown.size()
				}
			}
			if last {
				return nil
			}
		}
	})
	return entries, more, err
}

// maxPage is the size of the changes on a page from which on it ends, in bytes.
const maxPage = 4 << 20

// size is that of the changes, in bytes.
func (e AuditEntry) size() (size int) {
	for _, change := range e.Changes {
		size += len(change.Before) + len(change.After)
	}
	return size
}

// start finds the newest entry where the query begins with it, or behind it.
func (q *AuditQuery) start(r store.Reader) error {
	if !q.Newest {
		return nil
	}
	newest, err := r.Last(auditLog)
	if behind := newest.Number + 1; q.Before == 0 || q.Before > behind {
		q.Before = behind
	}
	return err
}

// auditChunk is how many entries are read at once.
const auditChunk = 100

// chunk reads the next entries in the order of the query, and reports whether they are the last ones.
func (q *AuditQuery) chunk(r store.Reader) (entries []AuditEntry, last bool, err error) {
	after := q.After
	if q.Newest {
		after = max(0, q.Before-1-auditChunk)
	}
	limit := auditChunk
	if q.Newest {
		limit = int(q.Before - 1 - after)
	}
	if limit == 0 {
		return nil, true, nil
	}
	read, err := r.Log(auditLog, after, limit)
	if err != nil {
		return nil, false, err
	}
	for _, entry := range read {
		parsed, err := parseAudit(entry)
		if err != nil {
			return nil, false, err
		}
		entries = append(entries, parsed)
	}
	if q.Newest {
		slices.Reverse(entries)
		return entries, after == 0, nil
	}
	return entries, len(read) < auditChunk, nil
}

func parseAudit(entry store.Entry) (parsed AuditEntry, err error) {
	if err := json.Unmarshal(entry.Body, &parsed); err != nil {
		return parsed, fmt.Errorf("audit entry %d: %w", entry.Number, err)
	}
	return parsed, nil
}

// move goes on behind an entry.
func (q *AuditQuery) move(number int64) {
	if q.Newest {
		q.Before = number
	} else {
		q.After = number
	}
}

// position is where the query goes on.
func (q *AuditQuery) position() int64 {
	if q.Newest {
		return q.Before
	}
	return q.After
}

// visible is an entry with those of its changes that the caller may see and that the query asks for. It reports whether there are any.
func (q *AuditQuery) visible(by Caller, entry AuditEntry) (AuditEntry, bool) {
	var seen []AuditChange
	for _, change := range entry.Changes {
		api, host := change.about()
		switch {
		case q.API != "" && q.API != api, q.Host != "" && hostName(q.Host) != host:
		case api != "" && by.Rights.MayAPI(auth.Read, api), host != "" && by.Rights.MayHost(auth.Read, host), len(by.Rights.APIs) == 0:
			seen = append(seen, change)
		}
	}
	entry.Changes = seen
	return entry, len(seen) > 0
}

// about is the API or the host that a change belongs to; neither for what belongs to the server.
func (change AuditChange) about() (api, host string) {
	switch change.Kind {
	case "api":
		return change.Name, ""
	case "response", "resource", "deployment", "stage":
		return change.Scope, ""
	case "domain":
		return "", change.Name
	case "mapping":
		return "", change.Scope
	}
	return "", ""
}

// AuditLog goes through the entries of the audit log after a number, as Audit shows them. With follow it waits for those to come, until
// the context ends; then, as after an error, there are no more.
func (c *Control) AuditLog(ctx context.Context, by Caller, q AuditQuery, follow bool) iter.Seq2[AuditEntry, error] {
	q.Newest, q.Limit = false, maxLimit
	return func(yield func(AuditEntry, error) bool) {
		if err := anywhere(by, nil); err != nil {
			yield(AuditEntry{}, err)
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		changed := c.store.Changed(ctx)
		for {
			entries, more, err := c.scanAudit(ctx, by, &q)
			if err != nil {
				yield(AuditEntry{}, err)
				return
			}
			for _, entry := range entries {
				if !yield(entry, nil) {
					return
				}
			}
			if more {
				continue
			}
			if !follow {
				return
			}
			if _, open := <-changed; !open {
				return
			}
		}
	}
}

// AuditProof is what the audit log comes to. Whoever keeps it can tell later whether the log up to there is still the same.
type AuditProof struct {
	// Entries is how many there are, and Hash that of the last one.
	Entries int64  `json:"entries"`
	Hash    string `json:"hash"`
}

// VerifyAudit goes through the audit log and says at which entry it was changed, if it was.
func (c *Control) VerifyAudit(ctx context.Context, by Caller) (proof AuditProof, err error) {
	if !by.Rights.May(auth.Read) || len(by.Rights.APIs) > 0 {
		return proof, apigateway.Denied("%s may not do this: it needs the role %q on all APIs", by.Name, auth.Read)
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		proof = AuditProof{}
		for {
			entries, err := r.Log(auditLog, proof.Entries, auditChunk)
			if err != nil {
				return err
			}
			for _, entry := range entries {
				if proof, err = proof.next(entry); err != nil {
					return err
				}
			}
			if len(entries) < auditChunk {
				return nil
			}
		}
	})
	return proof, err
}

// next verifies the entry that follows.
func (p AuditProof) next(entry store.Entry) (AuditProof, error) {
	parsed, err := parseAudit(entry)
	switch {
	case err != nil:
		return p, err
	case entry.Number != p.Entries+1 || parsed.Number != entry.Number:
		return p, fmt.Errorf("the audit log was changed: after entry %d comes entry %d", p.Entries, parsed.Number)
	case parsed.Previous != p.Hash:
		return p, fmt.Errorf("the audit log was changed: entry %d does not follow the entry before it", entry.Number)
	}
	// The hash is of the text without it, whatever version of the server wrote the entry.
	end := `"hash":"` + parsed.Hash + `"}`
	text, ok := strings.CutSuffix(string(entry.Body), end)
	sum := sha256.Sum256([]byte(text + `"hash":""}`))
	if !ok || hex.EncodeToString(sum[:]) != parsed.Hash {
		return p, fmt.Errorf("the audit log was changed: entry %d is not what was written", entry.Number)
	}
	return AuditProof{Entries: entry.Number, Hash: parsed.Hash}, nil
}
