// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
)

// TestKeyOrder holds that objects carry no order: Kubernetes, for one, shuffles their keys. The replies to every case are
// the same, header lines in the same order included.
func TestKeyOrder(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	samples, err := filepath.Glob("../../config/*.json")
	if err != nil || len(samples) < 2 {
		t.Fatalf("config has %d sample documents, %v", len(samples), err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			keyOrder(t, c.Document, c.Facts, random)
			for _, path := range samples {
				sample, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				keyOrder(t, sample, c.Facts, random)
			}
		})
	}
}

// keyOrder compares what a client sees with a document, and with the same one in other orders.
func keyOrder(t *testing.T, document []byte, f facts.Facts, random *rand.Rand) {
	t.Helper()
	want := outcome(t, document, f)
	for range 5 {
		other := shuffled(t, document, random)
		if diff := cmp.Diff(want, outcome(t, other, f)); diff != "" {
			t.Errorf("with the keys shuffled (-want +got):\n%s\n%s", diff, other)
		}
	}
}

// reply is all that a client sees.
type reply struct {
	Status  int
	Headers facts.Headers
	Body    string
}

// outcome is what a client sees with a document.
func outcome(t *testing.T, document []byte, f facts.Facts) reply {
	t.Helper()
	program, findings := Load(document, Everything())
	if program == nil {
		t.Fatalf("the document is refused:\n%s\n%s", findings, document)
	}
	status, headers, body, _ := answer(program, f)
	return reply{status, headers, string(body)}
}

// shuffled is the document with the keys of every object in another order.
func shuffled(t *testing.T, document []byte, random *rand.Rand) []byte {
	t.Helper()
	var value any
	if err := json.Unmarshal(document, &value); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	writeShuffled(&b, value, random)
	return []byte(b.String())
}

// writeShuffled writes a value as JSON.
func writeShuffled(b *strings.Builder, value any, random *rand.Rand) {
	switch value := value.(type) {
	case map[string]any:
		keys := slices.Sorted(maps.Keys(value))
		random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		for i, key := range keys {
			b.WriteString(separator(i, "{") + literal(key) + ":")
			writeShuffled(b, value[key], random)
		}
		b.WriteString(ending(len(keys), "{", "}"))
	case []any:
		for i, element := range value {
			b.WriteString(separator(i, "["))
			writeShuffled(b, element, random)
		}
		b.WriteString(ending(len(value), "[", "]"))
	default:
		b.WriteString(literal(value))
	}
}

// separator stands before element i.
func separator(i int, open string) string {
	if i == 0 {
		return open
	}
	return ","
}

// ending ends n elements.
func ending(n int, open, end string) string {
	if n == 0 {
		return open + end
	}
	return end
}

// literal writes a scalar.
func literal(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // values that were decoded can be encoded
	}
	return string(text)
}
