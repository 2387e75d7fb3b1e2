// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"testing"

	"gatewayresponses/internal/classify"
)

// TestRows: a mapper can ask for every row of the tables.
func TestRows(t *testing.T) {
	for _, row := range classify.Rows() {
		for _, spelling := range spellings(row.Row) {
			if _, ok := expressionOf(spelling); !ok {
				t.Errorf("no expression for %q", spelling)
			}
		}
	}
}
