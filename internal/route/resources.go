// SPDX-License-Identifier: Apache-2.0

package route

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/pathtemplate"
)

// Resources are the path templates that name the resource of a request behind the path prefix of its entry. They never
// decide to which entry a request belongs. The nil ones name none.
type Resources struct {
	prefix pathtemplate.Path
	tree   pathtemplate.Tree
}

// NewResources compiles the resources of an entry, nil for none.
func NewResources(entry *config.Route) *Resources {
	if len(entry.Resources) == 0 {
		return nil
	}
	r := &Resources{}
	if entry.Match != nil {
		r.prefix = pathtemplate.PrefixOf(entry.Match.PathPrefix.Value)
	}
	for _, text := range entry.Resources {
		// Decode has reported a template that cannot be parsed.
		if template, problem := pathtemplate.Parse(text.Value); problem == nil {
			r.tree.Add(template)
		}
	}
	return r
}

// Find names the resource of a request: the template as written, and the values of its parameters; "" when none takes its
// path.
func (r *Resources) Find(f *facts.Facts) (resource string, parameters map[string]string) {
	if r == nil {
		return "", nil
	}
	target, _ := f.Request.Headers.First(":path")
	below, ok := pathtemplate.PathOf(target).Below(r.prefix)
	if !ok {
		return "", nil
	}
	found, parameters := r.tree.Find(below)
	if found == nil {
		return "", nil
	}
	return found.String(), parameters
}
