// SPDX-License-Identifier: Apache-2.0

package abi

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/growth"
)

// onePair is the header map with the line "ab: c".
var onePair = []byte("\x01\x00\x00\x00" + "\x02\x00\x00\x00" + "\x01\x00\x00\x00" + "ab\x00" + "c\x00")

func TestEncodePairs(t *testing.T) {
	if diff := cmp.Diff(onePair, EncodePairs(facts.Headers{{Name: "ab", Value: "c"}})); diff != "" {
		t.Errorf(`EncodePairs("ab: c") (-want +got):`+"\n%s", diff)
	}
}

func TestDecodePairs(t *testing.T) {
	tests := []struct {
		name    string
		encoded []byte
		want    facts.Headers
		err     error
	}{
		{name: "nothing"},
		{name: "no lines", encoded: make([]byte, 4), want: facts.Headers{}},
		{name: "one line", encoded: onePair, want: facts.Headers{{Name: "ab", Value: "c"}}},
		{name: "empty value", encoded: EncodePairs(facts.Headers{{Name: "ab"}}), want: facts.Headers{{Name: "ab"}}},
		{name: "count cut off", encoded: onePair[:3], err: errPairs},
		{name: "sizes cut off", encoded: onePair[:11], err: errPairs},
		{name: "text cut off", encoded: onePair[:16], err: errPairs},
		{name: "text behind the end", encoded: append(bytes.Clone(onePair), 0), err: errPairs},
		{name: "more lines than bytes", encoded: []byte("\xff\xff\xff\xff"), err: errPairs},
		{name: "name longer than the rest", encoded: changed(onePair, 7, 0xff), err: errPairs},
		{name: "value longer than the rest", encoded: changed(onePair, 8, 3), err: errPairs},
		{name: "no 0 behind the name", encoded: changed(onePair, 14, 'x'), err: errPairs},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := DecodePairs(test.encoded)
			if !errors.Is(err, test.err) {
				t.Errorf("DecodePairs(%q) error = %v, want %v", test.encoded, err, test.err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("DecodePairs(%q) (-want +got):\n%s", test.encoded, diff)
			}
		})
	}
}

func TestMember(t *testing.T) {
	list := string(EncodePairs(facts.Headers{{Name: "a"}, {Name: "b"}}))
	object := string(EncodePairs(facts.Headers{{Name: "k", Value: "v"}, {Name: "1", Value: "w"}}))
	for _, tc := range []struct {
		name, key, want string
		encoded         string
	}{
		{"a member", "k", "v", object},
		{"a member that is called as a place", "1", "w", object},
		{"no such member", "x", "", object},
		{"an object has no places", "0", "", object},
		{"an element", "1", "b", list},
		{"no such element", "2", "", list},
		{"none before the first", "-1", "", list},
		{"a text", "k", "", "some text that is no list"},
		{"a number", "0", "", "\x00\x00\x00\x00\x00\x00\x00\x01"},
		{"nothing", "0", "", ""},
		{"no key", "", "", object},
		{"an object that is cut off", "k", "", object[:len(object)-1]},
		{"text behind an object", "k", "", object + "x"},
	} {
		if got := string(Member([]byte(tc.encoded), tc.key)); got != tc.want {
			t.Errorf("%s: member %q is %q, want %q", tc.name, tc.key, got, tc.want)
		}
	}
}

// changed returns a copy of encoded with another byte at one place.
func changed(encoded []byte, at int, b byte) []byte {
	copied := bytes.Clone(encoded)
	copied[at] = b
	return copied
}

// FuzzDecodePairs holds that what can be decoded encodes to the same bytes.
func FuzzDecodePairs(f *testing.F) {
	f.Add(onePair)
	f.Add(onePair[:11])
	f.Add(changed(onePair, 3, 0xff))
	f.Add(EncodePairs(facts.Headers{
		{Name: ":status", Value: "429"}, {Name: "set-cookie", Value: "a=1"}, {Name: "set-cookie", Value: "b=2"}, {Name: "x-empty"},
	}))
	f.Fuzz(func(t *testing.T, encoded []byte) {
		if len(encoded) == 0 || len(encoded) > 4<<10 {
			return
		}
		headers, err := DecodePairs(encoded)
		if err != nil {
			return
		}
		if again := EncodePairs(headers); !bytes.Equal(again, encoded) {
			t.Errorf("EncodePairs(DecodePairs(%q)) = %q", encoded, again)
		}
	})
}

// FuzzPairsGrowth holds that the work on a header map grows as its length, whether it is one or not.
func FuzzPairsGrowth(f *testing.F) {
	f.Add([]byte("a"), []byte("b"), onePair)
	f.Add([]byte(""), []byte(""), []byte("\x00\x10\x00\x00"))
	f.Fuzz(func(t *testing.T, name, value, fragment []byte) {
		if max(len(name), len(value), len(fragment)) > growth.MaxFragment {
			return
		}
		growth.Check(t, "decoding of many lines", func(size int) func() {
			encoded := EncodePairs(slices.Repeat(facts.Headers{{Name: string(name), Value: string(value)}}, size/8))
			return func() { _, _ = DecodePairs(encoded) }
		})
		growth.Check(t, "decoding of anything", func(size int) func() {
			encoded := []byte(growth.Repeat("", string(fragment), "", size))
			return func() { _, _ = DecodePairs(encoded) }
		})
	})
}
