// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"io"
	"strconv"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/audit"
)

// onAudit are the operations on the audit log.
func onAudit() []operation {
	return []operation{
		op("listAudit", "GET", "/audit", auth.Read, everything, "List who changed what, as far as the key is for it", listAudit),
		op("streamAudit", "GET", "/audit/log", auth.Read, everything, "Stream who changed what as JSON lines, oldest first", streamAudit).as("application/jsonl"),
		op("verifyAudit", "GET", "/audit/proof", auth.Read, allAPIs, "Verify the audit log, and say what it comes to", verifyAudit),
	}
}

// audited says whose changes are wanted.
type audited struct {
	API  string `query:"api" about:"The API whose changes to give; all by default."`
	Host string `query:"host" about:"The host whose changes to give; all by default."`
}

// auditInput is what listAudit takes.
type auditInput struct {
	paging
	audited
	Kind  string `query:"kind" about:"The kind of records whose changes to give, as changes name it: response, base, stage; all by default."`
	Name  string `query:"name" about:"The name of the record whose changes to give; all by default. With kind and limit=1 it tells who changed something last."`
	Order string `query:"order" enum:"newest oldest" about:"Which entries come first: newest, the default, or oldest."`
}

func listAudit(ctx context.Context, s *Server, by control.Caller, in auditInput) (Page[audit.Entry], error) {
	q := control.AuditQuery{Query: audit.Query{Newest: in.Order != "oldest", Limit: in.Limit}, API: in.API, Host: in.Host, Kind: in.Kind, Name: in.Name}
	if in.Cursor != "" {
		at, err := number(in.Cursor)
		if err != nil {
			return Page[audit.Entry]{}, err
		}
		if q.Before = at; !q.Newest {
			q.Before, q.After = 0, at
		}
	}
	found, next, err := s.options.Control.Audit(ctx, by, q)
	part := Page[audit.Entry]{Items: found}
	if next != 0 {
		part.Next = strconv.FormatInt(next, 10)
	}
	return part, err
}

// followTime is for how long a stream waits for what is to come. It is shorter than the server waits for answers when it stops.
const followTime = 8 * time.Second

// streamInput is what streamAudit takes.
type streamInput struct {
	audited
	After  int64 `query:"after" min:"0" about:"The number of the entry to go on after; 0, the default, is the beginning."`
	Follow bool  `query:"follow" about:"Whether to wait for entries to come. The stream ends after some seconds all the same: ask again after the number of its last entry."`
}

func streamAudit(ctx context.Context, s *Server, by control.Caller, in streamInput) (stream, error) {
	return stream{func(w io.Writer, flush func() error) error {
		following, cancel := context.WithTimeout(ctx, followTime)
		defer cancel()
		if !in.Follow {
			following = ctx
		}
		q := control.AuditQuery{Query: audit.Query{After: in.After}, API: in.API, Host: in.Host}
		for entry, err := range s.options.Control.AuditLog(following, by, q, in.Follow) {
			if in.Follow && following.Err() != nil && ctx.Err() == nil {
				return nil
			}
			if err != nil {
				return err
			}
			if err := writeJSON(w, entry); err != nil {
				return err
			}
			if in.Follow {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		return nil
	}}, nil
}

func verifyAudit(ctx context.Context, s *Server, by control.Caller, _ noInput) (audit.Proof, error) {
	return s.options.Control.VerifyAudit(ctx, by)
}
