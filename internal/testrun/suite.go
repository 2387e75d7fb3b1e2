// SPDX-License-Identifier: Apache-2.0

// Package testrun runs test files: each exchange through the engine, and if asked for through the filter in a VM as well, and
// holds what comes of it against what is wanted.
//
//	suite.go   a test file with its document
//	run.go     running tests, and what a run found
//	check.go   what is wanted against what came
//	body.go    the same for bodies
//	plugin.go  the filter under wazero, and where it differs from the engine
package testrun

import (
	"fmt"
	"path/filepath"
	"strings"

	"gatewayresponses/internal/build"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/testfile"
)

// Suite is a test file with its document.
type Suite struct {
	File *testfile.File
	// Folder is where the file stands; the paths in it begin there.
	Folder   string
	Document *Document
}

// Document is a document under test.
type Document struct {
	exchange.Document
	// Name is its path, and Text the JSON that the filter gets.
	Name string
	Text []byte
}

// Files reads what tests are made of. An error is a file that cannot be read.
type Files struct {
	// Text reads a test file or the file of a body, Document a document.
	Text     func(path string) ([]byte, error)
	Document func(path string) (*source.Document, finding.List, error)

	documents map[string]*Document
}

// Load reads a test file and its document, or the document at paths that take its place, if some are given. The suite is nil when
// one of the findings is an error.
func (f *Files) Load(path string, documents []string) (*Suite, finding.List, error) {
	text, err := f.Text(path)
	if err != nil {
		return nil, nil, err
	}
	file, found := testfile.Read(path, text)
	if file == nil {
		return nil, found, nil
	}
	s := &Suite{File: file, Folder: filepath.Dir(path)}
	at := 0
	if len(documents) == 0 {
		if len(file.Documents) == 0 {
			return nil, append(found, finding.Finding{
				Severity: finding.Error, Place: file.Place(0), Message: `the file names no document; add "document", or name one with --document`,
			}), nil
		}
		at = file.Documents[0].Offset
		for _, document := range file.Documents {
			documents = append(documents, filepath.Join(s.Folder, filepath.FromSlash(document.Value)))
		}
	}
	var more finding.List
	s.Document, more, err = f.load(documents)
	if err != nil {
		return nil, found, fmt.Errorf("%s: %w", file.Place(at), err)
	}
	if s.Document == nil {
		return nil, append(found, more...), nil
	}
	return s, append(found, more...), nil
}

// load reads a document from one or several files, once. It is nil when one of the findings is an error; those are told once as well.
func (f *Files) load(paths []string) (*Document, finding.List, error) {
	name := strings.Join(paths, " ")
	if known, ok := f.documents[name]; ok {
		return known, nil, nil
	}
	var parts []*source.Document
	var found finding.List
	for _, path := range paths {
		part, more, err := f.Document(path)
		if err != nil {
			return nil, nil, err
		}
		found = append(found, more...)
		if part != nil {
			parts = append(parts, part)
		}
	}
	var d *Document
	if len(parts) == len(paths) {
		var more finding.List
		d, more = compile(name, parts)
		found = append(found, more...)
	}
	if f.documents == nil {
		f.documents = map[string]*Document{}
	}
	f.documents[name] = d
	return d, found, nil
}

// compile compiles a document, which gwr build joins when it stands in several files.
func compile(name string, parts []*source.Document) (*Document, finding.List) {
	whole := parts[0]
	if len(parts) > 1 {
		built, found := build.Build(parts, build.Options{})
		if built == nil {
			return nil, found
		}
		// What is built loads, and what was found in it has been told.
		whole, _ = source.Read(name, built.Text)
		checked := check.Read(whole)
		return &Document{Document: exchange.Document{Config: checked.Document, Program: checked.Program}, Name: name, Text: built.Text}, found
	}
	checked := check.Read(whole)
	if checked.Program == nil {
		return nil, checked.Findings
	}
	return &Document{Document: exchange.Document{Config: checked.Document, Program: checked.Program}, Name: name, Text: whole.Text}, checked.Findings
}
