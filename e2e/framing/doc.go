// SPDX-License-Identifier: Apache-2.0

// Package framing holds what a real Envoy sends against the rules of HTTP that keep a connection in step: a reply has the bytes
// that its framing announces and none after them, it ends, the next exchange on the connection works, and a refused CONNECT or
// upgrade opens no tunnel.
//
// TestFraming sends every way of asking (requests_test.go) to everything that refuses: filters of Envoy, and an upstream with
// the answers of answers_test.go over HTTP/1.1 and HTTP/2. Each exchange runs once with the filter turned off, which shows
// what Envoy itself does, and then with each document. The clients read bytes and frames, and forgive nothing.
package framing
