// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strconv"
	"strings"

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
	return strconv.FormatInt(nanoseconds/1e6, 10), nanoseconds > 0
}

// requestTime is when the request began as the common log format has it, dd/MMM/yyyy:HH:mm:ss +hhmm. Package
// time would add 210 KB to the wasm.
func requestTime(env *Env, _ string) (string, bool) {
	nanoseconds := env.Facts.Request.Time
	seconds := nanoseconds / 1e9
	year, month, day := date(seconds / daySeconds)
	second := int(seconds % daySeconds)
	return twoDigits(day) + "/" + months[3*month:3*month+3] + "/" + strconv.Itoa(year) + ":" +
		twoDigits(second/3600) + ":" + twoDigits(second/60%60) + ":" + twoDigits(second%60) + " +0000", nanoseconds > 0
}

// daySeconds is how many seconds a day has.
const daySeconds = 24 * 60 * 60

// months are the months, three letters each, from March on: so a leap day is the last one of its year.
const months = "MarAprMayJunJulAugSepOctNovDecJanFeb"

// date is the year, the month by its place in months, and the day of the month of a day that is counted from 1970.
// https://howardhinnant.github.io/date_algorithms.html#civil_from_days
func date(day int64) (year, month, monthDay int) {
	const toMarchOfYear0, in400Years, in100Years, in4Years, inYear = 719468, 146097, 36524, 1460, 365
	day += toMarchOfYear0
	cycle, inCycle := day/in400Years, int(day%in400Years)
	yearOfCycle := (inCycle - inCycle/in4Years + inCycle/in100Years - inCycle/(in400Years-1)) / inYear
	yearDay := inCycle - (inYear*yearOfCycle + yearOfCycle/4 - yearOfCycle/100)
	month = (5*yearDay + 2) / 153
	monthDay = yearDay - (153*month+2)/5 + 1
	year = int(cycle)*400 + yearOfCycle
	if month >= len("MarAprMayJunJulAugSepOctNovDec")/3 {
		year++
	}
	return year, month, monthDay
}

// twoDigits writes 0 to 99.
func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
