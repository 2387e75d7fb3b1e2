// SPDX-License-Identifier: Apache-2.0

package console

import (
	"bytes"
	"encoding/base64"

	"gatewayresponses/internal/console/page"
)

// framePolicy is that of a reply which is shown as a page: it has an origin of its own, no scripts and no forms, and loads nothing.
const framePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"

// replyFrame answers with the HTML that a form holds, as text or in base64, for a frame of the page that shows it. It has an address of its own, since what a page
// writes into a frame is under the policy of the page, and would look otherwise than at the client.
func replyFrame(v *page.Visit) error {
	body := []byte(v.PostForm.Get("body"))
	if packed := v.PostForm.Get("base64"); packed != "" {
		var err error
		if body, err = base64.StdEncoding.DecodeString(packed); err != nil {
			return page.BadForm(err)
		}
	}
	v.W.Header().Set("Content-Security-Policy", framePolicy)
	v.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = v.W.Write(bytes.ToValidUTF8(body, []byte("\uFFFD"))) // a client that is gone needs no answer
	return nil
}
