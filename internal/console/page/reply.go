// SPDX-License-Identifier: Apache-2.0

package page

import (
	"bytes"
	"strings"
)

// replyPolicy is that of a reply which is shown as a page: it has an origin of its own, no scripts and no forms, and loads nothing.
const replyPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"

// IsHTML reports whether a browser shows a body with a content-type as a page.
func IsHTML(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(media), "text/html")
}

// ShowReply answers with the HTML of a reply, for a frame of the page that shows it. It has an address of its own, since what a page
// writes into a frame is under the policy of the page, and would look otherwise than at the client.
func (v *Visit) ShowReply(body string) {
	v.W.Header().Set("Content-Security-Policy", replyPolicy)
	v.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = v.W.Write(bytes.ToValidUTF8([]byte(body), []byte("\uFFFD"))) // a client that is gone needs no answer
}
