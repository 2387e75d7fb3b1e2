// SPDX-License-Identifier: Apache-2.0

package facts

import (
	"slices"
	"testing"
)

func TestHeadersOf(t *testing.T) {
	got := HeadersOf(map[string][]string{"Vary": {"Accept", "Origin"}, "Age": {"1"}, "X-None": nil})
	if want := (Headers{{"age", "1"}, {"vary", "Accept"}, {"vary", "Origin"}}); !slices.Equal(got, want) {
		t.Errorf("HeadersOf = %v, want %v", got, want)
	}
}
