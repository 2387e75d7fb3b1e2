// SPDX-License-Identifier: Apache-2.0

package base

import (
	"errors"
	"net/http"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// editPage is what the pages show that edit an entry, or the whole document.
type editPage struct {
	Gateway v1.Gateway
	// Rules lead to the type of the entry.
	Rules  []v1.BaseRule
	Editor page.Editor
}

// responseShown reads the entry that the path names.
func responseShown(v *page.Visit) (shown editPage, err error) {
	gateway := v.PathValue("gateway")
	var response v1.BaseResponse
	etag, err := v.API.GetVersion(&response, "gateways", gateway, "base", "responses", v.PathValue("type"))
	err = errors.Join(err, v.API.Get(&shown.Gateway, "gateways", gateway))
	shown.Rules = response.Rules
	shown.Editor = page.Editor{
		Where: page.OfBase, Gateway: gateway, Type: response.Type, State: response.State, From: response.From, ETag: etag,
		May: may(v, shown.Gateway), Reviewed: true, Raw: page.RawOf(response.BaseParts),
	}
	return shown, err
}

// documentShown reads the whole document.
func documentShown(v *page.Visit) (shown editPage, err error) {
	gateway := v.PathValue("gateway")
	var document v1.BaseDocument
	etag, err := v.API.GetVersion(&document, "gateways", gateway, "base")
	err = errors.Join(err, v.API.Get(&shown.Gateway, "gateways", gateway))
	shown.Editor = page.Editor{Where: page.OfDocument, Gateway: gateway, ETag: etag, May: may(v, shown.Gateway), Reviewed: true, Raw: document.Text}
	return shown, err
}

// editResponse is the page that edits an entry.
func editResponse(v *page.Visit) error {
	shown, err := responseShown(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["edit.html"], shown)
}

// editDocument is the page that edits the whole document.
func editDocument(v *page.Visit) error {
	shown, err := documentShown(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["edit.html"], shown)
}

// reviewResponse shows what the entry that a form holds would change, or its removal.
func reviewResponse(v *page.Visit) error {
	method, in, err := v.Edited()
	if err == nil {
		err = review(v, method, in, "base", "responses", v.PathValue("type"))
	}
	return notSaved(v, v.PostForm.Get("raw"), responseShown, err)
}

// reviewDocument shows what the document that a form holds would change. A text that was shown for a review comes back to be edited.
func reviewDocument(v *page.Visit) error {
	raw := page.UnixLines(v.PostForm.Get("raw"))
	if v.PostForm.Get("do") == "edit" {
		shown, err := documentShown(v)
		if err != nil {
			return err
		}
		shown.Editor.Raw, shown.Editor.ETag = raw, v.PostForm.Get("etag")
		return v.Show(http.StatusOK, templates["edit.html"], shown)
	}
	err := review(v, http.MethodPut, map[string]string{"text": raw}, "base")
	return notSaved(v, raw, documentShown, err)
}

// notSaved shows a text that was not saved, and why. Without an error of the API there is nothing to show.
func notSaved(v *page.Visit, raw string, read func(*page.Visit) (editPage, error), err error) error {
	var said *page.APIError
	if !errors.As(err, &said) {
		return err
	}
	shown, err := read(v)
	if err != nil {
		return err
	}
	if err := shown.Editor.NotSaved(v, raw, said, "kind", "base", "name", shown.Gateway.Name); err != nil {
		return err
	}
	return v.Show(said.Status, templates["edit.html"], shown)
}
