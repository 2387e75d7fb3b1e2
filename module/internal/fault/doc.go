// SPDX-License-Identifier: Apache-2.0

// Package fault has parts of the module fail on demand: in the build for e2e/faults and the tests under sanitizers,
// which has the tag faults. In all others it does nothing.
package fault
