// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"bytes"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"gatewayresponses/internal/store"
)

// apis is how many APIs the store of a benchmark has, each with three records.
const apis = 10_000

// Benchmark measures a store of 10,000 APIs: changes and reads, of one caller and of many.
func Benchmark(b *testing.B, s store.Store) {
	b.Helper()
	fillAPIs(b, s)
	var made atomic.Int64
	write := func(b *testing.B) {
		err := s.Change(b.Context(), func(w store.Writer) error {
			api := apiName(int(made.Add(1)) % apis)
			record, err := w.Get(store.Key{Kind: "response", Scope: api, Name: "THROTTLED"})
			if err != nil {
				return err
			}
			if err := w.Update(record); err != nil {
				return err
			}
			_, err = w.Append("audit", record.Body)
			return err
		})
		if err != nil {
			b.Error(err)
		}
	}
	get := func(b *testing.B) {
		err := s.View(b.Context(), func(r store.Reader) error {
			_, err := r.Get(store.Key{Kind: "response", Scope: apiName(int(made.Add(1)) % apis), Name: "THROTTLED"})
			return err
		})
		if err != nil {
			b.Error(err)
		}
	}
	for name, act := range map[string]func(*testing.B){"change": write, "get": get} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				act(b)
			}
		})
		b.Run(name+" by 16", func(b *testing.B) {
			b.SetParallelism(8)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					act(b)
				}
			})
		})
	}
	b.Run("list 25 of 10000", func(b *testing.B) {
		for b.Loop() {
			view(b, s, func(r store.Reader) error {
				_, err := r.List("api", "", apiName(5000), 25)
				return err
			})
		}
	})
	b.Run("all 10000", func(b *testing.B) {
		for b.Loop() {
			view(b, s, func(r store.Reader) error {
				_, err := r.All("response")
				return err
			})
		}
	})
	b.Run("note", func(b *testing.B) {
		for b.Loop() {
			if err := s.PutNote(b.Context(), note("g", "n", `{"state":"acknowledged"}`, time.Minute)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func apiName(i int) string { return fmt.Sprintf("api%06d", i) }

// fillAPIs makes APIs, each with a response and a stage, of 500 bytes a record.
func fillAPIs(b *testing.B, s store.Store) {
	b.Helper()
	body := append(append([]byte(`{"x":"`), bytes.Repeat([]byte("x"), 490)...), `"}`...)
	err := s.Change(b.Context(), func(w store.Writer) error {
		for i := range apis {
			for _, key := range []store.Key{{Kind: "api", Name: apiName(i)}, {Kind: "response", Scope: apiName(i), Name: "THROTTLED"}, {Kind: "stage", Scope: apiName(i), Name: "prod"}} {
				if err := w.Insert(store.Record{Key: key, Body: body}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
