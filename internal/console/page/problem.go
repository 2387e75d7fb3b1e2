// SPDX-License-Identifier: Apache-2.0

package page

import (
	"fmt"
	"net/http"

	v1 "gatewayresponses/internal/server/v1"
)

// APIError is a problem that the API answers with.
type APIError struct{ v1.Problem }

func (e *APIError) Error() string { return e.Title + ": " + e.Detail }

// BadForm says that a form is none.
func BadForm(err error) error {
	return &APIError{v1.Problem{Title: "bad request", Status: http.StatusBadRequest, Detail: "The form cannot be read: " + err.Error()}}
}

// TooLarge says that what somebody sends, such as a file, has more than so many bytes.
func TooLarge(what string, most int) error {
	return &APIError{v1.Problem{
		Title: "too large", Status: http.StatusRequestEntityTooLarge, Detail: fmt.Sprintf("The %s has more than %d MB, which is the most that is read at once.", what, most>>20),
	}}
}
