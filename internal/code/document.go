// SPDX-License-Identifier: Apache-2.0

package code

// The text of a document, and JSON.
const (
	// NoDocument is a text that is no JSON text: empty, in another encoding, or binary.
	NoDocument Code = 1
	// TooLarge is more than a limit allows.
	TooLarge Code = 2
	// Syntax is what is not JSON.
	Syntax Code = 3
	// TrailingText is text behind the end of the document.
	TrailingText Code = 4
	// DuplicateKey is a key that its object has already, or in another spelling.
	DuplicateKey Code = 5
	// UnknownKey is a key that the format does not have at its place.
	UnknownKey Code = 6
	// WrongType is a value of another JSON type than the key takes.
	WrongType Code = 7
	// UnknownChoice is a value that is none of those to choose from.
	UnknownChoice Code = 8
	// BadNumber is a number that the key does not take.
	BadNumber Code = 9
	// EmptyList is a list that matches nothing.
	EmptyList Code = 10
	// Repeated is an element that its list has already.
	Repeated Code = 11
	// MissingKey is an object without a key that it needs.
	MissingKey Code = 12
	// ConflictingKeys are keys that do not go together.
	ConflictingKeys Code = 13
	// EmptyText is a text that says nothing where one must.
	EmptyText Code = 14
	// MoreFindings stands for findings that are not told.
	MoreFindings Code = 15
	// IgnoredExtension is an x-* key that was meant for another one.
	IgnoredExtension Code = 16
	// NotLoaded is a document that could not be fetched or loaded, for a reason that is not in it.
	NotLoaded Code = 17
)

// Entries of gatewayResponses, and stage variables.
const (
	// UnknownType is the name of no gateway response type.
	UnknownType Code = 20
	// BadOwnType is a name that no type of one's own can have.
	BadOwnType Code = 21
	// OwnTypeWithoutEntry is a type of one's own that no entry answers.
	OwnTypeWithoutEntry Code = 22
	// UnnamedOwnType is an entry whose type of one's own nothing gives to a reply.
	UnnamedOwnType Code = 23
	// BadStatus is what is no status to send.
	BadStatus Code = 24
	// BodilessStatus are templates beside a status without a body.
	BodilessStatus Code = 25
	// BadMappingKey is a key of responseParameters that names no header.
	BadMappingKey Code = 26
	// BadMappingValue is a value of responseParameters that says nothing.
	BadMappingValue Code = 27
	// MappingWithoutEffect is a mapping that AWS has and a reply has no use for.
	MappingWithoutEffect Code = 28
	// BadHeaderName is a name that no header can have.
	BadHeaderName Code = 29
	// ReservedHeader is a header that a document cannot set, remove or carry over.
	ReservedHeader Code = 30
	// BadHeaderValue is a header value that cannot be sent.
	BadHeaderValue Code = 31
	// HeaderSetTwice is a header that two members of an entry set.
	HeaderSetTwice Code = 32
	// BadMediaType is a key of responseTemplates that is no media type.
	BadMediaType Code = 33
	// SameMediaType are two templates for one media type.
	SameMediaType Code = 34
	// ContentTypeWithoutTemplate is a Content-Type that names no template.
	ContentTypeWithoutTemplate Code = 35
	// BadStageVariableName is a name that templates cannot use.
	BadStageVariableName Code = 36
)

// Routes, rules, and the other keys of the root.
const (
	// BadRouteName is a name that a route cannot have.
	BadRouteName Code = 40
	// BadHost is what is no host to match.
	BadHost Code = 41
	// BadMethod is what is no method.
	BadMethod Code = 42
	// BadPath is what is no path template or prefix.
	BadPath Code = 43
	// SameResource are two resources for the same paths.
	SameResource Code = 44
	// BadMetadataMatch is a condition on metadata that is none.
	BadMetadataMatch Code = 45
	// EmptyGlob is a glob that matches no name.
	EmptyGlob Code = 46
	// NoCondition is a rule that would be for every error.
	NoCondition Code = 47
	// BadStatusCondition is what is no status for a rule to ask for.
	BadStatusCondition Code = 48
	// RedirectWithoutFilter is a rule for redirects that nothing ties to a filter of Envoy.
	RedirectWithoutFilter Code = 49
	// RedirectWithoutStatus is an entry that answers redirects and gives them no status.
	RedirectWithoutStatus Code = 50
	// UnknownFlag is the name of no response flag.
	UnknownFlag Code = 51
	// UnknownGRPCStatus is what is no gRPC status.
	UnknownGRPCStatus Code = 52
	// GRPCNotLookedAt is a condition on a gRPC status in a document that does not look at replies to gRPC.
	GRPCNotLookedAt Code = 53
	// FilterOfUpstream is a condition on the filter that sent a reply of the upstream.
	FilterOfUpstream Code = 54
	// UpstreamWithoutEffect is the key upstream in a document that leaves replies of the upstream anyway.
	UpstreamWithoutEffect Code = 55
	// BadMetadataPlace is what names no place in the dynamic metadata.
	BadMetadataPlace Code = 56
	// BadOrigin is what is no origin of a browser.
	BadOrigin Code = 57
	// OpenOrigin is an origin that anybody can have.
	OpenOrigin Code = 58
	// BadWildcard is a "*" that browsers do not take for what it looks like.
	BadWildcard Code = 59
	// HostCannotTell is what the host of the filter does not know.
	HostCannotTell Code = 60
)

// Templates, and variables.
const (
	// UnknownVariable is a name that means nothing.
	UnknownVariable Code = 70
	// UnknownStageVariable is a stage variable that the document does not have.
	UnknownStageVariable Code = 71
	// BadVariableName is the name of a variable that cannot be read.
	BadVariableName Code = 72
	// VariableWithoutValue is a variable that never has a value in this document.
	VariableWithoutValue Code = 73
	// NameEndsEarly is a name without braces that seems to go on.
	NameEndsEarly Code = 74
	// UnclosedVariable is a "${" without its "}".
	UnclosedVariable Code = 75
	// UnknownFilter is the name of no filter.
	UnknownFilter Code = 76
	// NoEscaping is a variable in a media type for which there is no escaping.
	NoEscaping Code = 77
	// UnsafePlace is a variable where no escaping makes it safe.
	UnsafePlace Code = 78
	// UnsafeURL is a variable with which a client could choose where a URL leads.
	UnsafeURL Code = 79
	// UnsafeHeader is a variable with which a client could add to a header that browsers obey.
	UnsafeHeader Code = 80
	// EchoedOrigin is an Access-Control-Allow-Origin that a client chooses.
	EchoedOrigin Code = 81
	// RawMarkup is a page that values enter as they are.
	RawMarkup Code = 82
	// VariableMember is a variable in the name of a member of JSON.
	VariableMember Code = 83
	// TemplateNotJSON is a template for JSON that is none.
	TemplateNotJSON Code = 84
	// EmptyTemplate is a template without text.
	EmptyTemplate Code = 85
	// BodyInHeader is the original body in a header.
	BodyInHeader Code = 86
	// MappingOnlyName is a name in a template that only mappings can use.
	MappingOnlyName Code = 87
	// VariableInStatic is a variable in a static value.
	VariableInStatic Code = 88
	// Velocity is an expression of VTL.
	Velocity Code = 89
	// HeaderWithoutEffect is a header value that is never sent.
	HeaderWithoutEffect Code = 90
)
