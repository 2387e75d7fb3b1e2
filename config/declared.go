// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// Declared says where a producer of replies names their type itself.
type Declared struct {
	// Header is the response header that holds the type, as written; "" for none.
	Header string
	// Metadata is the place in the dynamic metadata that holds the type, "NAMESPACE/KEY" with more keys behind; "" for none.
	Metadata string
	// Filters are globs on the name of the filter that sent a local reply; nil for any filter.
	Filters []Text
	// Source is whose replies are trusted.
	Source Source
}

// declared reads where producers name types.
func (d *decoder) declared(at Text) {
	var declared Declared
	var filter Text
	begin, object, named := d.Ahead(), d.Kind() == '{', false
	d.fields(at, schema{
		fields: []field{
			{"header", func(key Text) {
				named = true
				declared.Header = d.checkedText(key, checkDeclaredHeader).Value
			}},
			{"filter", func(key Text) { filter, declared.Filters = key, d.Texts(key) }},
			{"source", func(key Text) { declared.Source = d.replySource(key) }},
			{"metadata", func(key Text) {
				named = true
				declared.Metadata = d.checkedText(key, checkMetadataKey).Value
			}},
		},
	})
	if !object || d.Broken() {
		return
	}
	if !named {
		d.Report(Error, at.Path, begin, `no place is named, so no producer can declare a type; add "header" or "metadata"`)
	}
	d.warnFilterOfUpstream(filter, declared.Source, "has no effect")
	if declared.Header != "" || declared.Metadata != "" {
		d.document.Declared = &declared
	}
}

// checkDeclaredHeader tells what is wrong with the name of a header that is read and removed.
func checkDeclaredHeader(name string) *flaw {
	if problem := checkHeaderToken(name); problem != nil {
		return problem
	}
	why := reserved(name)
	if chars.EqualFold(name, "content-type") || chars.EqualFold(name, "www-authenticate") {
		why = "clients need it"
	}
	if why != "" {
		return &flaw{Error, whole, "header " + quote.Text(name) + " cannot be removed (" + why + `); use one of your own, e.g. "x-gateway-response-type"`}
	}
	return nil
}

// ParseResponseType finds the type called name. The plural UNSUPPORTED_MEDIA_TYPES is read as an alias.
func ParseResponseType(name string) (ResponseType, bool) { return parseResponseType(name) }
