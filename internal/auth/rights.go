// SPDX-License-Identifier: Apache-2.0

// Package auth says who may do what: roles, what they reach, access keys and
// how their secrets are kept.
package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/glob"
)

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
	// Also are further rights, of a person who is in several groups. They have none of their own, and keys have none.
	Also []Rights `json:"also,omitempty"`
}

// Union is the rights to do whatever one of several lets somebody do, the one with the greatest role first. It leaves out what is part of
// another.
func Union(all ...Rights) Rights {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Rights) int { return rank[b.Role] - rank[a.Role] })
	var kept []Rights
	for _, r := range all {
		if !slices.ContainsFunc(kept, func(k Rights) bool { return k.Lacks(r) == "" }) {
			kept = slices.DeleteFunc(kept, func(k Rights) bool { return r.Lacks(k) == "" })
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return Rights{}
	}
	union := kept[0]
	if len(kept) > 1 {
		union.Also = kept[1:]
	}
	return union
}

// Parts are the rights one by one, each without any other.
func (r Rights) Parts() []Rights {
	parts := append([]Rights{r}, r.Also...)
	for i := range parts {
		parts[i].Also = nil
	}
	return parts
}

// any reports whether a part of the rights includes a role and is for something.
func (r Rights) any(role Role, isFor func(Rights) bool) bool {
	includes := func(part Rights) bool { return rank[part.Role] >= rank[role] && rank[role] > 0 && isFor(part) }
	return includes(r) || slices.ContainsFunc(r.Also, includes)
}

// May reports whether the rights include a role, on whatever they are for.
func (r Rights) May(role Role) bool { return r.any(role, func(Rights) bool { return true }) }

// MayAPI reports whether the rights include a role on an API.
func (r Rights) MayAPI(role Role, api string) bool {
	return r.any(role, func(part Rights) bool { return len(part.APIs) == 0 || matches(part.APIs, api) })
}

// MayAllAPIs reports whether the rights include a role on all APIs, those to come, too.
func (r Rights) MayAllAPIs(role Role) bool {
	return r.any(role, func(part Rights) bool { return len(part.APIs) == 0 })
}

// MayHost reports whether the rights include a role on a host.
func (r Rights) MayHost(role Role, host string) bool {
	return r.any(role, func(part Rights) bool { return part.allHosts() || matches(part.Hosts, host) })
}

// MayAnyHost reports whether the rights include a role on one host at least.
func (r Rights) MayAnyHost(role Role) bool {
	return r.any(role, func(part Rights) bool { return part.allHosts() || len(part.Hosts) > 0 })
}

func matches(globs []string, name string) bool {
	for _, g := range globs {
		if glob.Match(g, name) {
			return true
		}
	}
	return false
}

// Everything is all rights that there are.
func Everything() Rights { return Rights{Role: Admin} }

// allHosts reports whether one part of rights is for every host.
func (r Rights) allHosts() bool { return r.Role == Admin && len(r.Hosts) == 0 }

// Lacks says in words what of other is not among the rights; nothing if other is part of them. Each part of other has to be in one part.
func (r Rights) Lacks(other Rights) string {
	for _, theirs := range other.Parts() {
		lacks := ""
		for i, ours := range r.Parts() {
			lack := ours.lacks(theirs)
			if lack == "" {
				lacks = ""
				break
			}
			if i == 0 {
				lacks = lack
			}
		}
		if lacks != "" {
			return lacks
		}
	}
	return ""
}

// lacks says what one part of rights lacks of another.
func (r Rights) lacks(other Rights) string {
	if rank[r.Role] < rank[other.Role] || rank[other.Role] == 0 {
		return fmt.Sprintf("the role %s", other.Role)
	}
	if len(r.APIs) > 0 {
		if len(other.APIs) == 0 {
			return "all APIs"
		}
		for _, api := range other.APIs {
			if !matches(r.APIs, api) { // a star in api is matched by nothing but a star
				return fmt.Sprintf("APIs %q", api)
			}
		}
	}
	if r.allHosts() {
		return ""
	}
	if other.allHosts() {
		return "all hosts"
	}
	for _, host := range other.Hosts {
		if !matches(r.Hosts, host) {
			return fmt.Sprintf("hosts %q", host)
		}
	}
	return ""
}

const (
	// maxGlobs is how many globs of APIs, and of hosts, rights may have.
	maxGlobs = 100
	// maxGlob is how long each may be, in bytes: as a domain name.
	maxGlob = 253
)

// Check says what is wrong with rights that somebody wrote.
func (r Rights) Check() error {
	if rank[r.Role] == 0 {
		return fmt.Errorf("the role %q is none of %s, %s, %s and %s", r.Role, Read, Edit, Deploy, Admin)
	}
	if err := checkGlobs("apis", r.APIs); err != nil {
		return err
	}
	if err := checkGlobs("hosts", r.Hosts); err != nil {
		return err
	}
	if len(r.Also) > 0 {
		return errors.New("also is for people who are in several groups; make a key for each of the rights")
	}
	for _, host := range r.Hosts {
		if lower := strings.ToLower(host); lower != host {
			return fmt.Errorf("hosts: domain names are in lower case: %q, not %q", lower, host)
		}
	}
	return nil
}

func checkGlobs(name string, globs []string) error {
	if len(globs) > maxGlobs {
		return fmt.Errorf("%s has %d globs, at most %d are allowed", name, len(globs), maxGlobs)
	}
	for _, g := range globs {
		if g == "" || len(g) > maxGlob {
			return fmt.Errorf("%s: a glob has 1 to %d bytes, not %d", name, maxGlob, len(g))
		}
	}
	return nil
}
