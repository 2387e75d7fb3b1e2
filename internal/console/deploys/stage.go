// SPDX-License-Identifier: Apache-2.0

package deploys

import (
	"errors"
	"net/http"
	"slices"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// served is what the page of a stage shows.
type served struct {
	API   v1.API
	Stage v1.Stage
	// Serves is what it serves, and Before what it served before, nil if nobody says.
	Serves   v1.Deployment
	Before   *v1.Deployment
	Bindings []page.Bound
	Gateways []arriving
	// Waits is what was changed since, nil for nothing.
	Waits *v1.PendingStage
	// May reports whether the caller may deploy, MayBind whether to bind the stage to a host, and MayPin whether to take gateways back.
	May, MayBind, MayPin bool
}

// arriving is how far the stage has come on a gateway.
type arriving struct {
	v1.GatewayProgress
	// Shown are the first nodes of those that do not run it, then of those that do, and More is how many are left out.
	Shown []v1.NodeProgress
	More  int
}

// Pinned reports whether a pin keeps it from the nodes.
func (a arriving) Pinned() bool {
	return slices.ContainsFunc(a.Held, func(h v1.Held) bool { return h.By == "pin" })
}

// maxNodes is how many nodes of a gateway the page shows.
const maxNodes = 50

// Moving reports whether nodes are about to turn to it, so that the page looks often.
func (s served) Moving() bool {
	return slices.ContainsFunc(s.Gateways, func(g arriving) bool {
		return !g.Due.IsZero() || slices.ContainsFunc(g.Nodes, func(n v1.NodeProgress) bool { return n.State == "sent" })
	})
}

// stagePage is the page of a stage: what it serves, and how far that has come to the nodes.
func stagePage(v *page.Visit) error {
	id, name := v.PathValue("api"), v.PathValue("stage")
	s := served{May: v.Who.Rights.MayAPI(auth.Deploy, id), MayBind: v.MayBind(id), MayPin: v.MayGateways(auth.Deploy)}
	var bindings v1.Bindings
	var pending v1.PendingStages
	var progress v1.StageProgress
	if err := errors.Join(
		v.API.Get(&s.API, "apis", id), v.API.Get(&s.Stage, "apis", id, "stages", name), v.API.List(&bindings, []string{"api", id}, "bindings"),
		v.API.Get(&pending, "apis", id, "pending"), v.API.Get(&progress, "apis", id, "stages", name, "progress"),
	); err != nil {
		return err
	}
	s.Bindings = v.Bound(slices.DeleteFunc(bindings.Items, func(b v1.Binding) bool { return b.Stage != "" && b.Stage != name }))
	for i, waits := range pending.Items {
		if waits.Stage == name {
			s.Waits = &pending.Items[i]
		}
	}
	for _, g := range progress.Gateways {
		s.Gateways = append(s.Gateways, arrivingOf(g))
	}
	if err := v.API.Get(&s.Serves, "apis", id, "deployments", s.Stage.Deployment); err != nil {
		return err
	}
	if before := v.FormValue("before"); before != "" && before != s.Serves.ID {
		var known v1.Deployment
		if v.API.Get(&known, "apis", id, "deployments", before) == nil { // it may be gone
			s.Before = &known
		}
	}
	return v.Show(http.StatusOK, templates["stage.html"], s)
}

// arrivingOf is a progress with the nodes that matter first.
func arrivingOf(g v1.GatewayProgress) arriving {
	a := arriving{GatewayProgress: g, Shown: slices.Clone(g.Nodes)}
	slices.SortStableFunc(a.Shown, func(a, b v1.NodeProgress) int { return rank(a) - rank(b) })
	if a.More = max(0, len(a.Shown)-maxNodes); a.More > 0 {
		a.Shown = a.Shown[:maxNodes]
	}
	return a
}

// rank is 0 for nodes that people want to see first.
func rank(n v1.NodeProgress) int {
	switch n.State {
	case "refused":
		return 0
	case "sent":
		return 1
	case "held":
		return 2
	case "lost":
		return 3
	default:
		return 4
	}
}
