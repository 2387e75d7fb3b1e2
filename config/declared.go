// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// Declared says where a producer of replies names their type itself.
type Declared struct {
	// Header is the response header that holds the type, as written; "" for none.
	Header string
	// Metadata is the place in the dynamic metadata that holds the type, "NAMESPACE/KEY" with more keys behind; empty for none.
	Metadata Text
	// Filters are globs on the name of the filter that sent a local reply; nil for any filter.
	Filters []Text
	// Source is whose replies are trusted.
	Source Source
}

// declared reads where producers name types.
func (d *decoder) declared(at Text, document *Document) {
	var declared Declared
	begin := d.Ahead()
	written := declaredObject.read(d, at, &declared)
	if written == nil || d.Broken() {
		return
	}
	_, header := written.find("header")
	if _, metadata := written.find("metadata"); !header && !metadata {
		d.Report(code.MissingKey, Error, begin, `no place is named, so no producer can declare a type; add "header" or "metadata"`)
	}
	filter, _ := written.find("filter")
	d.warnFilterOfUpstream(filter, declared.Source, "has no effect")
	if declared.Header != "" || declared.Metadata.Value != "" {
		document.Declared = &declared
	}
}

// checkDeclaredHeader says what is wrong with the name of a header that is read and removed.
func checkDeclaredHeader(name string) *grammar.Flaw {
	if problem := grammar.CheckHeaderToken(name); problem != nil {
		return problem
	}
	why := grammar.Reserved(name)
	if chars.EqualFold(name, "content-type") || chars.EqualFold(name, "www-authenticate") {
		why = "clients need it"
	}
	if why != "" {
		return grammar.Wrong(code.ReservedHeader, "header "+quote.Text(name)+" cannot be removed ("+why+`); use one of your own, e.g. "x-gateway-response-type"`)
	}
	return nil
}
