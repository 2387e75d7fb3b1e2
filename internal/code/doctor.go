// SPDX-License-Identifier: Apache-2.0

package code

// What gwr doctor finds in the configuration of Envoy.
const (
	// FilterMissing is a chain of HTTP filters without the filter.
	FilterMissing Code = 301
	// FilterNotFirst is the filter behind others whose errors it cannot see.
	FilterNotFirst Code = 302
	// FilterOffByRoute is a route of Envoy that switches the filter off.
	FilterOffByRoute Code = 303
	// FilterOffByDefault is the filter switched on by routes only.
	FilterOffByDefault Code = 304
	// FilterNotInUpgrade are the filters of an upgrade without the filter.
	FilterNotInUpgrade Code = 305
	// LocalReplyFormat is a body_format for all local replies.
	LocalReplyFormat Code = 306
	// LocalReplyMapper is a mapper that can change what the filter has written, or that keeps it from writing.
	LocalReplyMapper Code = 307
	// HeaderAddedTwice is a header that Envoy's routes add to a reply that has it already.
	HeaderAddedTwice Code = 308
	// FailClosed is a policy that makes a crash of the filter one of the gateway.
	FailClosed Code = 309
	// NoDefaultConfig is a filter that Envoy cannot do without until a server delivers it.
	NoDefaultConfig Code = 310
	// WaitsForServer is a listener that waits for the server that delivers the filter.
	WaitsForServer Code = 311
	// PreflightDenied is an authorization that browsers meet before cors.
	PreflightDenied Code = 312
	// FilterTwice is a chain with the filter in it twice.
	FilterTwice Code = 313
	// EnvoyTooOld is an Envoy that cannot run the filter.
	EnvoyTooOld Code = 314
	// NoWasm is an Envoy that was built without a Wasm runtime.
	NoWasm Code = 315
	// BadDocumentInEnvoy is a finding about the document that Envoy has.
	BadDocumentInEnvoy Code = 316
	// DocumentAsStruct is a document that does not reach the filter as a text.
	DocumentAsStruct Code = 317
	// StopsIteration is a setting that changes what the filter's verdicts mean.
	StopsIteration Code = 318
	// NothingRaises are entries for types that nothing in the chain can raise.
	NothingRaises Code = 319
	// NothingToExamine is an input without a chain of HTTP filters.
	NothingToExamine Code = 320
	// SharedRoot are two plugins that the filter cannot tell apart, with different documents.
	SharedRoot Code = 321
	// ModuleUntested is a dynamic module in an Envoy that it was not tested with.
	ModuleUntested Code = 322
	// ModuleCanBeClosed is a dynamic module that Envoy may unload.
	ModuleCanBeClosed Code = 323
	// ModuleSearchPath is a dynamic module whose place does not stand in the configuration.
	ModuleSearchPath Code = 324
	// OtherModule is another dynamic module in the same Envoy.
	OtherModule Code = 325
	// BadPerRoute is what a route of Envoy says to the dynamic module and that means nothing.
	BadPerRoute Code = 326
	// VMsOfItsOwn is a further plugin of the filter that runs in VMs of its own.
	VMsOfItsOwn Code = 327
	// RefusesInvalid is an Envoy that refuses a bad document, or of which nobody knows.
	RefusesInvalid Code = 328
)
