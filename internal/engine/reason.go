// SPDX-License-Identifier: Apache-2.0

package engine

// reasonPhrases are the phrases of the status codes from 400 on, as RFC 9110 section 15 and the IANA registry word them.
var reasonPhrases = [...]struct {
	status int
	phrase string
}{
	{400, "Bad Request"},
	{401, "Unauthorized"},
	{402, "Payment Required"},
	{403, "Forbidden"},
	{404, "Not Found"},
	{405, "Method Not Allowed"},
	{406, "Not Acceptable"},
	{407, "Proxy Authentication Required"},
	{408, "Request Timeout"},
	{409, "Conflict"},
	{410, "Gone"},
	{411, "Length Required"},
	{412, "Precondition Failed"},
	{413, "Content Too Large"},
	{414, "URI Too Long"},
	{415, "Unsupported Media Type"},
	{416, "Range Not Satisfiable"},
	{417, "Expectation Failed"},
	{421, "Misdirected Request"},
	{422, "Unprocessable Content"},
	{423, "Locked"},
	{424, "Failed Dependency"},
	{425, "Too Early"},
	{426, "Upgrade Required"},
	{428, "Precondition Required"},
	{429, "Too Many Requests"},
	{431, "Request Header Fields Too Large"},
	{451, "Unavailable For Legal Reasons"},
	{500, "Internal Server Error"},
	{501, "Not Implemented"},
	{502, "Bad Gateway"},
	{503, "Service Unavailable"},
	{504, "Gateway Timeout"},
	{505, "HTTP Version Not Supported"},
	{506, "Variant Also Negotiates"},
	{507, "Insufficient Storage"},
	{508, "Loop Detected"},
	{511, "Network Authentication Required"},
}

// reasonPhrase words a status of 400 or above. A code without a phrase is treated as the x00 of its class, as RFC 9110
// section 15 asks.
func reasonPhrase(status int) string {
	for _, row := range reasonPhrases {
		if row.status == status {
			return row.phrase
		}
	}
	if status >= 500 {
		return reasonPhrase(500)
	}
	return reasonPhrase(400)
}
