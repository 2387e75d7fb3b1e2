// SPDX-License-Identifier: Apache-2.0

package facts

// RequestIDHeader is the request header that holds the id of the request. When it is absent, OtherRequestIDHeader is
// captured with it.
const RequestIDHeader = "x-request-id"

// OtherRequestIDHeader is the request header in which clients of AWS choose the id of their request.
const OtherRequestIDHeader = "x-amzn-requestid"

// RequestID is the id of the request whose headers these are.
func (h Headers) RequestID() (string, bool) {
	if id, found := h.First(RequestIDHeader); found {
		return id, true
	}
	return h.First(OtherRequestIDHeader)
}
