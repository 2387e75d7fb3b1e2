// SPDX-License-Identifier: Apache-2.0

package base

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// reviewPage is what the page shows that asks before a base document is in force.
type reviewPage struct {
	Gateway v1.Gateway
	// ETag is the version that the text is for.
	ETag string
	// Nodes is how many nodes would get it.
	Nodes int
	v1.DryRun
	// Answer is the document that would be.
	Answer v1.BaseDocument `json:"answer"`
}

// IsHeld reports whether clients would not see it at once.
func (p reviewPage) IsHeld() bool {
	return slices.ContainsFunc(p.Gateways, func(g v1.GatewayOutcome) bool { return len(g.Held) > 0 })
}

// review asks what would become of a change of a base document, and shows it. path leads to what is changed, behind the gateway.
func review(v *page.Visit, method string, in any, path ...string) error {
	gateway := v.PathValue("gateway")
	shown := reviewPage{ETag: v.PostForm.Get("etag")}
	var nodes v1.Nodes
	if err := errors.Join(
		v.API.IfMatch(shown.ETag).Try(method, in, &shown, append([]string{"gateways", gateway}, path...)...),
		v.API.Get(&shown.Gateway, "gateways", gateway), v.API.Get(&nodes, "gateways", gateway, "nodes"),
	); err != nil {
		return err
	}
	shown.Nodes = nodes.Connected()
	return v.Show(http.StatusOK, templates["review.html"], shown)
}

// save puts the document in force that a review has shown.
func save(v *page.Visit) error {
	gateway, raw := v.PathValue("gateway"), page.UnixLines(v.PostForm.Get("raw"))
	err := v.API.IfMatch(v.PostForm.Get("etag")).Do(http.MethodPut, map[string]string{"text": raw}, nil, "gateways", gateway, "base")
	if err != nil {
		return notSaved(v, raw, documentShown, err)
	}
	return v.Redirect("/console/gateways/" + url.PathEscape(gateway))
}
