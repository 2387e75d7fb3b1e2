// SPDX-License-Identifier: Apache-2.0

// Package e2e tests the filter on a real Envoy, from outside: requests go in, replies, the access log, counters and the
// log come out. Every Envoy runs envoy.yaml of the repository, with free ports and what package envoyrun can change. What these tests share
// with those of package provoke is in package envoytest.
//
// The tests need dist/plugin.wasm and dist/replier.wasm (make build), and fetch Envoy when there is none. They fail, and
// never skip, when one of them is missing. go test does not see that another Envoy or plugin is there, and may repeat an
// earlier result: -count 1, as in make test, makes it run them.
//
// # In a browser
//
// TestBrowser has the build tag browser (make test-browser) and needs Chromium. It fetches nothing: without Chromium it fails
// and says what to install.
//
// # Golden files
//
// testdata/demo/NAME.txtar is one request to the demo and what comes back for it:
//
//	What the request shows.
//	-- request --
//	GET /rbac HTTP/1.1
//	-- aws --
//	HTTP 403
//	content-type: application/json
//	content-length: 60
//
//	{"message": ...}
//	-- aws.log --
//	flags=- type=ACCESS_DENIED original_status=403 entry=built-in
//
// aws and problem are the replies under config/aws.json and config/problem.json, with all their headers in the order of
// the names, and .log what the access log says then. Left out are date, connection and the time that the upstream took; the
// seconds until a rate limit ends are N. Where a request has a body, "N bytes" stands for it. The id of each request is as
// long as "id-00000000", which stands for it. "go test ./e2e -update" writes what comes back.
//
// # Replies of an upstream
//
// The upstream of envoy.yaml is Envoy itself. Tests of an upstream's own replies put a server of the test in its place; see
// envoytest.WithUpstream.
package e2e
