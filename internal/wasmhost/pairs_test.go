// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
)

func TestDecodePairs(t *testing.T) {
	many := make(facts.Headers, maxPairs+1)
	for _, tc := range []struct {
		name string
		text string
		want facts.Headers
		err  string
	}{
		{name: "no bytes", text: ""},
		{name: "no pairs", text: "\x00\x00\x00\x00"},
		{
			name: "two", text: "\x02\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00a\x00bc\x00\x00d\x00",
			want: facts.Headers{{Name: "a", Value: "bc"}, {Name: "", Value: "d"}},
		},
		{name: "half a number", text: "\x00\x00", err: "the lengths do not fit the data"},
		{name: "no lengths", text: "\x01\x00\x00\x00", err: "the lengths do not fit the data"},
		{name: "a length too long", text: "\x01\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xffa\x00b\x00", err: "the lengths do not fit the data"},
		{name: "no zero byte", text: "\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00aab\x00", err: "the lengths do not fit the data"},
		{name: "a byte too many", text: "\x00\x00\x00\x00x", err: "the lengths do not fit the data"},
		{name: "the most pairs", text: string(encodePairs(many[:maxPairs])), want: many[:maxPairs]},
		{name: "too many pairs", text: string(encodePairs(many)), err: "1025 pairs, at most 1024 are allowed"},
		{
			name: "too many bytes", text: string(encodePairs(facts.Headers{{Name: strings.Repeat("a", maxPairsBytes)}})),
			err: "1048590 bytes, at most 1048576 are allowed",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := decodePairs(tc.text)
			switch {
			case tc.err != "" && (err == nil || err.Error() != tc.err):
				t.Errorf("decodePairs = %v, want %q", err, tc.err)
			case tc.err == "" && (err != nil || !slices.Equal(tc.want, got)):
				t.Errorf("decodePairs = %q, %v, want %q", got, err, tc.want)
			}
		})
	}
}

// FuzzPairs holds that what decodes has one encoding, and that what is encoded decodes to itself.
func FuzzPairs(f *testing.F) {
	f.Add("", "a", "b")
	f.Add("\x00\x00\x00\x00", "", "")
	f.Add("\x02\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00a\x00bc\x00\x00d\x00", "x-a", "\x00")
	f.Add("\x01\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xffa\x00b\x00", ":status", "200")
	f.Fuzz(func(t *testing.T, encoded, name, value string) {
		if len(encoded)+len(name)+len(value) > 4096 {
			return
		}
		pairs, err := decodePairs(encoded)
		if err == nil && encoded != "" && string(encodePairs(pairs)) != encoded {
			t.Errorf("encodePairs(decodePairs(%q)) = %q", encoded, encodePairs(pairs))
		}
		if err != nil && pairs != nil {
			t.Errorf("decodePairs(%q) = %q, %v, want no pairs with an error", encoded, pairs, err)
		}
		want := slices.Concat(pairs, facts.Headers{{Name: name, Value: value}})
		got, err := decodePairs(string(encodePairs(want)))
		if err != nil || !slices.Equal(want, got) {
			t.Errorf("decodePairs(encodePairs(%q)) = %q, %v", want, got, err)
		}
	})
}
