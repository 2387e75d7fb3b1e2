// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/jsonread"
)

// Document is one decoded document. Arrays and members keep the order of the text.
type Document struct {
	// Source is the text that the document was decoded from; every Offset points into it.
	Source []byte
	// Version is the version of the format, 1.
	Version int
	// Revision is the number that whoever delivered the document gave it, 0 to MaxRevision; 0 without one.
	Revision int64
	// Mode is what to do with replies. Never empty after Decode.
	Mode Mode
	// Emulate is "" for Envoy's own statuses, or EmulateAWS.
	Emulate Emulate
	// Escaping is how values enter JSON and text bodies. Never empty after Decode.
	Escaping Escaping
	// API holds the constants behind $context.apiId, .stage and .accountId.
	API API
	// StageVariables are the values behind $stageVariables.NAME, "" after a finding about one.
	StageVariables []Member
	// GatewayResponses are the entries, at most one for each type.
	GatewayResponses []GatewayResponse
	// OwnTypes are the types of one's own: those that GatewayResponses or a route has an entry for. No other one exists.
	OwnTypes map[ResponseType]bool
	// OwnNamed are those that rules name, and the key grpc.
	OwnNamed map[ResponseType]bool
	// Routes are the entries of routes, in the order in which they are tried.
	Routes []Route
	// Rules are the owner's rules, in order. One with errors says nothing, and has its flags only.
	Rules []Rule
	// Declared says where producers name types, nil when they do not.
	Declared *Declared
	// Authorizer says where filters leave what they know of the client.
	Authorizer Authorizer
	// CORS says which pages of other origins may read error replies, nil for none.
	CORS *CORS
	// Upstream says which replies of the upstream pass whatever the rules say.
	Upstream Upstream
	// GRPC says what clients of gRPC see, nil to leave their replies alone.
	GRPC *GRPC
	// AddedByRoutes names headers that a header-only reply does not carry over, in lower case.
	AddedByRoutes []string
	// RouteDocuments reports that the metadata of Envoy's routes may hold documents, see DecodeRoute.
	RouteDocuments bool
	// RouteDocumentsAt is where the key that says so stands.
	RouteDocumentsAt Text
	// Cut reports that a syntax error, or too many findings, ended the reading: what is missed in the document may stand behind.
	Cut bool
	// places makes Locate fast.
	places jsonread.Places
}

// Mode says what becomes of an error reply.
type Mode string

// The modes.
const (
	// ModeRewrite replaces the reply; the default.
	ModeRewrite Mode = "rewrite"
	// ModeObserve classifies, counts and sets filter state, and changes nothing that a client sees.
	ModeObserve Mode = "observe"
	// ModeOff looks at nothing.
	ModeOff Mode = "off"
)

// Emulate names a gateway whose behaviour is taken over.
type Emulate string

// EmulateAWS takes over AWS's type map, default statuses, built-in replies and x-amzn-* headers.
const EmulateAWS Emulate = "aws"

// Escaping says how values enter a body.
type Escaping string

// The kinds of escaping.
const (
	// EscapingAuto escapes by the media type of the template; the default.
	EscapingAuto Escaping = "auto"
	// EscapingAWS inserts values raw into JSON and text bodies, as AWS does.
	EscapingAWS Escaping = "aws"
)

// API holds constants that AWS knows and Envoy does not.
type API struct{ ID, Stage, AccountID string }

// GatewayResponse is the entry of one type, in the shape that AWS gives it plus Headers.
type GatewayResponse struct {
	// Type is the type that the entry answers, with the alias UNSUPPORTED_MEDIA_TYPES already resolved; "" after a finding
	// about it. Such an entry is there for what else is to be found in it.
	Type ResponseType
	// At is where the entry's key stands.
	At Text
	// StatusCode is the status to send, 200 to 599, or 0 to keep the one that applies.
	StatusCode int
	// Parameters are the header mappings that have an effect; the others were warnings.
	Parameters []Parameter
	// Headers are our header templates, keyed by header name as written. Disjoint from Parameters, ignoring case.
	Headers []Member
	// Templates are the body templates, keyed by media type as written.
	Templates []Member
}

// Parameter is one mapping of responseParameters, e.g. "gatewayresponse.header.X-Id": "context.requestId".
type Parameter struct {
	// Key and Value are the two strings as written.
	Key, Value Text
	// Header is the header to set, as written.
	Header string
	// Static reports that the value was 'quoted'; Literal is what stood between the quotes, "" removes the header.
	Static  bool
	Literal string
	// Variable is the source otherwise, e.g. "method.request.header.Accept" or "response.header.etag".
	Variable string
}

// Member is one key of an object with its string value.
type Member struct{ Key, Value Text }

// Text is a string of the document that remembers where it stood: Value is the decoded string, Offset the byte of
// Document.Source where its opening quote is.
type Text = jsonread.Text

// Locate says where byte i of t.Value stands in the document: line and column, both from 1, columns in bytes. i below 0
// is the opening quote, i past the end the closing one. A byte that an escape sequence stands for is where the sequence
// begins. Both are 0 for a text that is not of this document. It remembers places, so it is for one goroutine at a time.
func (d *Document) Locate(t Text, i int) (line, column int) { return d.places.Locate(d.Source, t, i) }

// Path leads to t from the root, e.g. gatewayResponses.THROTTLED.responseTemplates["application/json"]. It is "" for a text that
// is not of this document. Like Locate it is for one goroutine at a time.
func (d *Document) Path(t Text) string { return d.places.Path(d.Source, t.Offset) }

// Finding is a finding about byte i of t.Value, in the form that Decode gives its own.
func (d *Document) Finding(c code.Code, severity Severity, t Text, i int, message string) Finding {
	line, column := d.Locate(t, i)
	return Finding{Code: c, Severity: severity, Path: d.Path(t), Line: line, Column: column, Message: message}
}
