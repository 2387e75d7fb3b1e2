// SPDX-License-Identifier: Apache-2.0

package config

const (
	// MaxSize is the size of the largest document, in bytes: 1 MiB.
	MaxSize = 1 << 20
	// MaxHeaderValue is the length of the longest static header value, in bytes: 8 KiB.
	MaxHeaderValue = 8 << 10
	// MaxRevision is the largest revision: 2^53, up to which every JSON reader keeps whole numbers exact.
	MaxRevision = 1 << 53
	// maxOwnType is the length of the longest name of a type of one's own, in bytes: every counter and access log carries it.
	maxOwnType = 64
)
