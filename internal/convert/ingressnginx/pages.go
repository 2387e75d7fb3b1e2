// SPDX-License-Identifier: Apache-2.0

package ingressnginx

import (
	"regexp"
	"strconv"

	"gatewayresponses/internal/convert/envoyformat"
	"gatewayresponses/internal/convert/manifest"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// pageName is the name of a page as default backends read it: of a status or of a class, with an extension or without.
var pageName = regexp.MustCompile(`^([45]\d\d|[45]xx)(?:\.([a-z]+))?$`)

// mediaTypes are those of the extensions that pages have. Without one a page is HTML.
var mediaTypes = map[string]string{"": "text/html", "html": "text/html", "htm": "text/html", "json": "application/json", "xml": "application/xml", "txt": "text/plain"}

// page is a page of a default backend.
type page struct {
	mediaType, text string
	at              tree.Place
}

// pages are the pages in one ConfigMap, by status or class.
type pages map[string][]page

// findPages finds the ConfigMap that holds the pages. Which default backend serves them, no manifest says for sure, so of several
// ConfigMaps the first one counts.
func (i *importer) findPages() {
	for _, o := range i.objects {
		if o.Kind != "ConfigMap" {
			continue
		}
		found := pagesOf(o)
		switch {
		case len(found) == 0:
		case i.pages == nil:
			i.pages = found
		default:
			i.result.Lose(o.Node.Place, "data", nil, "another ConfigMap with pages stands before; those of %s are left out", quote.Text(o.Title()))
		}
	}
}

// pagesOf are the pages that a ConfigMap holds.
func pagesOf(o manifest.Object) pages {
	data := o.Node.Get("data")
	if !data.Is(tree.Object) {
		return nil
	}
	var found pages
	for _, m := range data.Members {
		name := pageName.FindStringSubmatch(m.Key)
		if name == nil || !m.Value.Is(tree.String) || mediaTypes[name[2]] == "" {
			continue
		}
		if found == nil {
			found = pages{}
		}
		found[name[1]] = append(found[name[1]], page{mediaTypes[name[2]], m.Value.Text, m.Place})
	}
	return found
}

// ownPage is nginx's own page, for a status whose page is not known.
const ownPage = "<html>\r\n<head><title>$context.status $context.error.message</title></head>\r\n<body>\r\n" +
	"<center><h1>$context.status $context.error.message</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"

// entry is the entry for a status.
func (i *importer) entry(status int, at tree.Place, path string) object.Object {
	known := i.pages[strconv.Itoa(status)]
	if known == nil {
		known = i.pages[strconv.Itoa(status/100)+"xx"]
	}
	var templates object.Object
	for _, p := range known {
		if !envoyformat.HasLiteral(p.text, p.mediaType) {
			i.result.Lose(p.at, "data", nil, "the page holds the name of a variable as text, which %s cannot escape; left out", p.mediaType)
			continue
		}
		if templates.Get(p.mediaType) == nil {
			templates.Set(p.mediaType, envoyformat.Literal(p.text, p.mediaType), p.at)
		}
	}
	if len(templates) == 0 {
		templates.Set("text/html", ownPage, at)
		i.result.Lose(at, path, []string{"gatewayResponses", typeOf(status)},
			"the page for %d comes from a service and is not in the source, so nginx's own stands in its place; put a ConfigMap with keys such as %d.html beside it, or write the body", status, status)
	}
	made := object.Object{{Name: "responseTemplates", Value: templates, From: at}}
	if status == 502 { // Envoy says 503 where there is no connection
		made = append(object.Object{{Name: "statusCode", Value: 502, From: at}}, made...)
	}
	return made
}
