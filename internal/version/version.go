// SPDX-License-Identifier: Apache-2.0

// Package version says which version of the filter this is. It stands here alone.
package version

// Number follows semantic versions, without a "v". Until it is tagged, it is the version that the changelog calls unreleased.
const Number = "0.2.0"
