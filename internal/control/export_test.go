// SPDX-License-Identifier: Apache-2.0

package control

// CachedKeys is how many access keys a Control remembers.
func CachedKeys(c *Control) int { return len(c.keys.found) }
