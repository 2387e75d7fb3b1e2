// SPDX-License-Identifier: Apache-2.0

package main

import "strconv"

// fingerprint tells documents apart in 16 digits at most: FNV-1a, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv.
func fingerprint(document string) string {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	for i := range len(document) {
		hash = (hash ^ uint64(document[i])) * prime
	}
	return strconv.FormatUint(hash, 16)
}
