// SPDX-License-Identifier: Apache-2.0

// Package xds delivers documents to Envoys by xDS, and says what each of them
// made of what it got.
//
// One port serves four services: delta ECDS and delta ADS, which give each
// gateway's filter as a TypedExtensionConfig named gateway-responses/GATEWAY,
// or as the dynamic module gateway-responses/GATEWAY/module, metrics_service, from which the counters of the filter are kept, and the
// access log service, for the lines of requests that somebody waits for. The
// state-of-the-world variants are refused: they send everything anew to
// everyone when a server starts.
//
// # What nodes get
//
// A node is an Envoy, known by the node of the first request of its stream. It
// gets the stable document of its gateway, or the first one while a rollout
// chooses it. A resource is never taken back: when a gateway is gone, its nodes
// go on with what they have. Versions are REVISION-HASH, and the same on every
// replica; a node that comes back says what it has, and gets only what is new.
// A node that refuses a document goes on with the one before; it is not sent
// again until something else is. Two Envoys have one id while one takes over
// from the other: the newer stream is shown, and the node is lost when none is
// left.
//
// A node that asks for the filter by both adapters, as while it goes from one to
// the other, is two nodes.
//
// # Who is who
//
// With TLS every client has a certificate. Its names are its SANs of the kinds
// URI and DNS, or its common name when it has neither. A node's id is one of
// them, or one of them and "/" and more, so that Envoys that share a
// certificate have ids of their own; a DNS name *.example.com stands for one
// label. Grants say which names may have which gateways; without any, each may
// have all. Without TLS the server listens on loopback alone, and believes
// what nodes say.
//
// # Bounds
//
// What is kept of a node goes with its stream, once the Watcher has seen that
// it ended. Streams, connections, the size of messages, the names in a request
// and the counters of a node have limits. A client that does not read holds up
// itself alone.
package xds
