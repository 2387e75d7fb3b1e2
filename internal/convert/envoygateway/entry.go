// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"cmp"
	"strings"

	"gatewayresponses/internal/convert/envoyformat"
	"gatewayresponses/internal/convert/manifest"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// placeOf is where a node stands, nowhere for none.
func placeOf(n *tree.Node) tree.Place {
	if n == nil {
		return tree.Place{}
	}
	return n.Place
}

// entry is the entry of an override.
func (i *importer) entry(o manifest.Object, override *tree.Node, path string) object.Object {
	response := override.Get("response")
	entry := envoyformat.StatusCode(i.result, response.Get("statusCode"), path+".response.statusCode")
	header := response.Get("responseHeaderModifier")
	if header == nil {
		header = response.Get("header")
	}
	if headers := i.headers(header, path+".response.header"); len(headers) > 0 {
		entry = append(entry, object.Member{Name: "headers", Value: headers, From: header.Place})
	}
	mediaType := cmp.Or(response.Get("contentType").Value(), "text/plain")
	text, at := i.body(o, response.Get("body"), path+".response.body")
	if text == nil {
		return append(entry, object.Member{Name: "responseTemplates", Value: object.Object{{Name: "text/plain", Value: "${context.envoy.body}", From: override.Place}}, From: override.Place})
	}
	if !envoyformat.IsMediaType(mediaType) {
		i.result.Lose(placeOf(response.Get("contentType")), path+".response.contentType", nil, "%s is no media type of a template; text/plain stands in its place", quote.Text(mediaType))
		mediaType = "text/plain"
	}
	template, lost := envoyformat.Template(*text, mediaType)
	for _, why := range lost {
		i.result.Lose(at, path+".response.body", nil, "%s", why)
	}
	templates := object.Object{{Name: mediaType, Value: template, From: at}}
	return append(entry, object.Member{Name: "responseTemplates", Value: templates, From: override.Place})
}

// body is the text of a body and where it stands, nil when there is none, or none in the source.
func (i *importer) body(o manifest.Object, body *tree.Node, path string) (text *string, at tree.Place) {
	if inline := body.Get("inline"); inline.Is(tree.String) {
		return &inline.Text, inline.Place
	}
	ref := body.Get("valueRef")
	if ref == nil {
		return nil, tree.Place{}
	}
	name := ref.Get("name").Value()
	found, ok := i.objects.Find("ConfigMap", o.Namespace, name)
	if !ok {
		i.result.Lose(ref.Place, path, nil, "ConfigMap %s is not in the source; the reply keeps its body", quote.Text(name))
		return nil, tree.Place{}
	}
	data := found.Node.Get("data")
	value := data.Get("response.body")
	if value == nil && data.Is(tree.Object) && len(data.Members) > 0 {
		value = data.Members[0].Value
	}
	if !value.Is(tree.String) {
		i.result.Lose(found.Node.Place, "data", nil, "the ConfigMap has no text; the reply keeps its body")
		return nil, tree.Place{}
	}
	return &value.Text, value.Place
}

// headers are the headers that an override sets. Those that it adds take the place of the old ones, too.
func (i *importer) headers(n *tree.Node, path string) object.Object {
	var made object.Object
	set := map[string]bool{}
	add := func(written *tree.Node, name, format string) {
		text, lost := envoyformat.Header(format, name)
		header := object.Member{Name: name, Value: text, From: written.Place}
		if set[strings.ToLower(name)] || !envoyformat.IsGoodEntry(object.Object{{Name: "headers", Value: object.Object{header}}}) {
			i.result.Lose(written.Place, path, nil, "a document cannot set %s to %s; left out", quote.Text(name), quote.Text(format))
			return
		}
		for _, why := range lost {
			i.result.Lose(written.Place, path, nil, "%s", why)
		}
		set[strings.ToLower(name)] = true
		made = append(made, header)
	}
	for _, written := range n.Get("set").List() {
		add(written, written.Get("name").Value(), written.Get("value").Value())
	}
	for _, written := range n.Get("add").List() {
		i.result.Tell(written.Place, path+".add", nil, "%s takes the place of one that is there", quote.Text(written.Get("name").Value()))
		add(written, written.Get("name").Value(), written.Get("value").Value())
	}
	for _, written := range n.Get("remove").List() {
		add(written, written.Value(), "")
	}
	return made
}
