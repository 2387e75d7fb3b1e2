// SPDX-License-Identifier: Apache-2.0

package check_test

import (
	"testing"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/manyapis"
	"gatewayresponses/internal/source"
)

// BenchmarkRead is gwr validate of a document of a hundred APIs, without the start of a process.
func BenchmarkRead(b *testing.B) {
	text := manyapis.Different(100)
	b.ReportAllocs()
	for b.Loop() {
		document, found := source.Read("gwr.json", text)
		if checked := check.Read(document); checked.Program == nil {
			b.Fatal(found, checked.Findings)
		}
	}
}
