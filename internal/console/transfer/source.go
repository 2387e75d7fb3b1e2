// SPDX-License-Identifier: Apache-2.0

package transfer

import (
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// source is what somebody brings. Forms carry it from page to page, so the server keeps nothing of it.
type source struct {
	// Name is what findings call the text, and Text the text itself.
	Name, Text string
	// Format is that of the text, "" for whichever it looks like. Of is the API to take of several, and Parameters are values that the text
	// leaves open, NAME=VALUE a line.
	Format, Of, Parameters string
}

// sourceOf reads what a form brings: a file, or else a text.
func sourceOf(v *page.Visit) (s source, err error) {
	value := func(name string) string { return strings.TrimSpace(v.FormValue(name)) }
	s = source{Name: value("name"), Text: v.FormValue("text"), Format: value("format"), Of: value("of"), Parameters: value("parameters")}
	if file, header, err := v.FormFile("file"); err == nil {
		if text, err := readFile(file); err != nil {
			return s, page.BadForm(err)
		} else if text != "" {
			s.Name, s.Text = header.Filename, text
		}
	}
	return s, s.check()
}

// readFile reads a file of a form.
func readFile(file multipart.File) (string, error) {
	defer file.Close()
	text, err := io.ReadAll(file)
	return string(text), err
}

// check refuses what cannot be read at all.
func (s source) check() error {
	switch {
	case len(s.Text) > page.MaxFile:
		return page.TooLarge("text", page.MaxFile)
	case strings.TrimSpace(s.Text) == "":
		return unfit("There is no text. Choose a file, or put its text into the field.")
	case !utf8.ValidString(s.Text):
		return unfit("The text is not UTF-8. Save the file as UTF-8, and bring it again.")
	}
	return nil
}

// unfit says why a text is of no use.
func unfit(why string) error {
	return &page.APIError{Problem: v1.Problem{Title: "not readable", Status: http.StatusUnprocessableEntity, Detail: why}}
}

// asked is what the API takes to convert the text.
func (s source) asked() (map[string]any, error) {
	parameters := map[string]string{}
	for line := range strings.Lines(s.Parameters) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok && name != "" {
			return nil, unfit("The line “" + name + "” of the parameters has no “=”. Write NAME=VALUE, a parameter a line.")
		}
		if ok {
			parameters[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	asked := map[string]any{"text": s.Text}
	for name, value := range map[string]string{"name": s.Name, "format": s.Format, "api": s.Of} {
		if value != "" {
			asked[name] = value
		}
	}
	if len(parameters) > 0 {
		asked["parameters"] = parameters
	}
	return asked, nil
}
