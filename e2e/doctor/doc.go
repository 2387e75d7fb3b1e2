// SPDX-License-Identifier: Apache-2.0

// Package doctor holds that gwr doctor finds what it says it finds: each of its tests starts a real Envoy in which one thing is
// wrong, and examines what that Envoy dumps of its configuration.
package doctor
