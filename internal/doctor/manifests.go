// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"slices"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// cluster is what matters here of the manifests of a cluster.
type cluster struct {
	// byKind are the objects, by kind.
	byKind map[string][]node
	kinds  []string
}

// examineManifests looks at manifests of Istio and Envoy Gateway.
func (x *examiner) examineManifests(nodes []node) {
	c := &cluster{byKind: map[string][]node{}}
	for _, n := range nodes {
		c.add(n)
	}
	some := x.examineIstio(c)
	some = x.examineEnvoyGateway(c) || some
	switch {
	case some:
	case len(nodes) == 0:
		x.report(code.NothingToExamine, finding.Error, node{}, "there is nothing in it")
	case len(c.kinds) == 0:
		x.report(code.NothingToExamine, finding.Error, nodes[0],
			"it is no config_dump, no bootstrap and no manifest; the admin interface of an Envoy writes a config_dump at /config_dump")
	default:
		x.report(code.FilterMissing, finding.Error, nodes[0],
			"none of the manifests (%s) has the filter: nothing in an EnvoyFilter, WasmPlugin or EnvoyExtensionPolicy is called gateway_responses or has a document", shorten(c.kinds))
	}
}

// add adds an object, or those of a list.
func (c *cluster) add(n node) {
	kind := n.get("kind").text()
	if strings.HasSuffix(kind, "List") && n.get("items").IsArray() {
		for item := range n.get("items").each() {
			c.add(item)
		}
		return
	}
	if kind == "" || n.get("apiVersion").text() == "" {
		return
	}
	c.byKind[kind] = append(c.byKind[kind], n)
	if !slices.Contains(c.kinds, kind) {
		c.kinds = append(c.kinds, kind)
	}
}

// nameOf is what messages call an object.
func nameOf(object node) string {
	name := object.get("metadata", "name").text()
	if namespace := object.get("metadata", "namespace").text(); namespace != "" {
		name = namespace + "/" + name
	}
	return object.get("kind").text() + " " + name
}
