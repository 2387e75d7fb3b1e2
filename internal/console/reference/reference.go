// SPDX-License-Identifier: Apache-2.0

// Package reference is the pages that explain words of other pages: what the kinds of findings mean.
package reference

import (
	"embed"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

//go:embed pages/*.html
var files embed.FS

var templates = page.Parse(files)

// Pages are the pages of this room.
func Pages() page.Routes {
	return page.Routes{
		"GET /console/finding-kinds":        kinds,
		"GET /console/finding-kinds/{code}": kind,
	}
}

// kinds is the page that lists the kinds of findings.
func kinds(v *page.Visit) error {
	var all v1.FindingKinds
	if err := v.API.Get(&all, "finding-kinds"); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["kinds.html"], all)
}

// kindPage is what the page of one kind of findings shows.
type kindPage struct {
	v1.FindingKind
	Means, Fix []span
}

// kind is the page of one kind of findings.
func kind(v *page.Visit) error {
	var all v1.FindingKinds
	if err := v.API.Get(&all, "finding-kinds"); err != nil {
		return err
	}
	code := v.PathValue("code")
	i := slices.IndexFunc(all.Kinds, func(k v1.FindingKind) bool { return k.Code == code })
	if i < 0 {
		return &page.APIError{Problem: v1.Problem{Title: "not found", Status: http.StatusNotFound, Detail: "There is no kind of findings of this code."}}
	}
	found := all.Kinds[i]
	return v.Show(http.StatusOK, templates["kind.html"], kindPage{found, spans(found.Means), spans(found.Fix)})
}

// span is a part of a sentence: words, or code.
type span struct {
	Text string
	Code bool
}

// link is a link in Markdown. Those of explanations lead to pages beside docs/findings.md, which are not here.
var link = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)

// spans are the parts of a text in Markdown, of which explanations use nothing but code and links.
func spans(text string) []span {
	var all []span
	for i, part := range strings.Split(link.ReplaceAllString(text, "$1"), "`") {
		if part != "" {
			all = append(all, span{part, i%2 == 1})
		}
	}
	return all
}
