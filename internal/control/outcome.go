// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/diff"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/finding"
)

// Outcome is what would become of a change.
type Outcome struct {
	// Gateways are those whose documents were made anew, by name.
	Gateways []GatewayOutcome `json:"gateways"`
	// Responses are the gateway responses of working copies that would change, by API and type.
	Responses []ResponseOutcome `json:"responses"`
}

// GatewayOutcome is what would become of a gateway. Of stages and routes there are those of APIs that the caller may read.
type GatewayOutcome struct {
	Gateway string `json:"gateway"`
	// From is the revision in force, 0 for none: what all else compares with.
	From int64 `json:"from"`
	// Changes are what would differ in the document by the change, and Others is how many stages and keys of the base document differ as
	// well, because they wait already: they are not in force yet, and would be by then.
	Changes assemble.Changes `json:"changes"`
	Others  int              `json:"others,omitempty"`
	// Replies are what would change for clients; missing when the replies have more bytes together than are compared.
	Replies *diff.JSON `json:"replies,omitempty"`
	// Findings are what is unwise in what would change.
	Findings []finding.Linked `json:"findings"`
	// Held are why clients would not see it at once.
	Held []Held `json:"held"`
	// Bytes is the size of the document, and Limit the most that it may have.
	Bytes int `json:"bytes"`
	Limit int `json:"limit"`
}

// ResponseOutcome is a gateway response of a working copy that would change.
type ResponseOutcome struct {
	API    string          `json:"api"`
	Type   string          `json:"type"`
	Change assemble.Change `json:"change"`
}

// Held says why clients do not see a revision at once.
type Held struct {
	// By is what holds it back: a pin, consent that is asked for, a rollout or a switch.
	By HeldBy `json:"by"`
	// Why says it in words.
	Why string `json:"why"`
}

// HeldBy is what holds a revision back.
type HeldBy string

// What holds revisions back.
const (
	HeldByPin     HeldBy = "pin"
	HeldByConsent HeldBy = "consent"
	HeldByRollout HeldBy = "rollout"
	HeldBySwitch  HeldBy = "switch"
)

// outcome works out what a dry run has noted, now that its transaction is over and nobody waits for it.
func (c *Control) outcome(ctx context.Context, by Caller) (Outcome, error) {
	out := Outcome{Gateways: []GatewayOutcome{}, Responses: by.trial.changedResponses()}
	for _, name := range sortedKeys(by.trial.gateways) {
		g, err := c.gatewayOutcome(ctx, by, by.trial.gateways[name])
		if err != nil {
			return Outcome{}, err
		}
		out.Gateways = append(out.Gateways, g)
	}
	return out, nil
}

// gatewayOutcome is what would become of a gateway.
func (c *Control) gatewayOutcome(ctx context.Context, by Caller, g *triedGateway) (GatewayOutcome, error) {
	out := GatewayOutcome{Gateway: g.name, From: g.inForce, Findings: []finding.Linked{}, Bytes: len(g.after.Text), Limit: assemble.Limit}
	all, err := assemble.Compare(g.before, g.after.Text)
	if err != nil {
		return out, err
	}
	own, err := assemble.Compare(g.newest, g.after.Text)
	if err != nil {
		return out, err
	}
	out.Changes = readableChanges(by, all.In(own))
	out.Others = all.Count() - out.Changes.Count()
	out.Held = g.held(out.Changes)
	if out.Changes.Same() {
		out.Replies = &diff.JSON{Changes: []diff.ChangeJSON{}, Notes: []string{}}
		return out, nil
	}
	if err := c.comparing.Acquire(ctx, 1); err != nil {
		return out, err
	}
	defer c.comparing.Release(1)
	before, err := Revision{Gateway: g.name, Number: g.inForce, Text: g.before}.compile()
	if err != nil {
		return out, err
	}
	checked, found := g.after.Lint()
	if checked.Program == nil {
		return out, fmt.Errorf("gateway %q: a document that compiled does not any more", g.name)
	}
	after := exchange.Document{Config: checked.Document, Program: checked.Program}
	out.Replies = changedReplies(before, after, out.Changes, out.Others > 0)
	out.Findings = g.unwise(out.Changes, found).Linked()
	return out, nil
}

// held is why clients would not see changes at once.
func (g *triedGateway) held(changes assemble.Changes) []Held {
	changed := map[string]bool{}
	for _, stage := range changes.Stages {
		changed[stage.API] = true
	}
	return g.standing.held(g.name, g.switches, changed)
}

// held is why clients do not see at once what some APIs have on a gateway.
func (s standing) held(gateway string, switches []Switch, apis map[string]bool) []Held {
	held := []Held{}
	switch why := s.waitsFor(); {
	case s.Pin != nil:
		held = append(held, Held{HeldByPin, why})
	case s.Consent != nil && s.Consent.Waits != nil:
		held = append(held, Held{HeldByConsent, why})
	case s.Rollout != nil:
		held = append(held, Held{HeldByRollout, why})
	}
	for _, s := range switches {
		if s.Gateway == gateway || apis[s.API] {
			held = append(held, Held{HeldBySwitch, fmt.Sprintf("%s switched the %s to %s until %s", s.By, s.on(), s.Mode, s.Until.Format(time.RFC3339))})
		}
	}
	return held
}

// readableChanges are the changes that a caller may read: those of stages of their APIs, and of the rest only who may read all APIs.
func readableChanges(by Caller, all assemble.Changes) assemble.Changes {
	if onGateways(by, auth.Read) == nil {
		return all
	}
	var changes assemble.Changes
	for _, stage := range all.Stages {
		if by.Rights.MayAPI(auth.Read, stage.API) {
			changes.Stages = append(changes.Stages, stage)
		}
	}
	return changes
}

// changedReplies are the replies that change, nil when they are too large to be compared. While the base document stays as it is, only the
// routes of stages that change are looked at. others says that something else changes, too; requests that belong to no route are left out
// then.
func changedReplies(before, after exchange.Document, changes assemble.Changes, others bool) *diff.JSON {
	if len(changes.Base) == 0 {
		changed := map[string]bool{}
		for _, stage := range changes.Stages {
			changed[stage.API+"/"+stage.Stage] = true
		}
		before.Config, after.Config = withStages(before.Config, changed), withStages(after.Config, changed)
	}
	report, ok := diff.Within(before, after, maxReplies)
	if !ok {
		return nil
	}
	replies := report.JSON()
	if others {
		all := len(replies.Changes)
		replies.Changes = slices.DeleteFunc(replies.Changes, func(c diff.ChangeJSON) bool { return c.Route == "" })
		replies.Changed -= all - len(replies.Changes)
	}
	return &replies
}

// withStages is a document with the routes of some stages alone, by API/STAGE.
func withStages(document *config.Document, stages map[string]bool) *config.Document {
	some := *document
	some.Routes = nil
	for i := range document.Routes {
		if api := document.Routes[i].API; stages[api.ID+"/"+api.Stage] {
			some.Routes = append(some.Routes, document.Routes[i])
		}
	}
	return &some
}

// unwise are the findings about stages that change, and those about the base document if that does.
func (g *triedGateway) unwise(changes assemble.Changes, found finding.List) finding.List {
	changed := map[string]bool{}
	for _, stage := range changes.Stages {
		changed[stage.API+"/"+stage.Stage] = true
	}
	return slices.DeleteFunc(found, func(f finding.Finding) bool {
		if g.after.OfStage(f) {
			return !changed[f.File]
		}
		return len(changes.Base) == 0
	})
}
