// SPDX-License-Identifier: Apache-2.0

//go:build soak

package soak

import (
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// moved are the counters of which each error moves one, by their names in docs/observability.md.
var moved = regexp.MustCompile(`^(left\.\w+|[A-Z]\w*\.\w+)$`)

// counted is how many replies the filter says that it has replaced and left.
func counted(t *testing.T, p *envoytest.Proxy) (replaced, left int) {
	t.Helper()
	for name, n := range p.Counters(t) {
		switch {
		case !moved.MatchString(name):
		case strings.HasPrefix(name, "left."):
			left += n
		default:
			replaced += n
		}
	}
	return replaced, left
}
