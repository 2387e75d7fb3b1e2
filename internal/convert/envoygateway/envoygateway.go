// SPDX-License-Identifier: Apache-2.0

// Package envoygateway imports responseOverride of Envoy Gateway's BackendTrafficPolicy.
//
// Each override becomes a rule that names replies by status, source and headers with a type of one's own, X_OVERRIDE_1, and an entry
// for that. Envoy Gateway takes the first override that matches, a document the first rule. A policy that targets an HTTPRoute
// becomes an entry of routes, which the metadata of Envoy Gateway's route reaches: Envoy Gateway names its virtual hosts and routes
// after the HTTPRoute.
//
// Source: https://gateway.envoyproxy.io/docs/tasks/traffic/response-override/
package envoygateway

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/envoyformat"
	"gatewayresponses/internal/convert/manifest"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// kind is the name of the format.
const kind = "envoy-gateway"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "BackendTrafficPolicy of Envoy Gateway with responseOverride, and its ConfigMaps",
	Recognise: func(s *convert.Source) bool { return slices.ContainsFunc(manifest.All(s), hasOverride) },
	Import:    importSource,
}

// hasOverride reports whether an object is a policy that overrides responses.
func hasOverride(o manifest.Object) bool {
	return o.Kind == "BackendTrafficPolicy" && o.Node.Get("spec", "responseOverride").Is(tree.List)
}

// importer is one import.
type importer struct {
	result  *convert.Result
	objects manifest.Index
	rules   object.List
	count   int
}

func importSource(source *convert.Source, _ convert.Options) (*convert.Result, error) {
	all := manifest.All(source)
	if !slices.ContainsFunc(all, hasOverride) {
		return nil, source.NotOf(kind)
	}
	i := &importer{result: &convert.Result{}, objects: manifest.NewIndex(all)}
	var entries object.Object
	routes := object.List{}
	for _, o := range all {
		if !hasOverride(o) {
			continue
		}
		made := i.overrides(o)
		names := routeGlobs(o)
		if len(names) == 0 {
			entries = append(entries, made...)
			continue
		}
		routes = append(routes, object.Object{
			{Name: "name", Value: "policy-" + strconv.Itoa(len(routes)+1), From: o.Node.Place},
			{Name: "match", Value: object.Object{{Name: "routeNames", Value: names, From: o.Node.Place}}, From: o.Node.Place},
			{Name: "gatewayResponses", Value: made, From: o.Node.Place},
		})
	}
	document := object.Object{{Name: "version", Value: 1}}
	if len(entries) > 0 {
		document.Set("gatewayResponses", entries, entries[0].From)
	}
	if len(routes) > 0 {
		document = append(document, object.Member{Name: "routes", Value: routes})
	}
	if len(i.rules) > 0 {
		document = append(document, object.Member{Name: "classification", Value: i.rules})
	}
	i.result.Document = document
	return i.result, nil
}

// routeGlobs are the names that Envoy Gateway gives the routes of the HTTPRoutes that a policy targets, none for a Gateway.
func routeGlobs(o manifest.Object) object.List {
	targets := o.Node.Get("spec", "targetRefs").List()
	if single := o.Node.Get("spec", "targetRef"); single != nil {
		targets = append(targets[:len(targets):len(targets)], single)
	}
	var globs object.List
	for _, target := range targets {
		kind, name := target.Get("kind").Value(), target.Get("name").Value()
		if kind != "HTTPRoute" && kind != "GRPCRoute" || name == "" || strings.Contains(name, "*") {
			return nil
		}
		namespace := o.Namespace
		if namespace == "" || strings.Contains(namespace, "*") {
			namespace = "*"
		}
		globs = append(globs, strings.ToLower(kind)+"/"+namespace+"/"+name+"/*")
	}
	return globs
}

