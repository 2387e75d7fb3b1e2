// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"net/http"
	"strconv"
	"strings"
)

// Tokens for /jwt. Their key is in envoy.yaml; the private half is gone. The first is valid until 2100, the second expired
// in 2000.
const (
	validToken   = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkZW1vIiwiZXhwIjo0MTAyNDQ0ODAwfQ.8V-K-7hO4VVy3exvj1P-_q5RFuZ6stD6abdbMBkMBy_B0Dsb6-P0YlohZ8HDfLVVu5Xzg4xYwWpM_msZ6D5Q6Q"
	expiredToken = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkZW1vIiwiZXhwIjo5NDY2ODQ4MDB9.TLdn3am8ZzwuoY1JGcO6Y9_IYwBgYGY6h5VVsS3bdh039mIWRnMOVEPwlSElhr9DatVOtgoS2L3fZw10l9UmhA"
)

// request is one request to try.
type request struct {
	// about says what is special about it.
	about string
	// path is the path on the gateway.
	path string
	// header and value are a header to send, "" for none; user is NAME:PASSWORD of basic authentication, "" for none.
	header, value, user string
	// numbers is how many lines, each with the next number, the body has; 0 for no body.
	numbers int
	// before is how many requests like this one have to come first.
	before int
}

// requests lists one request for each path of envoy.yaml and each way to be refused there. A test on a real Envoy sends
// all of them.
var requests = []request{
	{about: "all is well", path: "/ok"},
	{about: "the upstream fails by itself", path: "/upstream-error"},
	{about: "a direct_response of the route", path: "/direct"},

	{about: "no token", path: "/jwt"},
	{about: "an expired token", path: "/jwt", header: "authorization", value: "Bearer " + expiredToken},
	{about: "a bad token", path: "/jwt", header: "authorization", value: "Bearer nonsense"},
	{about: "a good token", path: "/jwt", header: "authorization", value: "Bearer " + validToken},
	{about: "no password", path: "/basic"},
	{about: "a wrong password", path: "/basic", user: "demo:wrong"},
	{about: "no API key", path: "/api-key"},
	{about: "a wrong API key", path: "/api-key", header: "x-api-key", value: "wrong"},
	{about: "role-based access control says no", path: "/rbac"},
	{about: "the authorization service cannot be reached", path: "/authz"},
	{about: "the second request within a minute", path: "/limited", before: 1},
	{about: "a body over 1 KiB", path: "/large", numbers: 9999},

	{about: "the upstream refuses the connection", path: "/down"},
	{about: "the cluster has no host", path: "/no-host"},
	{about: "there is no such cluster", path: "/no-cluster"},
	{about: "the upstream is too slow", path: "/slow"},
	{about: "no route", path: "/nowhere?q=1"},
	{about: "no route, and a browser", path: "/nowhere", header: "accept", value: "text/html"},
}

// body is what the request sends, "" for nothing.
func (r request) body() string {
	var b strings.Builder
	for i := range r.numbers {
		b.WriteString(strconv.Itoa(i+1) + "\n")
	}
	return b.String()
}

// method is POST for a request with a body.
func (r request) method() string {
	if r.numbers > 0 {
		return http.MethodPost
	}
	return http.MethodGet
}
