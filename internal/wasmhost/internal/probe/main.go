// SPDX-License-Identifier: Apache-2.0

// Probe is a plugin that does what a test tells it, so that the test sees how the host answers.
//
// The configuration is a script for on_configure. Each stream brings scripts for its callbacks in request headers:
// probe-request-headers, probe-response-headers, probe-response-body-N for the Nth chunk from 1, and probe-log.
//
// A script is a list of operations, one on each line: a name of operations and its arguments, with spaces between; an
// argument may be a Go string literal. Most are one host call. The answer is logged at info:
//
//	response-headers: get-header response server = ok "envoy"
package main

// main is not run: the module is a library.
func main() {}
