// SPDX-License-Identifier: Apache-2.0

package config

const (
	// MaxSize is the size of the largest document, in bytes: 1 MiB.
	MaxSize = 1 << 20
	// MaxRouteDocument is the size of the largest route document, in bytes: 64 KiB.
	MaxRouteDocument = 64 << 10
	// MaxFindings is how many findings of a document are told one by one, and maxRouteFindings those of a route document,
	// which is read while a request waits.
	MaxFindings      = 1000
	maxRouteFindings = 100
	// MaxHeaderValue is the length of the longest static header value, in bytes: 8 KiB.
	MaxHeaderValue = 8 << 10
	// MaxRevision is the largest revision: 2^53, up to which every JSON reader keeps whole numbers exact.
	MaxRevision = 1 << 53
	// maxMetadataKeys is how many keys lead to a value of the metadata: more than anybody nests. Each condition keeps all of
	// its own, so that deep ones by the thousand would take the memory of the proxy.
	maxMetadataKeys = 16
	// maxOwnType is the length of the longest name of a type of one's own, in bytes: every counter and access log carries it.
	maxOwnType = 64
)

// Limits of what a route document holds. Its verdict is found while a client waits, and what takes time is not the length of
// a text but the number of keys, elements and variables.
const (
	// MaxRouteParts is how many keys of objects and elements of arrays it has.
	MaxRouteParts = 500
	// MaxRouteVariables is how many "$" stand in its strings.
	MaxRouteVariables = 1000
	// MaxRouteSegments is how many segments its resources have together.
	MaxRouteSegments = 2000
)
