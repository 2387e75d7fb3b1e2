// SPDX-License-Identifier: Apache-2.0

package config

const (
	// MaxSize is the size of the largest document, in bytes: 1 MiB.
	MaxSize = 1 << 20
	// MaxHeaderValue is the length of the longest static header value, in bytes: 8 KiB.
	MaxHeaderValue = 8 << 10
)
