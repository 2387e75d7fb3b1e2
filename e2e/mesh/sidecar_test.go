// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"net/http"
	"slices"
	"testing"

	"gatewayresponses/e2e/deploytest"
)

// TestSidecar sends requests to a workload through its sidecar: the filter sees what the sidecar refuses and what the workload does
// not answer, and leaves what the workload says.
func TestSidecar(t *testing.T) {
	img := deploytest.Publish(t)
	for _, file := range []string{"wasmplugin.yaml", "envoyfilter.yaml"} {
		t.Run(file, func(t *testing.T) {
			s := start(t, sidecar, emitted(t, file, slices.Concat(onShop, img.Flags())...))
			if r := s.get(t, "/pets", good); r.Status != http.StatusOK {
				t.Errorf("a good request: %d %s", r.Status, r.Body)
			}
			first := file == "envoyfilter.yaml"
			checkSeen(t, s.get(t, "/pets", bad), "a token that is not good", true, 401, 401)
			checkSeen(t, s.get(t, "/private", nil), "no token", true, 403, 401)
			checkSeen(t, s.get(t, "/custom", good), "CUSTOM authorization denies", first, 403, 403)
			checkSeen(t, s.get(t, "/broken", good), "a workload that breaks off", true, 503, 503)
			checkSeen(t, s.get(t, "/pets/missing", good), "the workload's own error", false, 404, 404)
			if first {
				checkDoctor(t, s)
			} else {
				checkDoctor(t, s, notFirst)
			}
		})
	}
}