// overrides are the entries that the overrides of a policy become.
func (i *importer) overrides(o manifest.Object) object.Object {
	var made object.Object
	for n, override := range o.Node.Get("spec", "responseOverride").List() {
		path := "spec.responseOverride[" + strconv.Itoa(n) + "]"
		if redirect := override.Get("redirect"); redirect != nil {
			i.result.Lose(redirect.Place, path+".redirect", nil, "Envoy fetches what to answer from another URL, which the filter never does; the override is left out")
			continue
		}
		when := i.conditions(override, path)
		if when == nil {
			continue
		}
		i.count++
		own := "X_OVERRIDE_" + strconv.Itoa(i.count)
		made = append(made, object.Member{Name: own, Value: i.entry(o, override, path), From: override.Place})
		i.rules = append(i.rules, object.Object{
			{Name: "name", Value: "override " + strconv.Itoa(i.count), From: override.Place},
			{Name: "when", Value: when, From: override.Place},
			{Name: "responseType", Value: own, From: override.Place},
		})
	}
	return made
}

// conditions are the conditions of an override, nil when no rule can ask them.
func (i *importer) conditions(override *tree.Node, path string) object.Object {
	match := override.Get("match")
	statuses, ok := i.statuses(match, path)
	if !ok {
		return nil
	}
	when := object.Object{{Name: "status", Value: statuses, From: override.Place}}
	source := match.Get("source")
	if source == nil {
		source = override.Get("source")
	}
	switch source.Value() {
	case "Local":
	case "Backend":
		when = append(when, object.Member{Name: "source", Value: "upstream", From: source.Place})
	default:
		when = append(when, object.Member{Name: "source", Value: "any", From: override.Place})
	}
	headers := object.List{}
	for _, written := range append(match.Get("headers").List(), match.Get("responseHeaders").List()...) {
		kind, name, value := written.Get("type").Value(), written.Get("name").Value(), written.Get("value")
		if kind != "" && kind != "Exact" || !value.Is(tree.String) {
			i.result.Lose(written.Place, path+".match", nil, "a rule compares a header with a text, not in the way %s; the override is left out", quote.Text(kind))
			return nil
		}
		headers = append(headers, object.Object{{Name: "name", Value: strings.ToLower(name), From: written.Place}, {Name: "equals", Value: value.Text, From: value.Place}})
	}
	if len(headers) > 0 {
		when = append(when, object.Member{Name: "responseHeaders", Value: headers, From: override.Place})
	}
	if !envoyformat.IsGoodWhen(when) {
		i.result.Lose(override.Place, path+".match", nil, "a document has no such conditions; the override is left out")
		return nil
	}
	return when
}

// statuses are the statuses of an override. Those below 400 are no errors.
func (i *importer) statuses(match *tree.Node, path string) (statuses object.List, ok bool) {
	var found [600]bool
	for n, written := range match.Get("statusCodes").List() {
		at := path + ".match.statusCodes[" + strconv.Itoa(n) + "]"
		low, high := written.Get("value"), written.Get("value")
		if r := written.Get("range"); r != nil {
			low, high = r.Get("start"), r.Get("end")
		}
		from, err := number(low)
		to, err2 := number(high)
		if err != nil || err2 != nil || from > to || to > 599 {
			i.result.Lose(written.Place, at, nil, "this is no range of statuses; left out")
			continue
		}
		if from < 400 {
			i.result.Lose(written.Place, at, nil, "the filter looks at errors alone; statuses below 400 are left out")
		}
		for s := max(from, 400); s <= to; s++ {
			found[s] = true
		}
	}
	statuses = envoyformat.Statuses(func(s int) bool { return found[s] })
	if len(statuses) == 0 {
		i.result.Lose(placeOf(match), path+".match", nil, "no status of an error is left; the override is left out")
	}
	return statuses, len(statuses) > 0
}

// number is a whole number.
func number(n *tree.Node) (int, error) {
	text, _ := n.Scalar()
	return strconv.Atoi(text)
}
