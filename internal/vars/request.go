// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strconv"
	"strings"
	"time"

	"gatewayresponses/internal/facts"
)

// requestRows tell about the request.
var requestRows = []Row{
	{
		Name:  "context.requestId",
		About: "the request header `x-request-id`, which Envoy makes unless a trusted client sent one; without it `x-amzn-requestid`",
		Needs: Needs{RequestHeaders: []string{facts.RequestIDHeader}},
		value: requestID,
	},
	{
		Name:  "context.extendedRequestId",
		About: "the same as `context.requestId`: AWS has two ids for a request, Envoy has one",
		Needs: Needs{RequestHeaders: []string{facts.RequestIDHeader}},
		value: requestID,
	},
	{
		Name:  "context.requestTime",
		About: "when the request began, in UTC, as in `01/Dec/2021:18:42:35 +0000`",
		Needs: Needs{Fields: facts.FieldTime},
		value: requestTime,
	},
	{
		Name:  "context.requestTimeEpoch",
		About: "when the request began, in milliseconds since 1970",
		Form:  JSON,
		Needs: Needs{Fields: facts.FieldTime},
		value: requestTimeEpoch,
	},
	{
		Name:  "context.httpMethod",
		About: "the method, as in `GET`",
		Needs: Needs{RequestHeaders: []string{":method"}},
		value: requestHeader(":method"),
	},
	{
		Name:  "context.path",
		About: "the path that the client asked for, without query, percent-encoded as it came",
		Needs: Needs{RequestHeaders: []string{":path"}},
		value: requestPath,
	},
	{
		Name:  "context.protocol",
		About: "the protocol, as in `HTTP/1.1` and `HTTP/2`",
		Needs: Needs{Fields: facts.FieldProtocol},
		value: func(env *Env, _ string) (string, bool) { return present(env.Facts.Request.Protocol) },
	},
	{
		Name:  "context.resourcePath",
		About: "the path template in `routes` that took the request, as in `/pets/{petId}`; without one the same as `context.path`",
		Needs: Needs{RequestHeaders: []string{":path"}},
		value: resourcePath,
	},
}

// resourcePath is the path template, or the path when there is none.
func resourcePath(env *Env, key string) (string, bool) {
	if env.ResourcePath != "" {
		return env.ResourcePath, true
	}
	return requestPath(env, key)
}

// requestID is the id of the request.
func requestID(env *Env, _ string) (string, bool) { return env.Facts.Request.Headers.RequestID() }

// requestHeader takes the first line of a request header.
func requestHeader(name string) source {
	return func(env *Env, _ string) (string, bool) { return env.Facts.Request.Headers.First(name) }
}

// requestPath is the path without query.
func requestPath(env *Env, _ string) (string, bool) {
	target, ok := env.Facts.Request.Headers.First(":path")
	path, _, _ := strings.Cut(target, "?")
	return path, ok
}

// requestTimeEpoch is when the request began, in milliseconds.
func requestTimeEpoch(env *Env, _ string) (string, bool) {
	nanoseconds := env.Facts.Request.Time
	return strconv.FormatInt(nanoseconds/int64(time.Millisecond), 10), nanoseconds != 0
}

// requestTime is when the request began as the common log format has it, dd/MMM/yyyy:HH:mm:ss +hhmm. It is put together
// by hand because Time.Format would add 44 kB to the wasm.
func requestTime(env *Env, _ string) (string, bool) {
	nanoseconds := env.Facts.Request.Time
	began := time.Unix(0, nanoseconds).UTC()
	year, month, day := began.Date()
	hour, minute, second := began.Clock()
	return twoDigits(day) + "/" + month.String()[:3] + "/" + strconv.Itoa(year) + ":" +
		twoDigits(hour) + ":" + twoDigits(minute) + ":" + twoDigits(second) + " +0000", nanoseconds != 0
}

// twoDigits writes 0 to 99.
func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
