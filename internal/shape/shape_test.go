// SPDX-License-Identifier: Apache-2.0

package shape

import (
	"encoding/json"
	"reflect" //nolint:depguard // the package is about types
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/schematest"
)

// pet has a field of every kind.
type pet struct {
	owned
	Name  string             `json:"name" about:"What it is called."`
	Kind  string             `json:"kind,omitempty" enum:"cat dog"`
	Age   *int               `json:"age,omitempty"`
	Tame  bool               `json:"tame,omitempty"`
	Born  *time.Time         `json:"born,omitempty"`
	Tags  []string           `json:"tags,omitempty"`
	Toys  map[string]toy     `json:"toys,omitempty"`
	Notes json.RawMessage    `json:"notes,omitempty" schema:"note"`
	Vets  []json.RawMessage  `json:"vets,omitempty" schema:"note"`
	Names map[string]*string `json:"names,omitempty"`
}

type owned struct {
	Owner string `json:"owner,omitempty"`
}

type toy struct {
	Count int64 `json:"count"`
	Part  *toy  `json:"part,omitempty"`
}

const whole = `{"owner":"ann","name":"Tom","kind":"cat","age":3,"tame":true,"born":"2026-01-02T03:04:05Z","tags":["a","b"],
	"toys":{"ball":{"count":2,"part":{"count":1}}},"notes":{"x":[1,"2"]},"vets":[1,null],"names":{"de":"Kater"}}`

func TestDecode(t *testing.T) {
	age, born, german := 3, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), "Kater"
	want := pet{
		owned: owned{"ann"}, Name: "Tom", Kind: "cat", Age: &age, Tame: true, Born: &born, Tags: []string{"a", "b"},
		Toys: map[string]toy{"ball": {2, &toy{Count: 1}}}, Notes: json.RawMessage(`{"x":[1,"2"]}`),
		Vets: []json.RawMessage{json.RawMessage("1"), json.RawMessage("null")}, Names: map[string]*string{"de": &german},
	}
	var got pet
	if found := Decode("body", []byte(whole), &got); found != nil {
		t.Fatalf("Decode found %v", found)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(pet{})); diff != "" {
		t.Errorf("Decode differs (-want +got):\n%s", diff)
	}
}

func TestDecodeFinds(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{``, `body:1:1: not JSON: the text ends before the document does`},
		{`{`, `body:1:2: not JSON: the text ends before the document does`},
		{`[]`, `body:1:1: found an array; want an object`},
		{`{}`, `body:1:1: the key "name" is missing`},
		{`{"name":"a"} x`, `body:1:14: text after the end of the document; remove it`},
		{`{"name":"a","nam":1}`, `body:1:13: nam: unknown key "nam"; did you mean "name"?`},
		{`{"name":"a","name":"b"}`, `body:1:13: name: duplicate key "name"; keep one of them`},
		{`{"name":"a","path":"b"}`, `body:1:13: path: unknown key "path"; use "owner", "name", "kind", "age", "tame", "born", "tags", "toys", "notes", "vets" or "names"`},
		{`{"name":null}`, `body:1:9: name: found null; want a string, or no key at all`},
		{`{"name":"a","kind":"cow"}`, `body:1:20: kind: "cow" is not known here; use "cat" or "dog"`},
		{`{"name":"a","age":1.5}`, `body:1:19: age: found 1.5; want a whole number that is written without fraction and exponent`},
		{`{"name":"a","age":"1"}`, `body:1:19: age: found the string "1"; want a whole number`},
		{`{"name":"a","born":"today"}`, `body:1:20: born: "today" is no time; write it as "2026-01-02T03:04:05Z"`},
		{`{"name":"a","tags":[1]}`, `body:1:21: tags[0]: found the number 1; want a string such as "1"`},
		{`{"name":"a","toys":{"b":{}}}`, `body:1:25: toys.b: the key "count" is missing`},
	} {
		var into pet
		found := Decode("body", []byte(test.text), &into)
		if len(found) != 1 {
			t.Errorf("Decode(%s) has %d findings: %v", test.text, len(found), found)
			continue
		}
		if got := found[0].String() + ": " + found[0].Words(); got != test.want {
			t.Errorf("Decode(%s) finds\n%s, want\n%s", test.text, got, test.want)
		}
	}
}

// schemas describes pet.
func schemas() *Schemas {
	return &Schemas{
		Name:  func(t reflect.Type) string { return t.Name() },
		Refer: func(name string) string { return "#/$defs/" + name },
	}
}

// compile is the schema of pet, as validators take it.
func compile(t testing.TB) schematest.Schema {
	t.Helper()
	s := schemas()
	root := s.For(reflect.TypeFor[pet]())
	s.Named["note"] = Schema{}
	root["$defs"] = s.Named
	text, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return schematest.Compile(t, text)
}

// TestSchemaOfNull holds that the schema takes null where an answer has it: for a pointer that is not left out.
func TestSchemaOfNull(t *testing.T) {
	type answer struct {
		Said  *string `json:"said"`
		Asked *string `json:"asked,omitempty"`
	}
	s := schemas()
	text, err := json.Marshal(s.Object(reflect.TypeFor[answer]()))
	if err != nil {
		t.Fatal(err)
	}
	schema := schematest.Compile(t, text)
	for body, fits := range map[string]bool{`{"said": null}`: true, `{"said": "yes"}`: true, `{"said": 1}`: false, `{"said": "yes", "asked": null}`: false} {
		if err := schema.Validate(t, []byte(body)); (err == nil) != fits {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestSchema(t *testing.T) {
	schema := compile(t)
	if err := schema.Validate(t, []byte(whole)); err != nil {
		t.Errorf("the schema refuses what Decode takes: %v", err)
	}
	for _, wrong := range []string{`{}`, `{"name":"a","naem":1}`, `{"name":"a","kind":"cow"}`, `{"name":"a","age":1.5}`, `{"name":"a","toys":{"b":{}}}`, `[]`} {
		if schema.Validate(t, []byte(wrong)) == nil {
			t.Errorf("the schema takes %s", wrong)
		}
	}
}

// FuzzDecode holds that what Decode takes is written as it was meant and fits the schema, and that all it finds has a place.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{whole, `{"name":""}`, `{"name":"a","tags":[]}`, `{"name":1,"x":[{}]}`, "{\"name\":\"\xff\"}", `{"name":"a","toys":null}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var first, second pet
		if found := Decode("body", text, &first); found != nil {
			for _, one := range found {
				if one.Severity != finding.Error || one.Message == "" || one.Line == 0 {
					t.Fatalf("a finding on %q says nothing: %+v", text, one)
				}
			}
			return
		}
		if err := compile(t).Validate(t, text); err != nil {
			t.Fatalf("Decode takes %q, and the schema does not: %v", text, err)
		}
		written, err := json.Marshal(first)
		if err != nil {
			t.Fatal(err)
		}
		if found := Decode("body", written, &second); found != nil {
			t.Fatalf("%q was written as %s, in which there is %v", text, written, found)
		}
		again, err := json.Marshal(second)
		if err != nil || string(written) != string(again) {
			t.Fatalf("%q became %s and then %s: %v", text, written, again, err)
		}
	})
}
