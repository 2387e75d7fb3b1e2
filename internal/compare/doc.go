// SPDX-License-Identifier: Apache-2.0

// Package compare sends the same requests to two gateways and says where their replies differ: in status, headers or body.
//
// It asks nobody but these two. Redirects are not followed. Requests are bounded in number, rate and time, and what is read of a
// reply in size. Bodies that are JSON are compared as JSON. What differs in every reply, the date and the ids of requests, is
// left out: the headers, and the same ids in bodies.
//
//	requests.go     what to ask: tests of gwr test, or a list of requests
//	inventory.go    what to ask so that the errors come which an import has found
//	send.go         one request to one gateway
//	difference.go   two replies, compared
//	run.go          all requests
//	text.go         the report, for people
package compare
