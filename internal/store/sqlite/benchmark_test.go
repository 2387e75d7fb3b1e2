// SPDX-License-Identifier: Apache-2.0

package sqlite_test

import (
	"testing"

	"gatewayresponses/internal/store/storetest"
)

func BenchmarkStore(b *testing.B) {
	storetest.Benchmark(b, storetest.New(b))
}
