// SPDX-License-Identifier: Apache-2.0

package facts

import (
	"strconv"
	"testing"
)

func TestStatusText(t *testing.T) {
	for status := -1; status < 1100; status++ {
		if got, want := StatusText(status), strconv.Itoa(status); got != want {
			t.Errorf("StatusText(%d) = %q, want %q", status, got, want)
		}
	}
	if got := testing.AllocsPerRun(10, func() { StatusText(503) }); got != 0 {
		t.Errorf("allocations of StatusText(503) = %v, want 0", got)
	}
}
