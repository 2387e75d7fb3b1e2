// SPDX-License-Identifier: Apache-2.0

// Package doctor reads what Envoy runs, and says what keeps the filter from seeing errors or from doing right. It also says who in
// each chain of filters can raise which gateway response type.
//
// It reads a config_dump of Envoy's admin interface, a bootstrap or the listeners in one, and manifests of Istio and Envoy Gateway,
// as JSON or YAML. Nothing is guessed: what a part of Envoy's configuration means is in the comment of the check that looks at it.
//
//	input.go, node.go     texts, and values in them with their places
//	envoy.go, manager.go  what of a configuration matters here
//	position.go, ...      a file for what belongs together of the checks
//	raises.go             which errors a filter can make, by response code details; package classify names their types
//	chain.go, text.go     the table, and the report for people
//
// Every finding has a code, GWR301 and on.
package doctor
