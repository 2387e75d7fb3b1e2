// SPDX-License-Identifier: Apache-2.0

// Package ingressnginx imports the error pages of ingress-nginx: custom-http-errors, of the controller's ConfigMap or of single
// Ingresses, and the pages that a default backend serves from a ConfigMap.
//
// nginx lets a default backend answer for the statuses of a list, whoever made the error: nginx itself or the service behind it.
// It hands over the status (X-Code) and what the client accepts (X-Format), and the default backend answers with that status.
// Here each status is a type of one's own, X_HTTP_404, that a rule gives to all replies with it, whoever made them; its entry
// has the page. The list of an Ingress takes the place of that of the controller, so its route has inherit: false.
//
// Sources: https://kubernetes.github.io/ingress-nginx/user-guide/custom-errors/, .../nginx-configuration/annotations/ and
// .../nginx-configuration/configmap/.
package ingressnginx

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/manifest"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// kind is the name of the format.
const kind = "ingress-nginx"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "manifests with custom-http-errors of ingress-nginx: Ingresses, ConfigMaps, values of its chart",
	Recognise: recognise,
	Import:    importSource,
}

// prefix begins the annotations of ingress-nginx, and list is the key that names statuses.
const (
	prefix = "nginx.ingress.kubernetes.io/"
	list   = "custom-http-errors"
)

// recognise reports whether a source says anything of custom errors.
func recognise(source *convert.Source) bool {
	for _, o := range manifest.All(source) {
		if isIngress(o) {
			for _, key := range []string{list, "default-backend"} {
				if _, _, found := o.Annotation(prefix + key); found {
					return true
				}
			}
		}
		if settings(o).Get(list) != nil {
			return true
		}
	}
	return false
}

// isIngress reports whether an object is an Ingress.
func isIngress(o manifest.Object) bool { return o.Kind == "Ingress" }

// settings are the settings of the controller that an object holds: those of its ConfigMap, or of the values of its chart.
func settings(o manifest.Object) *tree.Node {
	for _, node := range []*tree.Node{o.Node.Get("controller", "config"), o.Node.Get("ingress-nginx", "controller", "config")} {
		if node.Is(tree.Object) && o.Kind == "" {
			return node
		}
	}
	if o.Kind == "ConfigMap" {
		return o.Node.Get("data")
	}
	return nil
}

// importer is one import.
type importer struct {
	result  *convert.Result
	objects []manifest.Object
	pages   pages
	// statuses are all that an entry is for.
	statuses []int
	// at is where each of them was named first.
	at map[int]tree.Place
}

func importSource(source *convert.Source, _ convert.Options) (*convert.Result, error) {
	i := &importer{result: &convert.Result{}, objects: manifest.All(source), at: map[int]tree.Place{}}
	if !slices.ContainsFunc(i.objects, func(o manifest.Object) bool { return isIngress(o) || settings(o).Get(list) != nil }) {
		return nil, source.NotOf(kind)
	}
	i.findPages()
	document := object.Object{{Name: "version", Value: 1}}
	for _, o := range i.objects {
		node := settings(o).Get(list)
		if node == nil {
			continue
		}
		if responses := i.responses(node.Place, list, node, document.Get("gatewayResponses")); len(responses) > 0 {
			document.Set("gatewayResponses", responses, node.Place)
		}
	}
	if routes := i.routes(); len(routes) > 0 {
		document = append(document, object.Member{Name: "routes", Value: routes})
	}
	if rules := i.rules(); len(rules) > 0 {
		document = append(document, object.Member{Name: "classification", Value: rules})
	}
	i.inventory()
	i.reportSnippets()
	i.result.Document = document
	i.result.SortInventory()
	return i.result, nil
}

// responses are the entries for the statuses of a list, beside those that there are already.
func (i *importer) responses(at tree.Place, path string, written *tree.Node, there any) object.Object {
	made, _ := there.(object.Object)
	text, ok := written.Scalar()
	if !ok {
		i.result.Lose(at, path, nil, "the list of statuses is %s", written.Kind)
		return made
	}
	for word := range strings.SplitSeq(text, ",") {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		status, err := strconv.Atoi(word)
		if err != nil || status < 400 || status > 599 {
			i.result.Lose(at, path, nil, "%s is no status of an error, 400 to 599; left out", quote.Text(word))
			continue
		}
		if !slices.Contains(i.statuses, status) {
			i.statuses = append(i.statuses, status)
			i.at[status] = at
		}
		made.Set(typeOf(status), i.entry(status, at, path), at)
	}
	return made
}

// typeOf is the type of one's own for a status.
func typeOf(status int) string { return "X_HTTP_" + strconv.Itoa(status) }
