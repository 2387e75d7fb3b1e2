// SPDX-License-Identifier: Apache-2.0

package console

import (
	"encoding/base64"

	"gatewayresponses/internal/console/page"
)

// replyFrame answers with the HTML that a form holds, as text or in base64, for a frame of the page that shows it.
func replyFrame(v *page.Visit) error {
	body := []byte(v.PostForm.Get("body"))
	if packed := v.PostForm.Get("base64"); packed != "" {
		var err error
		if body, err = base64.StdEncoding.DecodeString(packed); err != nil {
			return page.BadForm(err)
		}
	}
	v.ShowReply(string(body))
	return nil
}
