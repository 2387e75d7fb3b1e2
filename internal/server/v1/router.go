// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// node is a place in the tree of paths.
type node struct {
	// literal are the nodes below by their segment, and parameter the one for any other segment.
	literal   map[string]*node
	parameter *node
	// name is that of the parameter whose segment leads here.
	name string
	// byMethod are the operations of the path that ends here.
	byMethod map[string]*operation
}

// newRouter makes the tree of operations.
func newRouter(operations []operation) *node {
	root := &node{}
	for i := range operations {
		o := &operations[i]
		at := root
		for _, segment := range strings.Split(o.path[1:], "/") {
			at = at.below(segment)
		}
		if at.byMethod == nil {
			at.byMethod = map[string]*operation{}
		}
		if at.byMethod[o.method] != nil {
			panic(fmt.Sprintf("v1: %s %s is there twice", o.method, o.path))
		}
		at.byMethod[o.method] = o
	}
	return root
}

// below is the node of a segment of an operation's path, which is made if need be.
func (n *node) below(segment string) *node {
	if name, ok := strings.CutPrefix(segment, "{"); ok {
		if n.parameter == nil {
			n.parameter = &node{name: strings.TrimSuffix(name, "}")}
		}
		return n.parameter
	}
	if n.literal == nil {
		n.literal = map[string]*node{}
	}
	if n.literal[segment] == nil {
		n.literal[segment] = &node{}
	}
	return n.literal[segment]
}

// find is the node of a request's path, as it is escaped, and its parameters; nil for a path that is none. A segment may hold any
// character, "/" as %2F.
func (n *node) find(escaped string) (*node, map[string]string) {
	parameters := map[string]string{}
	at := n
	for _, segment := range strings.Split(strings.TrimPrefix(escaped, "/"), "/") {
		value, err := url.PathUnescape(segment)
		if err != nil || value == "" {
			return nil, nil
		}
		if next := at.literal[value]; next != nil {
			at = next
			continue
		}
		if at = at.parameter; at == nil {
			return nil, nil
		}
		parameters[at.name] = value
	}
	if at.byMethod == nil {
		return nil, nil
	}
	return at, parameters
}

// methods are those of a path, in order.
func (n *node) methods() []string { return slices.Sorted(maps.Keys(n.byMethod)) }
