// SPDX-License-Identifier: Apache-2.0

package console

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
	v1 "gatewayresponses/internal/server/v1"
)

// editPage is what the page shows that edits a gateway response.
type editPage struct {
	// Nonce lets the page load its scripts and styles.
	Nonce    string
	API      v1.API
	Response v1.Response
	// May reports whether the key is for changing it.
	May bool
	// Raw is the text that is being edited, JSON.
	Raw string
	// Theirs is what somebody else has saved meanwhile, "" for nothing.
	Theirs string
	// Problem is why it was not saved, nil for nothing.
	Problem *problem
}

// responseShown reads the gateway response that the path names.
func (v *visit) responseShown() (editPage, error) {
	id := v.PathValue("api")
	shown := editPage{Nonce: nonceOf(v.Request), May: v.who.Rights.MayAPI(auth.Edit, id)}
	etag, err := v.api.getVersion(&shown.Response, "apis", id, "responses", v.PathValue("type"))
	shown.Response.ETag, shown.Raw = etag, rawOf(shown.Response.ResponseParts)
	return shown, errors.Join(err, v.api.get(&shown.API, "apis", id))
}

// editResponse is the page that edits a gateway response. Without scripts it edits the raw JSON.
func editResponse(v *visit) error {
	shown, err := v.responseShown()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "edit.html", shown)
}

// maxRaw is the size of the largest form with a gateway response, in bytes: more than the API takes of one.
const maxRaw = 4 << 20

// saveResponse saves the gateway response that a form holds, or customises its type no longer. What was not saved is shown again, beside what
// somebody else has saved meanwhile.
func saveResponse(v *visit) error {
	v.Body = http.MaxBytesReader(v.w, v.Body, maxRaw)
	if err := v.ParseForm(); err != nil {
		return badForm(err)
	}
	raw, isReset := v.PostForm.Get("raw"), v.PostForm.Get("do") == "reset"
	if !isReset && !json.Valid([]byte(raw)) {
		return v.notSaved(raw, &apiError{problem{Title: "not JSON", Status: http.StatusBadRequest, Detail: "The text is not JSON; the end of a string or a brace may be missing."}})
	}
	method, in := http.MethodPut, any(json.RawMessage(raw))
	if isReset {
		method, in = http.MethodDelete, nil
	}
	if err := v.api.ifMatch(v.PostForm.Get("etag")).do(method, in, nil, "apis", v.PathValue("api"), "responses", v.PathValue("type")); err != nil {
		return v.notSaved(raw, err)
	}
	return v.redirect("/console/apis/" + url.PathEscape(v.PathValue("api")))
}

// notSaved shows a text that was not saved, and why.
func (v *visit) notSaved(raw string, err error) error {
	var said *apiError
	if !errors.As(err, &said) {
		return err
	}
	shown, err := v.responseShown()
	if err != nil {
		return err
	}
	if said.Status == http.StatusConflict {
		shown.Theirs = shown.Raw
	}
	shown.Raw, shown.Problem = raw, &said.problem
	return v.show(said.Status, "edit.html", shown)
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

// framePolicy is that of a reply which is shown as a page: it has an origin of its own, no scripts and no forms, and loads nothing.
const framePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"

// replyFrame answers with the HTML that a form holds, for a frame of the page that edits. It has an address of its own, since what a page
// writes into a frame is under the policy of the page, and would look otherwise than at the client.
func replyFrame(v *visit) error {
	v.Body = http.MaxBytesReader(v.w, v.Body, maxRaw)
	if err := v.ParseForm(); err != nil {
		return badForm(err)
	}
	v.w.Header().Set("Content-Security-Policy", framePolicy)
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = v.w.Write(bytes.ToValidUTF8([]byte(v.PostForm.Get("body")), []byte("\uFFFD"))) // a client that is gone needs no answer
	return nil
}
