// SPDX-License-Identifier: Apache-2.0

package base

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// ownPage is what the page shows that makes a type of one's own.
type ownPage struct {
	Gateway v1.Gateway
	ETag    string
	// Type, Status, Rule, Details, Filter and Replies are what the form holds.
	Type, Status, Rule, Details, Filter, Replies, Message string
	// Problem is why it was not made, nil for nothing.
	Problem *v1.Problem
}

// ownShown reads what the page needs beside its form.
func ownShown(v *page.Visit) (shown ownPage, err error) {
	var document v1.BaseDocument
	gateway := v.PathValue("gateway")
	shown.ETag, err = v.API.GetVersion(&document, "gateways", gateway, "base")
	return shown, errors.Join(err, v.API.Get(&shown.Gateway, "gateways", gateway))
}

// newType is the page that makes a type of one's own.
func newType(v *page.Visit) error {
	shown, err := ownShown(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["own.html"], shown)
}

// when are the conditions of a rule.
type when struct {
	Details []string `json:"details,omitempty"`
	Filter  []string `json:"filter,omitempty"`
	Status  []string `json:"status,omitempty"`
}

// reviewType shows what the new type that a form holds would change.
func reviewType(v *page.Visit) error {
	field := func(name string) string { return strings.TrimSpace(v.PostForm.Get(name)) }
	conditions, err := json.Marshal(when{words(field("details")), words(field("filter")), words(field("replies"))})
	if err != nil {
		return err
	}
	in := map[string]any{
		"statusCode": field("status"), "rule": map[string]any{"name": field("rule"), "when": json.RawMessage(conditions), "message": field("message")},
	}
	if err = isFree(v, field("type")); err == nil {
		err = review(v, http.MethodPut, in, "base", "responses", field("type"))
	}
	var said *page.APIError
	if !errors.As(err, &said) {
		return err
	}
	shown, err := ownShown(v)
	if err != nil {
		return err
	}
	shown.Type, shown.Status, shown.Rule, shown.Message = field("type"), field("status"), field("rule"), field("message")
	shown.Details, shown.Filter, shown.Replies, shown.Problem = field("details"), field("filter"), field("replies"), &said.Problem
	return v.Show(said.Status, templates["own.html"], shown)
}

// isFree refuses what is no type of one's own, and one that there is.
func isFree(v *page.Visit, name string) error {
	if !(v1.BaseResponse{Type: name}).IsOwn() {
		return &page.APIError{Problem: v1.Problem{Title: "bad request", Status: http.StatusBadRequest, Detail: "The name of a type of one's own begins with X_."}}
	}
	err := v.API.Get(nil, "gateways", v.PathValue("gateway"), "base", "responses", name)
	var said *page.APIError
	switch {
	case errors.As(err, &said) && said.Status == http.StatusNotFound:
		return nil
	case err != nil:
		return err
	}
	return &page.APIError{Problem: v1.Problem{Title: "conflict", Status: http.StatusConflict, Detail: "There is a type of this name already."}}
}

// words are what stands between commas and spaces.
func words(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ' ' })
}
