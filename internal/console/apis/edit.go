// SPDX-License-Identifier: Apache-2.0

package apis

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// editPage is what the page shows that edits a gateway response.
type editPage struct {
	API      v1.API
	Response v1.Response
	// May reports whether the key is for changing it.
	May bool
	// Raw is the text that is being edited, JSON.
	Raw string
	// Theirs is what somebody else has saved meanwhile, "" for nothing.
	Theirs string
	// Problem is why it was not saved, nil for nothing.
	Problem *v1.Problem
}

// responseShown reads the gateway response that the path names.
func responseShown(v *page.Visit) (editPage, error) {
	id := v.PathValue("api")
	shown := editPage{May: v.Who.Rights.MayAPI(auth.Edit, id)}
	etag, err := v.API.GetVersion(&shown.Response, "apis", id, "responses", v.PathValue("type"))
	shown.Response.ETag, shown.Raw = etag, rawOf(shown.Response.ResponseParts)
	return shown, errors.Join(err, v.API.Get(&shown.API, "apis", id))
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
	raw, isReset := v.PostForm.Get("raw"), v.PostForm.Get("do") == "reset"
	if !isReset && !json.Valid([]byte(raw)) {
		return notSaved(v, raw, &page.APIError{Problem: v1.Problem{Title: "not JSON", Status: http.StatusBadRequest, Detail: "The text is not JSON; the end of a string or a brace may be missing."}})
	}
	method, in := http.MethodPut, any(json.RawMessage(raw))
	if isReset {
		method, in = http.MethodDelete, nil
	}
	if err := v.API.IfMatch(v.PostForm.Get("etag")).Do(method, in, nil, "apis", v.PathValue("api"), "responses", v.PathValue("type")); err != nil {
		return notSaved(v, raw, err)
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
	if said.Status == http.StatusConflict {
		shown.Theirs = shown.Raw
	}
	shown.Raw, shown.Problem = raw, &said.Problem
	return v.Show(said.Status, templates["edit.html"], shown)
}

// rawOf is a gateway response as people edit it. Characters that control, or turn the direction of a text, stand there by their
// numbers; what has them in JSON is within a string.
func rawOf(parts v1.ResponseParts) string {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(parts) // texts and maps of texts have a form in JSON
	var shown strings.Builder
	for _, c := range strings.TrimSuffix(text.String(), "\n") {
		if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
			fmt.Fprintf(&shown, `\u%04X`, c)
		} else {
			shown.WriteRune(c)
		}
	}
	return shown.String()
}
