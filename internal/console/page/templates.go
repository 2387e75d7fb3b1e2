// SPDX-License-Identifier: Apache-2.0

package page

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	v1 "gatewayresponses/internal/server/v1"
)

//go:embed pages/*.html
var shared embed.FS

// outer is the frame of all pages, and the parts that they share.
var outer = template.Must(template.New("").Funcs(functions).ParseFS(shared, "pages/*.html"))

// Template is a page within its frame. It defines the templates "title" and "main", which get the data of the page, and may define "head",
// for its own styles and scripts, which gets the frame. One that defines "live" follows what it shows, and holds no form.
type Template struct{ made *template.Template }

// Parse reads the pages of a room, pages/*.html; they are named without the folder. What they share is in pages/parts/*.html, if anything is.
func Parse(files fs.FS) map[string]*Template {
	names, err := fs.Glob(files, "pages/*.html")
	if err != nil {
		panic(err)
	}
	parts, err := fs.Glob(files, "pages/parts/*.html")
	if err != nil {
		panic(err)
	}
	made := map[string]*Template{}
	for _, name := range names {
		made[strings.TrimPrefix(name, "pages/")] = &Template{template.Must(template.Must(outer.Clone()).ParseFS(files, append(parts, name)...))}
	}
	return made
}

// frame is what stands around every page.
type frame struct {
	// Nonce lets the page load its scripts and styles, Path is where it is.
	Nonce, Path string
	// Who is signed in; nil is nobody.
	Who *v1.Who
	// Live lets the page follow what it shows.
	Live bool
	// Data is what the page itself shows.
	Data any
}

// Current is what aria-current says of a link of the navigation: "page" if the page is what it leads to, "true" if it is found below that,
// and else nothing.
func (f frame) Current(to string) string {
	switch to {
	case f.Path:
		return "page"
	case section(f.Path):
		return "true"
	}
	return ""
}

// section is the page of the navigation below which a page is found.
func section(path string) string {
	for _, to := range []string{"/console/audit", "/console/tries", "/console/keys"} {
		if strings.HasPrefix(path, to) {
			return to
		}
	}
	if strings.HasPrefix(path, "/console/sessions") {
		return "/console/keys"
	}
	return "/console/"
}

// Write answers with the page, of who is signed in, or, with nil, of nobody. It is written whole, or not at all.
func (t *Template) Write(w http.ResponseWriter, r *http.Request, who *v1.Who, status int, data any) error {
	shown := frame{Nonce: nonceOf(r), Path: r.URL.Path, Who: who, Data: data, Live: status == http.StatusOK && t.made.Lookup("live") != nil}
	var text bytes.Buffer
	if err := t.made.ExecuteTemplate(&text, "frame.html", shown); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(bytes.ToValidUTF8(text.Bytes(), []byte("\uFFFD"))) // a client that is gone needs no answer
	return nil
}
