// SPDX-License-Identifier: Apache-2.0

// Package soak keeps a real Envoy under full load for a long time, and holds that its memory does not grow, that each reply is the
// right one, and that the counters add up to the errors. "make soak" runs it; its test has the build tag soak.
//
// SOAK is how long it lasts in all, 30m if it is not set. The time is divided between Envoy 1.36.4 and 1.40.0, or given to the one
// that ENVOY or ENVOY_VERSION names, and there between a load with 1 % of errors and one of errors alone. ADAPTER=module takes the dynamic
// module, on four workers, and Envoy 1.39.3 and 1.40.0. The report goes to standard output and to dist/soak.txt.
package soak
