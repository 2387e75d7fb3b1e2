// SPDX-License-Identifier: Apache-2.0

package emit

import (
	"encoding/json"
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
