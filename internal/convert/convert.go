// SPDX-License-Identifier: Apache-2.0

// Package convert turns what other gateways are configured with into documents, and says what got lost.
//
// A format is a package below this one with a Format; internal/convert/formats has them all. Whatever the owner of a source
// can do without an error there can be imported: what has no meaning here is a loss, which says where it stands and what
// becomes of it. Only what cannot be read at all is an error.
//
// Beside the document an import gives an inventory: what in the source raises errors, of which types, and which filter of
// Envoy must raise them here.
package convert

import (
	"errors"
	"fmt"

	"gatewayresponses/internal/convert/tree"
)

// Format is one kind of source.
type Format struct {
	// Name is what --from calls it.
	Name string
	// About says in a few words what its sources are.
	About string
	// Recognise reports whether a source is of this kind, by its content.
	Recognise func(*Source) bool
	// Import reads a source. It must not fail for what the source's own tool takes.
	Import func(*Source, Options) (*Result, error)
}

// Source is what is imported: a file, or those of a folder in the order of their names.
type Source struct {
	// Name is what messages call it.
	Name  string
	Files []*tree.File
	// Unread are the files of a folder that cannot be read.
	Unread []*tree.Error
}

// Documents are the values of all files, in order.
func (s *Source) Documents() []*tree.Node {
	var all []*tree.Node
	for _, file := range s.Files {
		all = append(all, file.Documents...)
	}
	return all
}

// Of are the documents that have a property. It is an error when none has: then the source is not of the kind that somebody took
// it for.
func (s *Source) Of(kind string, has func(*tree.Node) bool) ([]*tree.Node, error) {
	var found []*tree.Node
	for _, document := range s.Documents() {
		if has(document) {
			found = append(found, document)
		}
	}
	if found == nil {
		return nil, s.NotOf(kind)
	}
	return found, nil
}

// NotOf is the error of a source in which nothing is of a kind that somebody took it for.
func (s *Source) NotOf(kind string) error {
	return fmt.Errorf("%s: nothing in it is of the format %s", s.Name, kind)
}

// Any reports whether a document of the source has a property.
func (s *Source) Any(has func(*tree.Node) bool) bool {
	for _, document := range s.Documents() {
		if has(document) {
			return true
		}
	}
	return false
}

// Options are what a person may say about a source.
type Options struct {
	// API names the one that is wanted of several, "" for all.
	API string
	// Parameters are values that the source leaves open, by name.
	Parameters map[string]string
}

// misuse is a mistake in the options, not in the source.
type misuse struct{ error }

// Misuse marks an error as one of whoever asked for the import.
func Misuse(err error) error { return misuse{err} }

// IsMisuse reports whether an error is a mistake in the options.
func IsMisuse(err error) bool {
	var m misuse
	return errors.As(err, &m)
}
