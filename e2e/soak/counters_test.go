// SPDX-License-Identifier: Apache-2.0

//go:build soak

package soak

import (
	"bytes"
	"regexp"
	"strconv"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// counters are the counters of which each error moves one.
var counters = regexp.MustCompile(`(?m)^wasmcustom\.gateway_responses\.(left\.\w+|[A-Z]\w*\.\w+): (\d+)$`)

// counted is how many replies the filter says that it has replaced and left.
func counted(t *testing.T, p *envoytest.Proxy) (replaced, left int) {
	t.Helper()
	page, err := p.Envoy.Ask("/stats?filter=^wasmcustom")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range counters.FindAllSubmatch(page, -1) {
		n, err := strconv.Atoi(string(found[2]))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(found[1], []byte("left.")) {
			left += n
		} else {
			replaced += n
		}
	}
	return replaced, left
}
