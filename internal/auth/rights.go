// SPDX-License-Identifier: Apache-2.0

// Package auth says who may do what: roles, what they reach, access keys and
// how their secrets are kept.
package auth

import "gatewayresponses/internal/glob"

// Role is what a caller may do; each includes the ones before it.
type Role string

// The roles.
const (
	// Read sees everything but secrets.
	Read Role = "read"
	// Edit changes working copies.
	Edit Role = "edit"
	// Deploy makes deployments, stages, mappings and revisions; pins and switches.
	Deploy Role = "deploy"
	// Admin changes gateways, keys and who may do what.
	Admin Role = "admin"
)

var rank = map[Role]int{Read: 1, Edit: 2, Deploy: 3, Admin: 4}

// Rights are a role, and what it is for.
type Rights struct {
	Role Role `json:"role"`
	// APIs are globs of ids of APIs; none is all.
	APIs []string `json:"apis,omitempty"`
	// Hosts are globs of domain names; none is no host, unless the role is Admin.
	Hosts []string `json:"hosts,omitempty"`
}

// May reports whether the rights include a role, on whatever they are for.
func (r Rights) May(role Role) bool { return rank[r.Role] >= rank[role] && rank[role] > 0 }

// MayAPI reports whether the rights include a role on an API.
func (r Rights) MayAPI(role Role, api string) bool {
	return r.May(role) && (len(r.APIs) == 0 || matches(r.APIs, api))
}

// MayHost reports whether the rights include a role on a host.
func (r Rights) MayHost(role Role, host string) bool {
	return r.May(role) && (matches(r.Hosts, host) || r.Role == Admin && len(r.Hosts) == 0)
}

func matches(globs []string, name string) bool {
	for _, g := range globs {
		if glob.Match(g, name) {
			return true
		}
	}
	return false
}
