// SPDX-License-Identifier: Apache-2.0

// Package build makes the one JSON document that Envoy gets of what people write: several files, bodies in files of their own,
// values of the command line.
//
// # How files are joined
//
// Objects join by key. A key that two files give a value must have the same value in both; otherwise it is a finding that names
// both places. Routes and rules, the lists "routes" and "classification" of the root, are appended in the order of the files, for
// their order is the order in which they are tried. Another list is a value like any other.
//
// # What is written
//
// The document has no white space, its keys stand in byte order, and what only editors and other tools read, $schema and x-*, is
// left out. So the same meaning gives the same bytes, and the same hash, whichever way it was written. What is a default stays:
// a default that is written down says that somebody meant it.
package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// Options say how a document is built.
type Options struct {
	// Set are values of the command line, "PATH=VALUE", which replace what the files say.
	Set []Setting
	// For is the version of the filter that must be able to read the document; the zero value is this one.
	For Version
	// Owners says which file may say what; nil lets every file say everything.
	Owners *Owners
}

// Result is a document as Envoy gets it.
type Result struct {
	Text []byte
	// Hash is "sha256:" and the hash of Text in hexadecimal digits.
	Hash string
}

// Build builds the document of several files. The result is nil when one of the findings is an error: what is built always loads.
func Build(files []*source.Document, options Options) (*Result, finding.List) {
	var found finding.List
	roots := make([]*source.Value, 0, len(files))
	for _, file := range files {
		root := file.Root()
		if root == nil || root.Kind != source.Object {
			_, more := check.Load(file)
			return nil, append(found, more...)
		}
		roots = append(roots, root)
		found = append(found, options.Owners.Check(file)...)
	}
	root, more := join(roots)
	found = append(found, more...)
	for _, setting := range options.Set {
		var err error
		if root, err = setting.apply(root); err != nil {
			return nil, append(found, finding.Finding{Code: code.BadSetting, Severity: finding.Error, Message: err.Error()})
		}
	}
	found = append(found, options.For.Check(root)...)
	if found.HasErrors() {
		return nil, found
	}
	// The findings are about all that people wrote, what is left out included.
	name := nameOf(files)
	whole, more := source.Write(name, root)
	if whole == nil {
		return nil, append(found, more...)
	}
	program, more := check.Load(whole)
	found = append(found, more...)
	if program == nil {
		return nil, found
	}
	written, more := source.Write(name, Canonical(root))
	if written == nil {
		return nil, append(found, more...)
	}
	if program, more := check.Load(written); program == nil {
		return nil, append(found, more...)
	}
	hash := sha256.Sum256(written.Text)
	return &Result{Text: written.Text, Hash: "sha256:" + hex.EncodeToString(hash[:])}, found
}

// nameOf is what findings call the document as a whole.
func nameOf(files []*source.Document) string {
	switch others := len(files) - 1; others {
	case 0:
		return files[0].Name
	case 1:
		return files[0].Name + " and " + files[1].Name
	default:
		return fmt.Sprintf("%s and %d other files", files[0].Name, others)
	}
}
