// SPDX-License-Identifier: Apache-2.0

package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"net/http"
	"time"

	"gatewayresponses/internal/console/codemirror"
)

//go:embed assets
var assetFiles embed.FS

// asset answers with a file that pages load, if the browser has not got it already. Everybody may have it.
func (c *Console) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	text, err := assetFiles.ReadFile("assets/" + name)
	if name == "codemirror.js" {
		w.Header().Set("Content-Encoding", "gzip") // which every browser takes
		text, err = codemirror.Script, nil
	}
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(text))))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(text))
}
