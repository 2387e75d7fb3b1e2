// SPDX-License-Identifier: Apache-2.0

// Package base is the pages of the base document of a gateway: what it answers for each type, the editors of one entry and of the whole text,
// types of one's own, and the page that asks before anything is in force.
package base

import (
	"embed"
	"errors"
	"net/http"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

//go:embed pages/*.html
var files embed.FS

var templates = page.Parse(files)

// Pages are the pages of this room.
func Pages() page.Routes {
	return page.Routes{
		"GET /console/gateways/{gateway}/base":                   responses,
		"POST /console/gateways/{gateway}/base":                  save,
		"GET /console/gateways/{gateway}/base/document":          editDocument,
		"POST /console/gateways/{gateway}/base/document":         reviewDocument,
		"GET /console/gateways/{gateway}/base/responses/{type}":  editResponse,
		"POST /console/gateways/{gateway}/base/responses/{type}": reviewResponse,
		"GET /console/gateways/{gateway}/base/own":               newType,
		"POST /console/gateways/{gateway}/base/own":              reviewType,
	}
}

// responsesPage is what the page of a base document shows.
type responsesPage struct {
	Gateway v1.Gateway
	// AWS and Own are the answers for AWS's types, and for those of the document.
	AWS, Own []v1.BaseResponse
	// Customised is how many types of AWS have an entry.
	Customised int
	// May reports whether the caller may change it. Nobody may where files say it.
	May bool
}

// responses is the page of a base document: what it answers for each type.
func responses(v *page.Visit) error {
	gateway := v.PathValue("gateway")
	var shown responsesPage
	var all v1.BaseResponses
	if err := errors.Join(v.API.Get(&shown.Gateway, "gateways", gateway), v.API.Get(&all, "gateways", gateway, "base", "responses")); err != nil {
		return err
	}
	shown.May = may(v, shown.Gateway)
	for _, r := range all.Items {
		if r.IsOwn() {
			shown.Own = append(shown.Own, r)
			continue
		}
		shown.AWS = append(shown.AWS, r)
		if r.State == "customised" {
			shown.Customised++
		}
	}
	return v.Show(http.StatusOK, templates["responses.html"], shown)
}

// may reports whether the caller may change the base document of a gateway.
func may(v *page.Visit, g v1.Gateway) bool { return g.Files == "" && v.MayGateways(auth.Admin) }
