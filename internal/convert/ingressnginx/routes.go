// SPDX-License-Identifier: Apache-2.0

package ingressnginx

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert/manifest"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/quote"
)

// place is a path of an Ingress, on the hosts that have it.
type place struct {
	ingress manifest.Object
	hosts   []string
	path    string
	isExact bool
	at      tree.Place
}

// routes are the routes that Ingresses become, when one of them has a list of its own: then all of them, so that the paths of one
// do not take requests of another. nginx takes the longest path, a document the first route.
func (i *importer) routes() object.List {
	var places []place
	own := false
	for _, o := range i.objects {
		if !isIngress(o) {
			continue
		}
		if _, _, found := o.Annotation(prefix + list); found {
			own = true
		}
		places = append(places, i.places(o)...)
	}
	if !own {
		i.reportBackends()
		return nil
	}
	slices.SortStableFunc(places, func(a, b place) int {
		return cmp.Or(compareBools(b.isExact, a.isExact), cmp.Compare(len(b.path), len(a.path)), cmp.Compare(wildness(a.hosts), wildness(b.hosts)))
	})
	routes := object.List{}
	names := map[string]int{}
	responses := map[*tree.Node]object.Object{}
	for _, p := range places {
		routes = append(routes, i.route(p, names, responses))
	}
	i.reportBackends()
	return routes
}

// compareBools puts false before true.
func compareBools(a, b bool) int {
	if a == b {
		return 0
	}
	if b {
		return -1
	}
	return 1
}

// wildness is greater for hosts that match more names.
func wildness(hosts []string) int {
	switch {
	case len(hosts) == 0:
		return 2
	case slices.ContainsFunc(hosts, func(host string) bool { return strings.HasPrefix(host, "*.") }):
		return 1
	default:
		return 0
	}
}

// route is the route of a place.
func (i *importer) route(p place, names map[string]int, responses map[*tree.Node]object.Object) object.Object {
	name := p.ingress.Title()
	if p.path != "/" {
		name += ":" + p.path
	}
	name = unique(cmp.Or(name, "ingress"), names)
	route := object.Object{{Name: "name", Value: name, From: p.at}}
	match := object.Object{}
	if len(p.hosts) > 0 {
		hosts := object.List{}
		for _, host := range p.hosts {
			hosts = append(hosts, host)
		}
		match = append(match, object.Member{Name: "hosts", Value: hosts, From: p.at})
	}
	switch {
	case p.isExact:
		match = append(match, object.Member{Name: "path", Value: p.path, From: p.at})
	case p.path != "/" || len(match) == 0:
		match = append(match, object.Member{Name: "pathPrefix", Value: p.path, From: p.at})
	}
	route = append(route, object.Member{Name: "match", Value: match, From: p.at})
	text, at, found := p.ingress.Annotation(prefix + list)
	if !found {
		return route
	}
	made, known := responses[p.ingress.Node]
	if !known {
		made = i.responses(at, "metadata.annotations."+prefix+list, &tree.Node{Kind: tree.String, Text: text, Place: at}, nil)
		responses[p.ingress.Node] = made
	}
	// The list of an Ingress takes the place of the controller's.
	return append(route, object.Member{Name: "inherit", Value: false, From: at}, object.Member{Name: "gatewayResponses", Value: made, From: at})
}

// unique is a name that no other route has and that a route can have. names counts those that there are.
func unique(name string, names map[string]int) string {
	if !isGoodName(name) {
		name = "ingress"
	}
	free := name
	for names[free] > 0 {
		names[name]++
		free = name + "-" + strconv.Itoa(names[name])
	}
	names[free]++
	return free
}

