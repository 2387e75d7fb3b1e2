// SPDX-License-Identifier: Apache-2.0

// Package terraform imports what `terraform show -json` prints of a plan or a state, and the state file itself.
//
// A value that the plan knows only after it was applied is one of kind tree.Unknown.
package terraform

import (
	"strings"

	"gatewayresponses/internal/convert/tree"
)

// resource is one instance of a resource.
type resource struct {
	// address is what Terraform calls it, "module.api.aws_api_gateway_stage.prod".
	address string
	kind    string
	values  *tree.Node
	// unknown is the object that has true where a value is known after the plan was applied; nil in a state.
	unknown *tree.Node
	place   tree.Place
}

// get is the value of an attribute, nil for null.
func (r resource) get(name string) *tree.Node {
	value := r.values.Get(name)
	switch mark := r.unknown.Get(name); {
	case mark.True():
		return after(r.place, name)
	case mark.Is(tree.Object):
		return withUnknown(value, mark, r.place)
	case value.Is(tree.Null), value.Is(tree.List) && len(value.Elements) == 0:
		return nil
	}
	return value
}

// after is a value that the plan does not know.
func after(at tree.Place, name string) *tree.Node {
	return &tree.Node{Kind: tree.Unknown, Text: name + " is known after apply; a plan that was applied, or a state, has it", Place: at}
}

// withUnknown adds to a map the keys that are known after apply only.
func withUnknown(value, mark *tree.Node, at tree.Place) *tree.Node {
	made := &tree.Node{Kind: tree.Object, Place: at}
	if value.Is(tree.Object) {
		made.Place = value.Place
		for _, m := range value.Members {
			if !mark.Get(m.Key).True() {
				made.Members = append(made.Members, m)
			}
		}
	}
	for _, m := range mark.Members {
		if m.Value.True() {
			made.Members = append(made.Members, tree.Member{Key: m.Key, Place: made.Place, Value: after(made.Place, m.Key)})
		}
	}
	return made
}

// resources are the resources of a plan, a state, or a state file.
func resources(document *tree.Node) []resource {
	var found []resource
	for _, root := range []*tree.Node{document.Get("planned_values", "root_module"), document.Get("values", "root_module")} {
		found = module(found, root, unknowns(document))
	}
	if found != nil || document.Get("planned_values") != nil {
		return found
	}
	return stateFile(document)
}

// module adds the resources of a module and of those below it.
// Source: https://developer.hashicorp.com/terraform/internals/json-format
func module(found []resource, m *tree.Node, unknown map[string]*tree.Node) []resource {
	for _, r := range m.Get("resources").List() {
		if r.Get("mode").Value() == "data" {
			continue
		}
		address := r.Get("address").Value()
		found = append(found, resource{address, r.Get("type").Value(), r.Get("values"), unknown[address], r.Place})
	}
	for _, child := range m.Get("child_modules").List() {
		found = module(found, child, unknown)
	}
	return found
}

// unknowns are the marks of what is not known, by the addresses of resources.
func unknowns(document *tree.Node) map[string]*tree.Node {
	found := map[string]*tree.Node{}
	for _, change := range document.Get("resource_changes").List() {
		found[change.Get("address").Value()] = change.Get("change", "after_unknown")
	}
	return found
}

// stateFile are the resources of a state file, version 4.
func stateFile(document *tree.Node) []resource {
	var found []resource
	for _, r := range document.Get("resources").List() {
		if r.Get("mode").Value() == "data" {
			continue
		}
		kind := r.Get("type").Value()
		address := strings.TrimPrefix(r.Get("module").Value()+"."+kind+"."+r.Get("name").Value(), ".")
		for _, instance := range r.Get("instances").List() {
			name := address
			if key, ok := instance.Get("index_key").Scalar(); ok {
				name += "[" + key + "]"
			}
			found = append(found, resource{name, kind, instance.Get("attributes"), nil, instance.Place})
		}
	}
	return found
}
