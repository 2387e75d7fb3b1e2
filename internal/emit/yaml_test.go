// SPDX-License-Identifier: Apache-2.0

package emit

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// FuzzDocument: a document means the same as YAML of its own, and in a block of YAML, as it does as JSON.
func FuzzDocument(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"b": 1, "a": [true, null, 1e3]}`, `{"a":"\ud83d\ude00 \u2028\u0085\u00a0\ufeff\/ \b\f\n\r\t\u0000\u007f"}`,
		`{"a":"$context.status: # {x} 'y' \\ \" %"}`, "{\"a\":\"\u2028\u0085\ufeff\uffff\U0010ffff\"}", `["- a", "? b", ": c", "", " "]`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		document, err := Document([]byte(text))
		if err != nil {
			t.Skip()
		}
		var want, got any
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Skip()
		}
		var block struct{ Value string }
		if err := yaml.Unmarshal([]byte("value: |\n"+Indent(2, document+"\n")), &block); err != nil {
			t.Fatalf("in a block: %v\n%s", err, document)
		}
		if err := json.Unmarshal([]byte(block.Value), &got); err != nil {
			t.Fatalf("in a block: %v\n%s", err, block.Value)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in a block: %s", diff)
		}
	})
}

// TestWrite: all files or none, and no file is overwritten unless asked.
func TestWrite(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "folder")
	files := []File{{"a.yaml", []byte("1")}, {"b.yaml", []byte("2")}}
	if err := Write(folder, files, false); err != nil {
		t.Fatal(err)
	}
	files[0].Text = []byte("3")
	if err := Write(folder, append(files, File{"c.yaml", nil}), false); !errors.Is(err, ErrExists) {
		t.Errorf("a second time: %v, want %v", err, ErrExists)
	}
	if err := Write(folder, files, true); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got[e.Name()] = string(text)
	}
	if diff := cmp.Diff(map[string]string{"a.yaml": "3", "b.yaml": "2"}, got); diff != "" {
		t.Error(diff)
	}
}
