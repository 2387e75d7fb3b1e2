// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// maxLoggedDocuments is on how many route documents the log has findings in the life of a VM.
const maxLoggedDocuments = 1024

// tellDocument counts a reply whose route document is refused, and logs the findings on a document once.
func (s *stream) tellDocument(f *facts.Facts, trace engine.Trace) {
	vm := s.plugin.vm
	if trace.DocumentRefused {
		vm.metrics.count(badDocumentCounter)
	}
	if len(trace.Document) == 0 || len(vm.documents) == maxLoggedDocuments {
		return
	}
	id := fingerprint(f.Route.Document)
	if vm.documents[id] {
		return
	}
	vm.documents[id] = true
	where := "the document in the metadata of route " + quote(f.Route.Name) + " of virtual host " + quote(f.Route.VirtualHost)
	if trace.DocumentRefused {
		s.plugin.log(levelWarn, where+` is ignored, "match" decides`)
	}
	s.plugin.reportIn(where+": ", trace.Document)
}
