// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"iter"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/store"
)

// AuditQuery says which entries of the audit log are wanted.
type AuditQuery struct {
	// Query says where in the log. Limit 0 is 25, and 500 the most.
	audit.Query
	// API and Host list only changes of an API, or of a host.
	API, Host string
	// Kind and Name list only changes of records of a kind, and of one of them: "response", "THROTTLED" of an API; "base", a gateway.
	Kind, Name string
}

// Audit lists entries of the audit log. The caller sees of them what belongs to APIs and hosts that they may read; what belongs to
// neither is for those who may read all APIs. next is the After or Before of the following page, 0 on the last one.
func (c *Control) Audit(ctx context.Context, by Caller, q AuditQuery) (entries []audit.Entry, next int64, err error) {
	if err := anywhere(by, nil); err != nil {
		return nil, 0, err
	}
	entries, more, err := c.auditPage(ctx, by, &q)
	if more {
		next = q.Position()
	}
	return entries, next, err
}

// auditPage reads a page of the audit log and moves the query behind it. It reports whether there is more.
func (c *Control) auditPage(ctx context.Context, by Caller, q *AuditQuery) (entries []audit.Entry, more bool, err error) {
	q.Limit = pageLimit(q.Limit)
	err = c.store.View(ctx, func(r store.Reader) error {
		entries, more, err = q.Page(r, func(change audit.Change) bool { return q.shows(by, change) })
		return err
	})
	return entries, more, err
}

// shows reports whether the query asks for a change, and the caller may see it.
func (q *AuditQuery) shows(by Caller, change audit.Change) bool {
	api, host := about(change)
	if q.API != "" && q.API != api || q.Host != "" && hostName(q.Host) != host || q.Kind != "" && q.Kind != change.Kind || q.Name != "" && q.Name != change.Name {
		return false
	}
	return api != "" && by.Rights.MayAPI(auth.Read, api) || host != "" && by.Rights.MayHost(auth.Read, host) || by.Rights.MayAllAPIs(auth.Read)
}

// about is the API or the host that a change belongs to; neither for what belongs to the server.
func about(change audit.Change) (api, host string) {
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
func (c *Control) AuditLog(ctx context.Context, by Caller, q AuditQuery, follow bool) iter.Seq2[audit.Entry, error] {
	q.Newest, q.Limit = false, maxLimit
	return func(yield func(audit.Entry, error) bool) {
		if err := anywhere(by, nil); err != nil {
			yield(audit.Entry{}, err)
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		changed := c.store.Changed(ctx)
		for {
			entries, more, err := c.auditPage(ctx, by, &q)
			if err != nil {
				yield(audit.Entry{}, err)
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

// VerifyAudit goes through the audit log and says at which entry it was changed, if it was.
func (c *Control) VerifyAudit(ctx context.Context, by Caller) (proof audit.Proof, err error) {
	if !by.Rights.MayAllAPIs(auth.Read) {
		return proof, apigateway.Denied("%s may not do this: it needs the role %q on all APIs", by.Name, auth.Read)
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		proof, err = audit.Verify(r)
		return err
	})
	return proof, err
}
