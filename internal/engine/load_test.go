// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strconv"
	"testing"

	"gatewayresponses/internal/growth"
	"gatewayresponses/internal/manyapis"
)

// manyAPIs are the documents of many APIs, by how much their entries have in common.
var manyAPIs = []struct {
	entries  string
	document func(n int) []byte
}{
	{"equal", manyapis.Equal},
	{"different", manyapis.Different},
}

// BenchmarkLoad loads documents of 18 KiB, and of 1,000 APIs.
func BenchmarkLoad(b *testing.B) {
	for _, kind := range manyAPIs {
		for _, n := range []int{38, 1000} {
			text := kind.document(n)
			b.Run(kind.entries+"/"+strconv.Itoa(n), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Load(text, Everything())
				}
			})
		}
	}
}

// TestLoadManyAPIs holds that a document of many APIs has no findings, and that loading one grows as their number.
func TestLoadManyAPIs(t *testing.T) {
	for _, kind := range manyAPIs {
		t.Run(kind.entries, func(t *testing.T) {
			if _, findings := Load(kind.document(1000), Everything()); len(findings) > 0 {
				t.Errorf("%d findings, the first is %s", len(findings), findings[0])
			}
			growth.Check(t, "loading", func(size int) func() {
				text := kind.document(size / manyapis.Size)
				return func() { Load(text, Everything()) }
			})
		})
	}
}
