// SPDX-License-Identifier: Apache-2.0

package main

// Answers to Envoy.
const (
	proceed = 0
	pause   = 1
)

// rewritten is the exchange whose body is about to be replaced. Envoy sends headers and body of a local reply in one go, so
// one is enough.
var rewritten uint32

// body is the new one, in JSON.
var body []byte

// onResponseHeaders gives the local errors of Envoy another body.
func onResponseHeaders(context, _, end uint32) uint32 {
	status := responseHeader(":status")
	if len(status) != 3 || status[0] < '4' {
		return proceed
	}
	code := uint32(status[0]-'0')*100 + uint32(status[1]-'0')*10 + uint32(status[2]-'0')
	body = message(code)
	details := string(property("response\x00code_details"))
	if details == "via_upstream" {
		return proceed
	}
	length := responseHeader("content-length")
	if end != 0 && (length == nil || string(length) == "0") {
		sendLocalReply(code, details, body)
		return pause
	}
	replaceResponseHeader("content-type", "application/json")
	replaceResponseHeader("content-length", decimal(len(body)))
	if end == 0 {
		rewritten = context
	}
	return proceed
}

// onResponseBody replaces the body.
func onResponseBody(context, size, _ uint32) uint32 {
	if context == rewritten {
		rewritten = 0
		setResponseBody(body, size)
	}
	return proceed
}

// Bodies, prepared.
var (
	forbidden = []byte(`{"message":"User is not authorized to access this resource"}`)
	notFound  = []byte(`{"message":"Not Found"}`)
	throttled = []byte(`{"message":"Too Many Requests"}`)
	other     = []byte(`{"message":"Error"}`)
)

// message is the body for a status.
func message(status uint32) []byte {
	switch status {
	case 403:
		return forbidden
	case 404:
		return notFound
	case 429:
		return throttled
	default:
		return other
	}
}

// decimal writes a number below 100.
func decimal(n int) string {
	digits := [2]byte{'0' + byte(n/10), '0' + byte(n%10)}
	return string(digits[:])
}
