// SPDX-License-Identifier: Apache-2.0

package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	v1 "gatewayresponses/internal/server/v1"
)

// Editor is what the template "editor" shows: a text that is edited, and what became of it.
type Editor struct {
	// Where says what is edited. API or Gateway names whose it is, and Type is the gateway response type, "" for a whole document.
	Where              Where
	API, Gateway, Type string
	// State says where a gateway response comes from, and From which type it is inherited from.
	State, From string
	// ETag is the version that the text was made of.
	ETag string
	// May reports whether the key is for changing it, and Reviewed whether a page asks before anything is saved.
	May, Reviewed bool
	// Raw is the text, and Theirs what somebody else has saved meanwhile, "" for nothing. Other says who and when, nil where that is unknown.
	Raw, Theirs string
	Other       *Edit
	// Problem is why it was not saved, nil for nothing.
	Problem *v1.Problem
}

// Where is what an editor edits, as its scripts know it.
type Where string

// What there is to edit.
const (
	// OfAPI is a gateway response of an API.
	OfAPI Where = "api"
	// OfBase is an entry of a base document.
	OfBase Where = "base"
	// OfDocument is a whole base document.
	OfDocument Where = "document"
)

// Edit is who has changed something, and when.
type Edit struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// NotSaved makes the editor one of a text that was not saved, and says why. query asks the audit log for what is edited.
func (e *Editor) NotSaved(v *Visit, raw string, said *APIError, query ...string) error {
	if said.Status == http.StatusConflict {
		e.Theirs = e.Raw
		var last struct{ Items []Edit }
		if err := v.API.List(&last, append(query, "limit", "1"), "audit"); err != nil {
			return err
		}
		if len(last.Items) > 0 {
			e.Other = &last.Items[0]
		}
	}
	e.Raw, e.Problem = raw, &said.Problem
	return nil
}

// Edited is the request that does what the form of a gateway response asks for: it gives the response as a whole, or customises the type no
// longer. An *APIError says that the text of the form is no JSON.
func (v *Visit) Edited() (method string, in any, err error) {
	raw := []byte(v.PostForm.Get("raw"))
	switch {
	case v.PostForm.Get("do") == "reset":
		return http.MethodDelete, nil, nil
	case !json.Valid(raw):
		return "", nil, &APIError{v1.Problem{Title: "not JSON", Status: http.StatusBadRequest, Detail: "The text is not JSON; the end of a string or a brace may be missing."}}
	}
	return http.MethodPut, json.RawMessage(raw), nil
}

// RawOf is a gateway response as people edit it. Characters that control, or turn the direction of a text, stand there by their
// numbers; what has them in JSON is within a string.
func RawOf(parts any) string {
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

// UnixLines is a text of a form with the ends of lines that people write: browsers send others.
func UnixLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
