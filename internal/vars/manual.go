// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// Section is a chapter of the manual: docs/variables.md and gwr variables. It is not part of the filter.
type Section struct {
	Title, About string
	Rows         []Row
}

// Sections are all names, by chapter.
func Sections() []Section {
	return []Section{
		{"The API", "", apiRows},
		{"The request", "", requestRows},
		{"The reply", "", errorRows},
		{"The client", "", identityRows},
		{"The authorizer", "The key [authorizer](document.md#root-authorizer) of the document says where the values are.", authorizerRows},
		{"Envoy", "These are ours, not AWS's. They can show a client how the gateway is built: think before you use them.", envoyRows},
		{
			"Any attribute of Envoy", "Ours, too. A name with other characters than letters, digits, `_` and dots needs braces in a template.\n" +
				"Text is given as it is, numbers and booleans as text; lists, objects, nulls and binary data are absent.", attributeRows,
		},
		{"Stage variables", "", stageRows},
		{"What the client sent", "", methodRows},
		{"The original reply", "", responseRows},
		{"Known, but always absent", "AWS has values for these names, Envoy has none. Documents that use them load, with a warning.", unansweredRows},
	}
}

// Costs words what the filter reads from Envoy for a value, in Markdown: headers of each request, or attributes of each error; "" for
// nothing.
func (r *Row) Costs() string {
	switch needs := r.Needs; {
	case needs.RepeatedHeaders:
		return "all request headers"
	case needs.RequestHeaders != nil:
		return "`" + strings.Join(needs.RequestHeaders, "`, `") + "`"
	case needs.Fields != 0:
		return fieldName(needs.Fields)
	case r.attribute != "":
		return "`" + strings.Join(facts.AttributePieces(r.attribute), " ") + "`"
	case r.path != nil:
		return "the attribute"
	default:
		return ""
	}
}

// fieldName is the attribute of Envoy that a fact is read from, in Markdown.
func fieldName(field facts.Fields) string {
	switch field {
	case facts.FieldProtocol:
		return "`request.protocol`"
	case facts.FieldTime:
		return "`request.time`"
	case facts.FieldSource:
		return "`source.address`"
	case facts.FieldRouteName:
		return "`xds.route_name`"
	case facts.FieldVirtualHost:
		return "`xds.virtual_host_name`"
	case facts.FieldCluster:
		return "`xds.cluster_name`"
	case facts.FieldUpstream:
		return "`upstream.address`"
	case facts.FieldBody:
		return "the body"
	default:
		return ""
	}
}

// HasValue reports whether there can be a value at all.
func (r *Row) HasValue() bool { return r.value != nil }
