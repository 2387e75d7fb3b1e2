// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/source"
)

// TestCases holds documents and findings against testdata: what is made of base.yaml and input.json is document.json, or findings.txt.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			in := Input{Gateway: "default"}
			for _, file := range archive.Files {
				switch file.Name {
				case "base.yaml":
					base, found := source.Read(file.Name, file.Data)
					if found.HasErrors() {
						t.Fatal(found)
					}
					in.Base = base
				case "input.json":
					if err := json.Unmarshal(file.Data, &in); err != nil {
						t.Fatal(err)
					}
				}
			}
			last := &archive.Files[len(archive.Files)-1]
			document, found := made(in)
			switch last.Name {
			case "document.json":
				if document == nil {
					t.Fatalf("%+v", found)
				}
				last.Data = indented(t, document.Text)
			case "findings.txt":
				if document != nil {
					t.Fatalf("it compiles: %s", document.Text)
				}
				last.Data = told(t, found)
			}
			golden.File(t, path, string(txtar.Format(archive)))
		})
	}
}

// made is a document that compiles, or nil and why it does not.
func made(in Input) (*Document, finding.List) {
	document, found := Write(in)
	if document == nil {
		return nil, found
	}
	program, found := document.Load()
	if program == nil {
		return nil, found
	}
	return document, found
}

func indented(t *testing.T, text []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

func told(t *testing.T, found finding.List) []byte {
	var b bytes.Buffer
	if err := found.Text(&b, false); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
