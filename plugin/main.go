// SPDX-License-Identifier: Apache-2.0

// Command plugin is the filter: a proxy-wasm module that stands first in Envoy's http_filters and gives the error
// replies that Envoy makes itself the form that a document asks for.
//
// It reads what Envoy knows of an exchange, has package engine decide, carries out the edits that package edit makes of the
// decision, and does nothing else:
//
//	request headers   capture what the document uses of them; they cannot be read later         capture.go
//	response headers  below 400 nothing; else read the facts, decide, change status and headers stream.go, read*.go, rewrite.go
//	                  with the key grpc also a 200 that ends there, which hides an error        stream.go
//	response body     put the new body in the place of the old one                              rewrite.go
//	response trailers end a body that an upstream ends with trailers                            rewrite.go
//	on_log            look for headers that came out double                                     rewrite.go
//
// Every callback recovers from a panic and lets the original pass, or brings the new reply to its end when its headers have left. With the
// build tag faults callbacks fail on demand, for e2e/faults (fault_on_demand.go). Package abi speaks with Envoy: it calls callbacks.go, and
// hostcalls.go calls it. The rest talks to the interface host.
//
// # Configuration
//
// The plugin configuration is the document, as a StringValue (see package config). A bad document never stops traffic:
// every finding is logged, once for all workers, and the last good document goes on working, or, when there is none, all
// replies pass untouched. With GWR_ON_INVALID=refuse in vm_config.environment_variables the plugin refuses to start
// instead, which is what "envoy --mode validate" needs.
//
// # Counters
//
// Envoy puts "wasmcustom." in front. A reply with status 400 or above moves exactly one counter of the first two
// kinds, unless the plugin panicked on it, or has no good document. So does a redirect that a rule names, and, with the key
// grpc and not in mode off, a reply that Envoy made to a gRPC request, whose status is 200, if it took the error for a
// status of 400 or above.
//
//	gateway_responses.TYPE.STATUS         replaced; TYPE is the response type, STATUS what the client got: 429, or under
//	                                      gRPC the name of the gRPC status, RESOURCE_EXHAUSTED
//	gateway_responses.left.WHY            left as it was: upstream, grpc (an upstream's reply to gRPC), deliberate, rule, noEntry,
//	                                      observe, off, tooLarge (the new reply has more than 1 MiB), or hostError: Envoy
//	                                      refused a call, so that the reply was left, or replaced in part
//	gateway_responses.unclassified        details that the classification table does not know
//	gateway_responses.route.unknown       names in the metadata of route or virtual host that no entry of routes has
//	gateway_responses.routeDocument.bad   replies for which the metadata of route or virtual host holds a bad document
//	gateway_responses.dropped.header      header not set because its value would break the reply
//	gateway_responses.kept.status         replies to CONNECT or an upgrade that kept their status: 2xx would open a tunnel
//	gateway_responses.declared.unknown    type that a producer declared and that does not exist
//	gateway_responses.doubled.header      header that a route added to a copy of itself
//	gateway_responses.lost.header         header that "addedByRoutes" lists and no route added
//	gateway_responses.failed.panic        panics
//	gateway_responses.heartbeat           moved every 10 seconds by each VM that works: one for each worker, one for the main thread
//	gateway_responses.config_invalid      gauge: above 0 while the newest document of any plugin is invalid; plugins
//	                                      of one vm_id count once
//	gateway_responses.build.VERSION       gauge: 1 for the version of the filter that runs
//	gateway_responses.revision.PLUGIN_NAME  gauge: "revision" of the document in force, for the filter's configured name
//
// # Filter state
//
// Set on every reply that is replaced, and in mode observe on those that would be:
//
//	wasm.gateway_responses.type             response type
//	wasm.gateway_responses.original_status  status before the change; for gRPC that of the error behind 200
//	wasm.gateway_responses.entry            entry that answered, ROUTE/TYPE for one in routes,
//	                                        document/TYPE for one of a document in metadata; built-in,
//	                                        cors.preflight or grpc.message where no entry did
//
// An access log prints them with %FILTER_STATE(wasm.gateway_responses.type:PLAIN)%.
//
// # Shared data
//
// Shared data belongs to the vm_id, so plugins of one vm_id need different names or root ids.
//
//	gateway_responses.document\0NAME\0ROOT_ID  the last good document
//	gateway_responses.invalid                  plugins whose newest document is invalid, lines NAME\0ROOT_ID\0FINGERPRINT
package main

import "gatewayresponses/plugin/internal/abi"

// main is never run: Envoy calls the functions that package abi exports.
func main() {}

// init registers the filter. Envoy allows no host call while the module starts.
func init() {
	abi.Serve(&filter{vm: newVM(&hostcalls{}, load, abi.Getenv(onInvalidVariable))})
}
