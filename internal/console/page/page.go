// SPDX-License-Identifier: Apache-2.0

// Package page is what the pages of the console share: the visit of somebody who is signed in, who asks the server's API, and the frame,
// the parts and the functions of templates.
package page

import (
	"errors"
	"net/http"
	"strings"

	"gatewayresponses/internal/auth"
	v1 "gatewayresponses/internal/server/v1"
)

// Visit is one request of somebody who is signed in.
type Visit struct {
	*http.Request
	W http.ResponseWriter
	// API answers for the caller.
	API Client
	// Who is the caller.
	Who v1.Who
}

// Func answers a visit. An *APIError, which the API gave or BadForm, is shown to people; another error is one of the server.
type Func func(*Visit) error

// Routes are pages by the patterns of their requests, as http.ServeMux has them.
type Routes map[string]Func

const (
	// MaxForm is the size of the largest form, in bytes: more than the API takes of a gateway response.
	MaxForm = 4 << 20
	// MaxFile is the size of the largest file in a form, in bytes: that of AWS's definitions. Forms with files have room for other fields.
	MaxFile   = 6 << 20
	maxUpload = MaxFile + 1<<20
)

// Begin finds out who is there, and reads the form.
func (v *Visit) Begin() error {
	if v.Method != http.MethodGet && v.Method != http.MethodHead {
		if err := v.readForm(); err != nil {
			return err
		}
	}
	return v.API.Get(&v.Who, "caller")
}

// HasFiles reports whether a request is a form with files.
func HasFiles(r *http.Request) bool {
	return strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "multipart/")
}

// readForm reads the form into memory: nothing of it goes to a disk.
func (v *Visit) readForm() error {
	var err error
	most := MaxForm
	if HasFiles(v.Request) {
		most = MaxFile
		v.Body = http.MaxBytesReader(v.W, v.Body, maxUpload)
		err = v.ParseMultipartForm(maxUpload)
	} else {
		v.Body = http.MaxBytesReader(v.W, v.Body, MaxForm)
		err = v.ParseForm()
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return TooLarge("form", most)
	case err != nil:
		return BadForm(err)
	}
	return nil
}

// Show answers with a page. It is written whole, or not at all.
func (v *Visit) Show(status int, page *Template, data any) error {
	return page.Write(v.W, v.Request, &v.Who, status, data)
}

// Redirect goes to a page after a form has done its work.
func (v *Visit) Redirect(to string) error {
	http.Redirect(v.W, v.Request, to, http.StatusSeeOther)
	return nil
}

// MayGateways reports whether the caller has a role for gateways, which serve all APIs.
func (v *Visit) MayGateways(role auth.Role) bool {
	return v.Who.Rights.MayAllAPIs(role)
}

// SwitchOn finds a switch that is on; nil is none.
func (v *Visit) SwitchOn(is func(v1.Switch) bool) (*v1.Switch, error) {
	var all v1.Switches
	if err := v.API.Get(&all, "switches"); err != nil {
		return nil, err
	}
	for i, s := range all.Items {
		if is(s) {
			return &all.Items[i], nil
		}
	}
	return nil, nil //nolint:nilnil // no switch is no error
}
