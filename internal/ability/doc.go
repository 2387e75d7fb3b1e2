// SPDX-License-Identifier: Apache-2.0

// Package ability lists what each host of the filter can tell of an exchange: an adapter on a version of Envoy.
//
//	adapter.go    the adapters
//	host.go       the hosts, and what each can do
//	attribute.go  the attributes of Envoy that a dynamic module can read, with their numbers
//	metadata.go   which metadata and filter state it can read
//	withhold.go   facts as a host tells them
//
// The engine warns of what a document asks for and its host cannot tell; docs/adapters.md shows the list, and
// e2e/ability asks each Envoy whether it is right.
package ability
