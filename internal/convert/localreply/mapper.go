// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"cmp"
	"strconv"
	"strings"

	"gatewayresponses/internal/convert/envoyformat"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// mapper imports a mapper. all is the body_format of all replies.
func (i *importer) mapper(m, all *tree.Node, path string) {
	alternatives, why := alternativesOf(either(m, "filter"), 0)
	if why != "" {
		at := m.Place
		if f := either(m, "filter"); f != nil {
			at = f.Place
		}
		i.result.Lose(at, path+".filter", nil, "%s; the mapper is left out", why)
		return
	}
	for _, when := range alternatives {
		if !envoyformat.IsGoodWhen(when) {
			i.result.Lose(m.Place, path+".filter", nil, "a document has no such conditions; the mapper is left out")
			return
		}
	}
	i.tellRuntimeKeys(either(m, "filter"), path+".filter")
	entry := envoyformat.StatusCode(i.result, either(m, "status_code"), path+".status_code")
	body := i.source(either(m, "body"), path+".body")
	format := either(m, "body_format_override")
	if format == nil {
		format = all
	}
	entry = i.headers(entry, either(m, "headers_to_add"), path)
	templates := object.Object{{Name: "text/plain", Value: "${context.envoy.body}", From: m.Place}}
	switch {
	case format.Is(tree.Object):
		templates = i.format(format, body, path+".body_format_override")
	case body != nil:
		templates = object.Object{{Name: "text/plain", Value: envoyformat.Literal(*body, "text/plain"), From: m.Place}}
	}
	i.add(alternatives, append(entry, object.Member{Name: "responseTemplates", Value: templates, From: m.Place}), m.Place, path)
}

// source is the text of a data source, nil when there is none in the source.
func (i *importer) source(n *tree.Node, path string) *string {
	if n == nil {
		return nil
	}
	if text := either(n, "inline_string"); text.Is(tree.String) {
		return &text.Text
	}
	i.result.Lose(n.Place, path, nil, "the text does not stand in the source; Envoy's own stays")
	return nil
}

// format is a SubstitutionFormatString as templates. body is what a mapper makes the body, nil for Envoy's own.
func (i *importer) format(n *tree.Node, body *string, path string) object.Object {
	mediaType := either(n, "content_type").Value()
	if mediaType != "" && !envoyformat.IsMediaType(mediaType) {
		i.result.Lose(n.Place, path+".content_type", nil, "%s is no media type of a template; left out", quote.Text(mediaType))
		mediaType = ""
	}
	if format := either(n, "json_format"); format.Is(tree.Object) {
		text, lost := envoyformat.JSON(format, body)
		return i.template(cmp.Or(mediaType, "application/json"), text, lost, format.Place, path)
	}
	text, at := either(n, "text_format").Value(), n.Place
	if source := either(n, "text_format_source"); source != nil {
		inline := i.source(source, path+".text_format_source")
		if inline == nil {
			return object.Object{{Name: "text/plain", Value: "${context.envoy.body}", From: at}}
		}
		text, at = *inline, source.Place
	}
	if body != nil {
		text = strings.ReplaceAll(text, envoyformat.BodyOperator, strings.ReplaceAll(*body, "%", "%%"))
	}
	mediaType = cmp.Or(mediaType, "text/plain")
	template, lost := envoyformat.Template(text, mediaType)
	return i.template(mediaType, template, lost, at, path)
}

// template is a body template under its media type.
func (i *importer) template(mediaType, text string, lost []string, at tree.Place, path string) object.Object {
	for _, why := range lost {
		i.result.Lose(at, path, nil, "%s", why)
	}
	return object.Object{{Name: mediaType, Value: text, From: at}}
}

// headers adds the headers that a mapper sets.
func (i *importer) headers(entry object.Object, list *tree.Node, path string) object.Object {
	var parameters, templates object.Object
	set := map[string]bool{}
	for n, option := range list.List() {
		at := option.Place
		where := path + ".headers_to_add[" + strconv.Itoa(n) + "]"
		name, value := either(option, "header").Get("key").Value(), either(option, "header").Get("value").Value()
		if set[strings.ToLower(name)] {
			i.result.Lose(at, where, nil, "%s is there already; a header is set once", quote.Text(name))
			continue
		}
		if response, found := strings.CutPrefix(value, "%RESP("); found && strings.HasSuffix(response, ")%") {
			mapping := object.Member{Name: "gatewayresponse.header." + name, Value: "response.header." + strings.ToLower(strings.TrimSuffix(response, ")%")), From: at}
			if envoyformat.IsGoodEntry(object.Object{{Name: "responseParameters", Value: object.Object{mapping}}}) {
				parameters = append(parameters, mapping)
				set[strings.ToLower(name)] = true
				continue
			}
		}
		text, lost := envoyformat.Header(value, name)
		header := object.Member{Name: name, Value: text, From: at}
		if text == "" || !envoyformat.IsGoodEntry(object.Object{{Name: "headers", Value: object.Object{header}}}) {
			i.result.Lose(at, where, nil, "a document cannot set %s to %s; left out", quote.Text(name), quote.Text(value))
			continue
		}
		for _, why := range lost {
			i.result.Lose(at, where, nil, "%s", why)
		}
		if action := either(option, "append_action").Value(); action != "OVERWRITE_IF_EXISTS_OR_ADD" {
			i.result.Tell(at, where, nil, "%s takes the place of one that is there; Envoy does %s", quote.Text(name), cmp.Or(action, "APPEND_IF_EXISTS_OR_ADD"))
		}
		set[strings.ToLower(name)] = true
		templates = append(templates, header)
	}
	if len(parameters) > 0 {
		entry = append(entry, object.Member{Name: "responseParameters", Value: parameters, From: list.Place})
	}
	if len(templates) > 0 {
		entry = append(entry, object.Member{Name: "headers", Value: templates, From: list.Place})
	}
	return entry
}
