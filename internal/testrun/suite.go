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

// Load reads a test file and its document, or the document at a path that takes its place, if one is given. The suite is nil when
// one of the findings is an error.
func (f *Files) Load(path, document string) (*Suite, finding.List, error) {
	text, err := f.Text(path)
	if err != nil {
		return nil, nil, err
	}
	file, found := testfile.Read(path, text)
	if file == nil {
		return nil, found, nil
	}
	s := &Suite{File: file, Folder: filepath.Dir(path)}
	if document == "" {
		if file.Document.Value == "" {
			return nil, append(found, finding.Finding{
				Severity: finding.Error, Place: file.Place(0), Message: `the file names no document; add "document", or name one with --document`,
			}), nil
		}
		document = filepath.Join(s.Folder, filepath.FromSlash(file.Document.Value))
	}
	var more finding.List
	s.Document, more, err = f.load(document)
	if err != nil {
		return nil, found, fmt.Errorf("%s: %w", file.Place(file.Document.Offset), err)
	}
	if s.Document == nil {
		return nil, append(found, more...), nil
	}
	return s, append(found, more...), nil
}

// load reads a document, once. It is nil when one of the findings is an error; those are told once as well.
func (f *Files) load(path string) (*Document, finding.List, error) {
	if known, ok := f.documents[path]; ok {
		return known, nil, nil
	}
	written, found, err := f.Document(path)
	if err != nil {
		return nil, nil, err
	}
	var d *Document
	if written != nil {
		checked := check.Read(written)
		found = append(found, checked.Findings...)
		if checked.Program != nil {
			d = &Document{Document: exchange.Document{Config: checked.Document, Program: checked.Program}, Name: path, Text: written.Text}
		}
	}
	if f.documents == nil {
		f.documents = map[string]*Document{}
	}
	f.documents[path] = d
	return d, found, nil
}
