// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"sort"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/vars"
)

// maxSingleReads is up to how many request headers are read one by one. Three single reads cost more than one call
// that returns the whole map (measured on Envoy 1.40).
const maxSingleReads = 2

// Needs is what a program wants to know of an exchange beyond status, details, flags, owner and reply headers.
type Needs struct {
	// Idle tells that no reply can be touched (mode off): look at nothing.
	Idle bool
	// AllRequestHeaders asks for the whole request header map, in one call.
	AllRequestHeaders bool
	// RequestHeaders asks for the first value of a few names, in lower case and sorted. Nil when AllRequestHeaders. When
	// facts.RequestIDHeader is asked for and absent, facts.OtherRequestIDHeader is.
	RequestHeaders []string
	// Fields asks for facts that cost a host call each. FieldBody is read only when Reply.NeedsBody says so.
	Fields facts.Fields
	// Attributes asks for further attributes, by facts.AttributePath, sorted.
	Attributes []string
	// OfRouteDocuments are facts like Fields, asked for only when the metadata holds a document: it may use any of them.
	OfRouteDocuments facts.Fields
	// GRPC asks for a look at replies to gRPC requests, which hide an error under status 200 (see facts.Reply.Status).
	GRPC bool
	// Upstream asks for replies of the upstream too; without it, all of them are left.
	Upstream bool
}

// need adds what one variable asks for.
func (n *Needs) need(v vars.Needs) {
	n.Fields |= v.Fields
	n.AllRequestHeaders = n.AllRequestHeaders || v.RepeatedHeaders
	for _, name := range v.RequestHeaders {
		if len(n.RequestHeaders) > maxSingleReads {
			// settle asks for the whole map, and thousands of names would be compared with each other.
			return
		}
		if !slices.Contains(n.RequestHeaders, name) {
			n.RequestHeaders = append(n.RequestHeaders, name)
		}
	}
}

// needVariable adds what a variable of the document asks for.
func (n *Needs) needVariable(v *vars.Variable) {
	n.need(v.Needs())
	if path := v.Attribute(); path != "" {
		n.Attributes = append(n.Attributes, path)
	}
}

// settle decides between single reads and the whole map, once all needs are in.
func (n *Needs) settle() {
	if len(n.RequestHeaders) > maxSingleReads {
		n.AllRequestHeaders = true
	}
	if n.AllRequestHeaders {
		n.RequestHeaders = nil
	}
	sort.Stable(sort.StringSlice(n.RequestHeaders))
	sort.Stable(sort.StringSlice(n.Attributes))
	n.Attributes = withoutRepeats(n.Attributes)
}

// withoutRepeats drops from a sorted list what stands in it twice.
func withoutRepeats(sorted []string) []string {
	kept := sorted[:0]
	for i, text := range sorted {
		if i == 0 || text != sorted[i-1] {
			kept = append(kept, text)
		}
	}
	return kept
}
