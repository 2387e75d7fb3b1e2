// SPDX-License-Identifier: Apache-2.0

// Package check reads a document with the plugin's own decoder and engine, and leads what they find back to what a person
// wrote.
package check

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// Load compiles a document as the plugin does in Envoy. The program is nil when one of the findings is an error.
func Load(document *source.Document) (*engine.Program, finding.List) {
	program, found := engine.Load(document.Text, engine.Everything())
	return program, Findings(document, found)
}

// Findings are findings about a document's text, at the places where a person wrote it.
func Findings(document *source.Document, found config.Findings) finding.List {
	list := make(finding.List, 0, len(found))
	for _, f := range found {
		list = append(list, finding.Finding{
			Severity: finding.Of(f.Severity),
			Place:    document.Place(f.Line, f.Column),
			Path:     f.Path,
			Message:  f.Message,
		})
	}
	list.Sort()
	return list
}
