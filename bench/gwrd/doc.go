// SPDX-License-Identifier: Apache-2.0

// Package gwrd runs a server as people run it, and is what speaks with it: callers of AWS's API, who sign what they send, and nodes
// that take what is delivered.
package gwrd
