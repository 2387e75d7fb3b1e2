// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"cmp"
	"context"
	"strconv"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/diff"
)

// onRevisions are the operations on the revisions of gateways, and on which of them is in force.
func onRevisions() []operation {
	return []operation{
		op("getStanding", "GET", "/gateways/{gateway}/standing", auth.Read, everything, "Say which revision of a gateway is in force, and what holds others back", getStanding),
		op("listRevisions", "GET", "/gateways/{gateway}/revisions", auth.Read, everything, "List the revisions of a gateway, newest first", listRevisions),
		op("getRevision", "GET", "/gateways/{gateway}/revisions/{number}", auth.Read, allAPIs, "Get a revision, without its document", getRevision),
		op("getRevisionDocument", "GET", "/gateways/{gateway}/revisions/{number}/document", auth.Read, allAPIs, "Get the document of a revision", getRevisionDocument).as(mediaJSON),
		op("diffRevisions", "GET", "/gateways/{gateway}/diff", auth.Read, allAPIs, "Say how two revisions differ, in what and for clients", diffRevisions),
		op("listPending", "GET", "/pending", auth.Read, everything, "List what was changed and is not in force everywhere", listPending),
		op("pinGateway", "PUT", "/gateways/{gateway}/pin", auth.Deploy, allAPIs, "Take a gateway to a revision, and hold it there", pin),
		op("unpinGateway", "DELETE", "/gateways/{gateway}/pin", auth.Deploy, allAPIs, "Let a gateway go on to the newest revision", unpin),
		op("consentToRevision", "PUT", "/gateways/{gateway}/consent", auth.Deploy, allAPIs, "Consent to the newest revision of a gateway, as somebody else than those who caused it", consent),
		op("steerRollout", "POST", "/gateways/{gateway}/rollout", auth.Deploy, allAPIs, "Resume, finish or abort the rollout of a revision", steerRollout),
	}
}

func getStanding(ctx context.Context, s *Server, by control.Caller, in oneGateway) (control.Standing, error) {
	return s.options.Control.Standing(ctx, by, in.Gateway)
}

// revisionsInput is what listRevisions takes.
type revisionsInput struct {
	oneGateway
	paging
}

// defaultLimit is how many items of a list are given at most where nobody says.
const defaultLimit = 25

func listRevisions(ctx context.Context, s *Server, by control.Caller, in revisionsInput) (Page[control.Revision], error) {
	var before int64
	if in.Cursor != "" {
		var err error
		if before, err = number(in.Cursor); err != nil {
			return Page[control.Revision]{}, err
		}
	}
	limit := cmp.Or(in.Limit, defaultLimit)
	found, err := s.options.Control.Revisions(ctx, by, in.Gateway, before, limit+1)
	part := Page[control.Revision]{Items: found}
	if len(found) > limit {
		part.Items, part.Next = found[:limit], strconv.FormatInt(found[limit-1].Number, 10)
	}
	return part, err
}

// oneRevision names a revision.
type oneRevision struct {
	oneGateway
	Number int64 `uri:"number" min:"1" about:"The number of the revision."`
}

func getRevision(ctx context.Context, s *Server, by control.Caller, in oneRevision) (control.Revision, error) {
	return s.options.Control.Revision(ctx, by, in.Gateway, in.Number)
}

func getRevisionDocument(ctx context.Context, s *Server, by control.Caller, in oneRevision) (versioned, error) {
	text, err := s.revision(ctx, by, in.Gateway, in.Number)
	return versioned{raw{text}, revisionTag(in.Number)}, err
}

// revisionTag is the ETag of the document of a revision.
func revisionTag(number int64) string { return `"` + strconv.FormatInt(number, 10) + `"` }

// diffRevisionsInput is what diffRevisions takes.
type diffRevisionsInput struct {
	oneGateway
	From    *int64 `query:"from" min:"0" about:"The number of the revision to begin with, 0 for a gateway on which nothing was ever put; the one in force by default."`
	To      *int64 `query:"to" min:"0" about:"The number of the revision to compare it with; the newest by default."`
	Replies bool   `query:"replies" about:"Whether to say what changes for clients, too, which takes longer: all replies are made."`
}

// RevisionDiff says how two revisions differ.
type RevisionDiff struct {
	From    int64            `json:"from" about:"The number of the revision to begin with."`
	To      int64            `json:"to" about:"The number of the other one."`
	Changes assemble.Changes `json:"changes" about:"What differs in the documents."`
	Replies *diff.JSON       `json:"replies,omitempty" about:"What changes for clients, if that was asked for."`
}

func diffRevisions(ctx context.Context, s *Server, by control.Caller, in diffRevisionsInput) (d RevisionDiff, err error) {
	standing, err := s.options.Control.Standing(ctx, by, in.Gateway)
	if err != nil {
		return d, err
	}
	d.From, d.To = standing.InForce, standing.Newest
	if in.From != nil {
		d.From = *in.From
	}
	if in.To != nil {
		d.To = *in.To
	}
	if d.Changes, err = s.options.Control.CompareRevisions(ctx, by, in.Gateway, d.From, d.To); err != nil || !in.Replies {
		return d, err
	}
	report, err := s.options.Control.DiffRevisions(ctx, by, in.Gateway, d.From, d.To)
	if err != nil {
		return d, err
	}
	replies := report.JSON()
	d.Replies = &replies
	return d, nil
}

// newPin is what pinGateway takes.
type newPin struct {
	oneGateway
	Revision int64  `json:"revision,omitempty" about:"The number of the revision; the one in force by default."`
	Why      string `json:"why,omitempty" about:"What for, for people."`
}

func pin(ctx context.Context, s *Server, by control.Caller, in newPin) (control.Standing, error) {
	return s.options.Control.Pin(ctx, by, in.Gateway, in.Revision, in.Why)
}

func unpin(ctx context.Context, s *Server, by control.Caller, in oneGateway) (control.Standing, error) {
	return s.options.Control.ReleasePin(ctx, by, in.Gateway)
}

// newConsent is what consentToRevision takes.
type newConsent struct {
	oneGateway
	Revision int64  `json:"revision" about:"The number of the newest revision. If there is a newer one by now, that has to be looked at."`
	Ends     bool   `json:"ends,omitempty" about:"Whether the gateway asks for no consent any more, which somebody has to want before."`
	Why      string `json:"why,omitempty" about:"What there is to say to it, for people."`
}

func consent(ctx context.Context, s *Server, by control.Caller, in newConsent) (control.Standing, error) {
	return s.options.Control.Consent(ctx, by, in.Gateway, control.ConsentInput{Revision: in.Revision, Ends: in.Ends, Why: in.Why})
}

// rolloutStep is what steerRollout takes.
type rolloutStep struct {
	oneGateway
	Action string `json:"action" enum:"resume finish abort" about:"resume lets a rollout that has stopped go on, finish brings the revision to all nodes at once, abort takes it back and pins the gateway."`
}

func steerRollout(ctx context.Context, s *Server, by control.Caller, in rolloutStep) (control.Standing, error) {
	switch in.Action {
	case "resume":
		return s.options.Control.ResumeRollout(ctx, by, in.Gateway)
	case "finish":
		return s.options.Control.FinishRollout(ctx, by, in.Gateway)
	default:
		return s.options.Control.AbortRollout(ctx, by, in.Gateway)
	}
}

func listPending(ctx context.Context, s *Server, by control.Caller, in paging) (control.Pending, error) {
	return s.options.Control.Pending(ctx, by, in.Cursor, cmp.Or(in.Limit, defaultLimit))
}
