// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"encoding/binary"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/edit"
)

// record is one record, as C reads it.
type record struct {
	Op          Op
	Number      uint32
	Name, Value string
}

// read reads a list as gwr_apply in module/apply.c does; false when it is cut off.
func read(list []byte) (records []record, ok bool) {
	for len(list) >= headSize {
		number := func(i int) uint32 { return binary.NativeEndian.Uint32(list[4*i:]) }
		r := record{Op: Op(number(0)), Number: number(1)}
		name, value := int(number(2)), int(number(3))
		if list = list[headSize:]; name > len(list) || value > len(list)-name {
			return records, false
		}
		r.Name, r.Value = string(list[:name]), string(list[name:name+value])
		list = list[name+value:]
		records = append(records, r)
	}
	return records, len(list) == 0
}

// TestList holds what becomes of every edit.
func TestList(t *testing.T) {
	var list List
	list.Edits([]edit.Edit{
		{Op: edit.ReplaceHeader, Name: ":status", Value: "503"},
		{Op: edit.AddHeader, Name: "x-a", Value: ""},
		{Op: edit.RemoveHeader, Name: "etag"},
		{Op: edit.SetFilterState, Name: "gateway_responses.type", Value: "THROTTLED"},
		{Op: edit.AddBody, Body: []byte("added")},
		{Op: edit.ReplaceBody},
		{Op: edit.PrependBody, Body: []byte("before")},
		{Op: edit.RemoveTrailers},
	})
	list.Fixed(edit.Fixed{Replaces: true, Missed: true, Body: []byte("fixed")})
	list.Count(3)
	list.Count(1, "noEntry")
	list.Result(edit.Counter{Group: "THROTTLED", Result: "429"})
	list.Failed()
	got, whole := read(list.Bytes())
	want := []record{
		{SetHeader, 0, ":status", "503"},
		{AddHeader, 0, "x-a", ""},
		{RemoveHeader, 0, "etag", ""},
		{SetFilterState, 0, "wasm.gateway_responses.type", "THROTTLED"},
		{AddBody, 0, "", "added"},
		{ReplaceBody, 0, "", ""},
		{PrependBody, 0, "", "before"},
		{RemoveTrailers, 0, "", ""},
		{FixedBody, Replaces | Missed, "", "fixed"},
		{Count, 3, "", ""},
		{Count, 1, "noEntry", ""},
		{Result, 0, "THROTTLED", "429"},
		{Failed, 0, "", ""},
	}
	if diff := cmp.Diff(want, got); !whole || diff != "" {
		t.Errorf("whole: %v (-want +got)\n%s", whole, diff)
	}
}

// TestForeignEdit holds that an edit for other hosts is not passed over in silence.
func TestForeignEdit(t *testing.T) {
	for _, op := range []edit.Op{edit.SendNested, edit.SetHeaders} {
		var list List
		list.Edits([]edit.Edit{{Op: op}})
		if got, _ := read(list.Bytes()); len(got) != 1 || got[0].Op != Failed {
			t.Errorf("an edit that C does not know becomes %v", got)
		}
	}
}

// TestBridge holds that C numbers operations and bits as this package does.
func TestBridge(t *testing.T) {
	text, err := os.ReadFile("../../bridge.h")
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]int{}
	for _, enum := range regexp.MustCompile(`enum \{([^}]*)\}`).FindAllStringSubmatch(string(text), -1) {
		next := 0
		for _, member := range strings.Split(enum[1], ",") {
			name, value, given := strings.Cut(strings.TrimSpace(member), " = ")
			if n, err := strconv.Atoi(value); given && err == nil {
				next = n
			}
			numbers[name] = next
			next++
		}
	}
	for name, want := range map[string]int{
		"GWR_SET_HEADER": int(SetHeader), "GWR_ADD_HEADER": int(AddHeader), "GWR_REMOVE_HEADER": int(RemoveHeader),
		"GWR_SET_FILTER_STATE": int(SetFilterState), "GWR_ADD_BODY": int(AddBody), "GWR_REPLACE_BODY": int(ReplaceBody),
		"GWR_PREPEND_BODY": int(PrependBody), "GWR_REMOVE_TRAILERS": int(RemoveTrailers), "GWR_COUNT": int(Count),
		"GWR_RESULT": int(Result), "GWR_FIXED_BODY": int(FixedBody), "GWR_FAILED": int(Failed),
		"GWR_REPLACES": Replaces, "GWR_NEEDS_BYTES": NeedsBytes, "GWR_MISSED": Missed,
	} {
		if got, ok := numbers[name]; !ok || got != want {
			t.Errorf("%s is %d in bridge.h (there: %v), want %d", name, got, ok, want)
		}
	}
}

// FuzzList holds that what is read is what was written, whatever bytes texts have.
func FuzzList(f *testing.F) {
	f.Add("x-a", "1", []byte("body"), uint8(3))
	f.Add("", "", []byte{}, uint8(255))
	f.Add(strings.Repeat("n", 300), strings.Repeat("\x00", 70_000), []byte("{}"), uint8(1))
	f.Fuzz(func(t *testing.T, name, value string, body []byte, counter uint8) {
		var list List
		list.Edits([]edit.Edit{{Op: edit.ReplaceHeader, Name: name, Value: value}, {Op: edit.AddBody, Body: body}})
		list.Count(int(counter), value)
		got, whole := read(list.Bytes())
		want := []record{{SetHeader, 0, name, value}, {AddBody, 0, "", string(body)}, {Count, uint32(counter), value, ""}}
		if diff := cmp.Diff(want, got); !whole || diff != "" {
			t.Errorf("whole: %v (-want +got)\n%s", whole, diff)
		}
	})
}
