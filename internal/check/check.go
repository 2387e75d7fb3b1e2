// SPDX-License-Identifier: Apache-2.0

// Package check reads a document with the plugin's own decoder and engine, and leads what they find back to what a person
// wrote.
package check

import (
	"cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// Checked is a document that the plugin's decoder and engine have read.
type Checked struct {
	Source *source.Document
	// Document is what could be decoded, with defaults for the rest. Never nil.
	Document *config.Document
	// Program is nil when one of the findings is an error.
	Program *engine.Program
	// Host is what the document was read for, zero for any.
	Host ability.Host
	// Findings are all that was found, in the order of the text.
	Findings finding.List
}

// Read decodes and compiles a document as the plugin does in Envoy.
func Read(document *source.Document) Checked { return read(document, engine.Everything()) }

// ReadFor is Read for a host, which may be unable to tell what the document asks for.
func ReadFor(document *source.Document, host ability.Host) Checked {
	checked := read(document, engine.LimitedTo(host.String(), host.Fields, host.Tells))
	checked.Host = host
	return checked
}

func read(document *source.Document, abilities engine.Abilities) Checked {
	decoded, found := config.Decode(document.Text)
	program, more := engine.Compile(decoded, abilities)
	found = append(found, more...)
	checked := Checked{Source: document, Document: decoded, Findings: Findings(document, found)}
	if !found.HasErrors() {
		checked.Program = program
	}
	return checked
}

// Load is Read, for those who need the program alone. It is nil when one of the findings is an error.
func Load(document *source.Document) (*engine.Program, finding.List) {
	checked := Read(document)
	return checked.Program, checked.Findings
}

// Findings are findings about a document's text, at the places where a person wrote it.
func Findings(document *source.Document, found config.Findings) finding.List {
	list := make(finding.List, 0, len(found))
	for _, f := range found {
		list = append(list, finding.Finding{
			Code:     f.Code,
			Severity: finding.Of(f.Severity),
			Place:    document.Place(f.Line, f.Column),
			Path:     f.Path,
			Message:  cmp.Or(misplaced(f), f.Message),
		})
	}
	list.Sort()
	return list
}

// misplaced is the message about a key that the document does not have at its root and one other object has, "" for other findings.
// The plugin lists the keys of the root; it has no room for those of all objects.
func misplaced(f config.Finding) string {
	if f.Code != code.UnknownKey {
		return ""
	}
	owners := manual.Owners(f.Path) // a path without dots is a key of the root
	if len(owners) != 1 {
		return ""
	}
	return "unknown key " + quote.Text(f.Path) + " of the document; it is a key of " + quote.Text(owners[0])
}
