// SPDX-License-Identifier: Apache-2.0

package transfer

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// makeAPI makes an API of a definition.
func makeAPI(v *page.Visit) error {
	from, err := sourceOf(v)
	if err != nil {
		return err
	}
	var made v1.Defined
	if err := v.API.Do(http.MethodPost, map[string]string{"text": from.Text}, &made, "apis", "import"); err != nil {
		return err
	}
	return v.Redirect("/console/apis/" + url.PathEscape(made.API.ID))
}

// intoPage is what the page shows that asks before a definition goes into an API.
type intoPage struct {
	Source source
	API    v1.API
	// ETag is the version of the API that was looked at, and Shown stands for the changes that were shown.
	ETag, Shown string
	// Mode is merge or overwrite.
	Mode string
	// Moved reports that the API has changed since the page was shown.
	Moved bool
	importedAPI
}

// intoAPI brings a definition into an API, after a page that shows what that changes. If that is not what was shown any more it shows it anew.
func intoAPI(v *page.Visit) error {
	from, err := sourceOf(v)
	if err != nil {
		return err
	}
	id := v.FormValue("api")
	shown := intoPage{Source: from, Mode: v.FormValue("mode")}
	asked := map[string]string{"text": from.Text, "mode": shown.Mode}
	if shown.ETag, err = v.API.GetVersion(&shown.API, "apis", id); err != nil {
		return err
	}
	api := v.API.IfMatch(shown.ETag)
	if err := api.Try(http.MethodPut, asked, &shown.importedAPI, "apis", id, "definition"); err != nil {
		return err
	}
	if shown.Shown, err = digest(shown.Responses); err != nil {
		return err
	}
	if v.FormValue("do") != "save" {
		return v.Show(http.StatusOK, templates["into.html"], shown)
	}
	if shown.Moved = v.FormValue("etag") != shown.ETag || v.FormValue("shown") != shown.Shown; shown.Moved {
		return v.Show(http.StatusConflict, templates["into.html"], shown)
	}
	if err := api.Do(http.MethodPut, asked, nil, "apis", id, "definition"); err != nil {
		return err
	}
	return v.Redirect("/console/apis/" + url.PathEscape(id))
}

// digest stands for a value, as long as it says the same.
func digest(value any) (string, error) {
	text, err := json.Marshal(value)
	return fmt.Sprintf("%x", sha256.Sum256(text)), err
}
