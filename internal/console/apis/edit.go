// SPDX-License-Identifier: Apache-2.0

package apis

import (
	"errors"
	"net/http"
	"net/url"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// editPage is what the page shows that edits a gateway response.
type editPage struct {
	API    v1.API
	Editor page.Editor
}

// responseShown reads the gateway response that the path names.
func responseShown(v *page.Visit) (editPage, error) {
	id := v.PathValue("api")
	var shown editPage
	var response v1.Response
	etag, err := v.API.GetVersion(&response, "apis", id, "responses", v.PathValue("type"))
	err = errors.Join(err, v.API.Get(&shown.API, "apis", id))
	shown.Editor = page.Editor{
		Where: page.OfAPI, API: shown.API.ID, Type: response.Type, State: response.State, From: response.From, ETag: etag,
		May: v.Who.Rights.MayAPI(auth.Edit, id), Raw: page.RawOf(response.ResponseParts),
	}
	return shown, err
}

// editResponse is the page that edits a gateway response. Without scripts it edits the raw JSON.
func editResponse(v *page.Visit) error {
	shown, err := responseShown(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["edit.html"], shown)
}

// saveResponse saves the gateway response that a form holds, or customises its type no longer. What was not saved is shown again, beside what
// somebody else has saved meanwhile.
func saveResponse(v *page.Visit) error {
	method, in, err := v.Edited()
	if err == nil {
		err = v.API.IfMatch(v.PostForm.Get("etag")).Do(method, in, nil, "apis", v.PathValue("api"), "responses", v.PathValue("type"))
	}
	if err != nil {
		return notSaved(v, v.PostForm.Get("raw"), err)
	}
	return v.Redirect("/console/apis/" + url.PathEscape(v.PathValue("api")))
}

// notSaved shows a text that was not saved, and why.
func notSaved(v *page.Visit, raw string, err error) error {
	var said *page.APIError
	if !errors.As(err, &said) {
		return err
	}
	shown, err := responseShown(v)
	if err != nil {
		return err
	}
	if err := shown.Editor.NotSaved(v, raw, said, "api", shown.API.ID, "kind", "response", "name", shown.Editor.Type); err != nil {
		return err
	}
	return v.Show(said.Status, templates["edit.html"], shown)
}
