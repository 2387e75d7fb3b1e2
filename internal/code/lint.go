// SPDX-License-Identifier: Apache-2.0

package code

// What gwr lint finds in documents that are right.
const (
	// JSONForSomeValues is a template that some values keep from being JSON.
	JSONForSomeValues Code = 101
	// UnreachableRule is a rule that an earlier one leaves nothing to.
	UnreachableRule Code = 102
	// UnreachableRoute is a route that an earlier one leaves nothing to.
	UnreachableRoute Code = 103
	// UnusedEntry is an entry that nothing is known to raise.
	UnusedEntry Code = 104
	// MissingTokenAs404 is a missing token that clients see as a missing page.
	MissingTokenAs404 Code = 105
	// NoChallenge is a 401 without WWW-Authenticate.
	NoChallenge Code = 106
	// NoRetryAfter is a 429 without Retry-After.
	NoRetryAfter Code = 107
	// ClosingStatus is a header-only reply that becomes a 400.
	ClosingStatus Code = 108
	// CacheablePerRequest is a cacheable reply that is about one request.
	CacheablePerRequest Code = 109
	// SecretInReply is a secret in a reply.
	SecretInReply Code = 110
	// LargeBody is a body that is large for an error.
	LargeBody Code = 111
	// FailureAsSuccess is an error that clients see as a success.
	FailureAsSuccess Code = 112
	// ServerErrorAsClientError is a fault of the server that clients are blamed for.
	ServerErrorAsClientError Code = 113
	// RedirectOfWrites is a redirect that answers other methods than GET.
	RedirectOfWrites Code = 114
	// RawClientValue is a value of a client that enters a body as it is.
	RawClientValue Code = 115
	// EchoedOriginWithCredentials is a reply that every page can read with the credentials of its visitor.
	EchoedOriginWithCredentials Code = 116
	// DeclaredByAnybody is a type that every service behind Envoy may declare.
	DeclaredByAnybody Code = 117
	// AllowedWithoutReason is a finding that is allowed without a reason.
	AllowedWithoutReason Code = 118
	// AllowedNothing is an allowance that allows nothing.
	AllowedNothing Code = 119
	// DeclaredDespiteFilter is a type that every service behind Envoy may declare, in a document that names filters.
	DeclaredDespiteFilter Code = 120
	// HashOfNothing is a hash in a Content-Security-Policy that nothing in the page has.
	HashOfNothing Code = 121
)
