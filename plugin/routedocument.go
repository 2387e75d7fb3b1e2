// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// maxLoggedDocuments is on how many route documents the log has findings in the life of a VM.
const maxLoggedDocuments = 1024

// logDocument logs the findings on a route document once.
func (s *stream) logDocument(f *facts.Facts, trace engine.Trace) {
	vm := s.plugin.vm
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
