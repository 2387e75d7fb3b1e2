// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgres_test

import (
	"testing"

	"gatewayresponses/internal/store/postgrestest"
	"gatewayresponses/internal/store/storetest"
)

func BenchmarkStore(b *testing.B) {
	storetest.Benchmark(b, open(b, migrated(b, postgrestest.Start(b))))
}
