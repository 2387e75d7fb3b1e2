// SPDX-License-Identifier: Apache-2.0

// Package tryrequest sends one request through an Envoy, as a client outside
// would, and says what came back.
//
// Where a request goes is the operator's word: a Target has scheme, address
// and port, and nothing of a Request changes them. Host is a header and no
// more, the path is sent as it was written, no redirect is followed, and no
// proxy of the environment is used. Requests and replies have limits, and so
// has their number.
//
//	target.go   where requests can go
//	request.go  what can be sent, and what is refused
//	sender.go   Send
//	connect.go  connections, and the headers of replies in their order
//	reply.go    what came back
package tryrequest
