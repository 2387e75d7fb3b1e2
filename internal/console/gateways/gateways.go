// SPDX-License-Identifier: Apache-2.0

// Package gateways is the pages of what gateways do: their state, their revisions, and taking them back or switching them off.
package gateways

import (
	"embed"

	"gatewayresponses/internal/console/page"
)

//go:embed pages/*.html
var files embed.FS

var templates = page.Parse(files)

// Pages are the pages of this room.
func Pages() page.Routes {
	return page.Routes{
		"GET /console/{$}":                            overview,
		"GET /console/gateways/{gateway}":             history,
		"GET /console/gateways/{gateway}/diff":        differences,
		"GET /console/gateways/{gateway}/pin":         pinPage,
		"POST /console/gateways/{gateway}/pin":        pin,
		"GET /console/gateways/{gateway}/release":     releasePage,
		"POST /console/gateways/{gateway}/release":    release,
		"GET /console/gateways/{gateway}/switch":      switchPage,
		"POST /console/gateways/{gateway}/switch":     putSwitch,
		"GET /console/gateways/{gateway}/switch/end":  endSwitchPage,
		"POST /console/gateways/{gateway}/switch/end": endSwitch,
		"GET /console/gateways/{gateway}/consent":     consentPage,
		"POST /console/gateways/{gateway}/consent":    consent,
		"GET /console/gateways/{gateway}/rollout":     rolloutPage,
		"POST /console/gateways/{gateway}/rollout":    steerRollout,
		"GET /console/apis/{api}/switch":              switchPage,
		"POST /console/apis/{api}/switch":             putSwitch,
		"GET /console/apis/{api}/switch/end":          endSwitchPage,
		"POST /console/apis/{api}/switch/end":         endSwitch,
	}
}
