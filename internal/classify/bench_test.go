// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"testing"

	"gatewayresponses/internal/facts"
)

func BenchmarkClassify(b *testing.B) {
	for _, bench := range []struct{ name, details string }{
		{"first row", "via_upstream"},
		{"a row in the middle", "route_not_found"},
		{"no row", "something_that_no_row_knows"},
		{"white space", "OAuth2 secrets are not ready"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			reply := facts.Reply{Status: 404, Details: bench.details, Owner: "router"}
			b.ReportAllocs()
			for b.Loop() {
				Classify(&reply, Envoy)
			}
		})
	}
}
