// SPDX-License-Identifier: Apache-2.0

// Package module runs a real Envoy with the filter as a dynamic module, and holds what only that adapter has. Its tests need the build tag
// module, and what "make module" builds.
package module