// places are the paths of an Ingress, each with the hosts that have it.
func (i *importer) places(o manifest.Object) []place {
	var all []place
	type key struct {
		path         string
		isExact, any bool
	}
	known := map[key]int{}
	hosts := map[key]map[string]bool{}
	add := func(host, path string, isExact bool, at tree.Place) {
		k := key{path, isExact, host == ""}
		if _, found := known[k]; !found {
			known[k], hosts[k] = len(all), map[string]bool{}
			all = append(all, place{ingress: o, path: path, isExact: isExact, at: at})
		}
		if p := &all[known[k]]; host != "" && !hosts[k][host] {
			hosts[k][host] = true
			p.hosts = append(p.hosts, host)
		}
	}
	spec := o.Node.Get("spec")
	for _, rule := range spec.Get("rules").List() {
		host := strings.ToLower(rule.Get("host").Value())
		if host != "" && !isGood("hosts", []string{host}) {
			i.result.Lose(rule.Get("host").Place, "spec.rules.host", nil, "%s is no host; the rule is left out", quote.Text(host))
			continue
		}
		paths := rule.Get("http", "paths").List()
		if len(paths) == 0 {
			add(host, "/", false, rule.Place)
		}
		for _, written := range paths {
			path, isExact, ok := i.path(o, written)
			if ok {
				add(host, path, isExact, written.Place)
			}
		}
	}
	if spec.Get("defaultBackend") != nil || spec.Get("backend") != nil {
		add("", "/", false, spec.Place)
	}
	return all
}

// path is the path of a route for one of an Ingress.
func (i *importer) path(o manifest.Object, written *tree.Node) (path string, isExact, ok bool) {
	node := written.Get("path")
	path = cmp.Or(node.Value(), "/")
	at := written.Place
	if node != nil {
		at = node.Place
	}
	if strings.ContainsAny(path, expressions) {
		path = i.literalPath(path, at)
	} else if regex, _, _ := o.Annotation(prefix + "use-regex"); regex != "true" {
		isExact = written.Get("pathType").Value() == "Exact"
	}
	if path = strings.TrimRight(path, "/"); path == "" {
		return "/", isExact, true
	}
	key := "pathPrefix"
	if isExact {
		key = "path"
	}
	if !isGood(key, path) {
		i.result.Lose(at, "spec.rules.http.paths.path", nil, "%s is no path of a document; it is left out", quote.Text(path))
		return "", false, false
	}
	return path, isExact, true
}

// expressions are the characters that regular expressions have and paths mostly have not.
const expressions = "()[]{}*+?^|\\$"

// below are the ends of regular expressions that say no more than that everything below a path is meant.
var below = []string{"(/|$)(.*)", "(/|$)", "(/.*)?", "(/.*|$)", "/(.*)", "/.*"}

// literalPath is the path that a regular expression begins with.
func (i *importer) literalPath(path string, at tree.Place) string {
	literal := strings.TrimPrefix(path, "^")
	for _, end := range below {
		if before, found := strings.CutSuffix(literal, end); found && !strings.ContainsAny(before, expressions+".") {
			return before
		}
	}
	if end := strings.IndexAny(literal, expressions+"."); end >= 0 {
		literal = literal[:strings.LastIndexByte(literal[:end], '/')+1]
	}
	literal = cmp.Or(literal, "/")
	i.result.Lose(at, "spec.rules.http.paths.path", nil, "%s is a regular expression; the route takes all paths below %s", quote.Text(path), quote.Text(literal))
	return literal
}

// isGoodName reports whether a route can have a name.
func isGoodName(name string) bool {
	return !judge(map[string]any{"name": name}).HasErrors()
}

// isGood reports whether a document takes a value in the match of a route.
func isGood(key string, value any) bool {
	return len(judge(map[string]any{"name": "x", "match": map[string]any{key: value}})) == 0
}

// judge is what is wrong with a document that has a route.
func judge(route any) config.Findings {
	_, found := config.Decode([]byte(jsonwrite.Value(map[string]any{"routes": []any{route}})))
	return found
}

// reportBackends reports default backends that the document has no place for.
func (i *importer) reportBackends() {
	for _, o := range i.objects {
		service, at, found := o.Annotation(prefix + "default-backend")
		if !isIngress(o) || !found {
			continue
		}
		if _, _, listed := o.Annotation(prefix + list); listed {
			where := "metadata.annotations." + prefix + "default-backend"
			i.result.Tell(at, where, nil, "service %s answers no errors any more: the document does, for the statuses of %s", quote.Text(service), list)
			if i.pages != nil {
				i.result.Tell(at, where, nil, "the pages of service %s are taken to be those of the ConfigMap; see whether it has others", quote.Text(service))
			}
			continue
		}
		i.result.Lose(at, "metadata.annotations."+prefix+"default-backend", nil,
			"service %s answers while the Ingress's own has no endpoints. Envoy then answers 503 itself, with the type INTEGRATION_FAILURE; write an entry for it, or a second backend", quote.Text(service))
	}
}
