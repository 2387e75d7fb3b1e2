// SPDX-License-Identifier: Apache-2.0

// Package repotest holds tests about the repository itself: who imports whom, how long files are, and whether what the
// documents say is so.
package repotest
