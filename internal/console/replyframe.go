// SPDX-License-Identifier: Apache-2.0

package console

import (
	"bytes"

	"gatewayresponses/internal/console/page"
)

// framePolicy is that of a reply which is shown as a page: it has an origin of its own, no scripts and no forms, and loads nothing.
const framePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"

// replyFrame answers with the HTML that a form holds, for a frame of the page that shows it. It has an address of its own, since what a page
// writes into a frame is under the policy of the page, and would look otherwise than at the client.
func replyFrame(v *page.Visit) error {
	v.W.Header().Set("Content-Security-Policy", framePolicy)
	v.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = v.W.Write(bytes.ToValidUTF8([]byte(v.PostForm.Get("body")), []byte("\uFFFD"))) // a client that is gone needs no answer
	return nil
}
