// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/pathtemplate"
	"gatewayresponses/internal/quote"
)

// unreachableRoutes looks for routes whose match takes no request, because that of an earlier one takes all that it would.
func unreachableRoutes(s *subject, report report) {
	c := &comparer{maxComparisons}
	for i := range s.document.Routes {
		route := &s.document.Routes[i]
		if route.Match == nil {
			continue // metadata alone reaches it
		}
		for j := range i {
			if earlier := &s.document.Routes[j]; earlier.Match != nil && c.coversMatch(earlier.Match, route.Match) {
				report(whole(route.Name), "the match of "+quote.Text(route.Name.Value)+" takes no request: "+quote.Text(earlier.Name.Value)+
					" in front of it takes all that it would; move it in front, or remove it")
				break
			}
		}
		if c.isOver() {
			return
		}
	}
}

// coversMatch reports whether a match takes all requests that another one takes.
func (c *comparer) coversMatch(wide, narrow *config.Match) bool {
	c.left--
	return covered(c, wide.RouteNames, narrow.RouteNames, coversGlob) &&
		covered(c, wide.VirtualHosts, narrow.VirtualHosts, coversGlob) &&
		covered(c, wide.Hosts, narrow.Hosts, coversHost) &&
		covered(c, wide.Methods, narrow.Methods, isSame) &&
		coversPaths(wide, narrow) &&
		c.coversMetadata(wide.Metadata, narrow.Metadata)
}

// coversPaths reports whether the path and the prefix of a match take all paths that those of another one take.
func coversPaths(wide, narrow *config.Match) bool {
	if wide.Path.Value != "" && (narrow.Path.Value == "" || !coversPath(wide.Path.Value, narrow.Path.Value)) {
		return false
	}
	if wide.PathPrefix.Value == "" {
		return true
	}
	prefix := pathtemplate.PrefixOf(wide.PathPrefix.Value)
	if narrow.PathPrefix.Value != "" && pathtemplate.PrefixOf(narrow.PathPrefix.Value).HasPrefix(prefix) {
		return true
	}
	if narrow.Path.Value == "" {
		return false
	}
	template, problem := pathtemplate.Parse(narrow.Path.Value)
	return problem == nil && template.Literal().HasPrefix(prefix)
}

// coversMetadata reports whether each condition on metadata holds whenever all those of another match do.
func (c *comparer) coversMetadata(wide, narrow []config.MetadataMatch) bool {
	if len(wide) == 0 || len(narrow) == 0 {
		return len(wide) == 0
	}
	return covered(c, narrow, wide, func(n, w config.MetadataMatch) bool {
		return slices.Equal(w.Keys, n.Keys) && coversGlob(w.Glob, n.Glob)
	})
}
