// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"cmp"
	"slices"
	"strings"
)

// rank says how closely a host is named: of two bindings that take one host, that with the lower rank is closer.
type rank int

// The ranks of exact hosts and of every host. In between are those of wildcards: the more labels, the closer. Two wildcards with as many
// labels take no host in common, unless they are equal.
const (
	exact rank = iota
	wildcards
	everyHost rank = 1 << 20
)

// rankOf is the rank of a binding's host.
func rankOf(host string) rank {
	switch {
	case host == "":
		return everyHost
	case strings.HasPrefix(host, "*."):
		// A name has 255 bytes at most.
		return wildcards + rank(max(0, 1000-strings.Count(host, ".")))
	default:
		return exact
	}
}

// routes are the routes of all stages, in the order in which they are tried: exact hosts, wildcards, every host; there the longest
// prefix first; then by name.
func (in Input) routes() []route {
	var all []route
	for i := range in.Stages {
		all = append(all, in.Stages[i].routes()...)
	}
	slices.SortFunc(all, func(a, b route) int { return cmp.Or(a.compare(b), cmp.Compare(a.name, b.name)) })
	return all
}

// routes are the routes of a stage. Bindings that differ in hosts of one rank alone share one.
func (s *Stage) routes() []route {
	bindings := slices.SortedFunc(slices.Values(s.Bindings), func(a, b Binding) int {
		return cmp.Or(s.alone(a).compare(s.alone(b)), cmp.Compare(a.Prefix, b.Prefix), cmp.Compare(btoi(a.Inherit), btoi(b.Inherit)), cmp.Compare(a.Host, b.Host))
	})
	var all []route
	for _, b := range slices.Compact(bindings) {
		next := s.alone(b)
		if last := len(all) - 1; last >= 0 && all[last].rank == next.rank && all[last].prefix == next.prefix && all[last].inherit == next.inherit {
			all[last].hosts = append(all[last].hosts, next.hosts...)
			continue
		}
		if next.name = s.Title(); len(all) > 0 {
			next.name += "@" + cmp.Or(b.Host, "*") + cmp.Or(b.Prefix, "/")
		}
		all = append(all, next)
	}
	return all
}

// alone is the route of one binding.
func (s *Stage) alone(b Binding) route {
	r := route{stage: s, rank: rankOf(b.Host), prefix: b.Prefix, inherit: b.Inherit}
	if b.Host != "" {
		r.hosts = []string{b.Host}
	}
	return r
}

// compare orders routes by how closely they name requests.
func (r route) compare(other route) int {
	return cmp.Or(cmp.Compare(r.rank, other.rank), cmp.Compare(len(other.prefix), len(r.prefix)))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
