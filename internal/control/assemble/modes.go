// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"fmt"
	"slices"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/build"
	"gatewayresponses/internal/source"
)

// Modes are put over those of a document, as long as they change less than these. They reach everything that can have a mode of its
// own.
type Modes struct {
	// Gateway is for the whole document, "" for none.
	Gateway config.Mode
	// APIs are for the routes of APIs, by id.
	APIs map[string]config.Mode
}

// None reports whether there are none.
func (m Modes) None() bool { return m.Gateway == "" && len(m.APIs) == 0 }

// Finish gives a document of Write its number, 0 for none, and puts modes over it.
func Finish(document []byte, number int64, modes Modes) ([]byte, error) {
	read, _ := source.Read("document", document)
	if read == nil || read.Root() == nil || read.Root().Kind != source.Object {
		return nil, fmt.Errorf("a revision is no document: %.100q", document)
	}
	root := modes.over(read.Root())
	if number != 0 {
		root = set(root, revisionKey, &source.Value{Text: strconv.FormatInt(number, 10)})
	}
	written, found := source.Write("document", build.Canonical(root))
	if written == nil {
		return nil, fmt.Errorf("revision %d: %s", number, found[0].Message)
	}
	return written.Text, nil
}

// over is a document with the modes put over it.
func (m Modes) over(root *source.Value) *source.Value {
	if m.None() {
		return root
	}
	before := config.ModeRewrite
	if written := root.Find(modeKey); written != nil {
		before = config.Mode(written.Text)
	}
	if m.Gateway != "" {
		root = set(root, modeKey, text(string(least(before, m.Gateway))))
		// A route document can have a mode, which nobody sees here.
		root = root.With(slices.DeleteFunc(slices.Clone(root.Members), func(member source.Member) bool { return member.Key.Text == "routeDocuments" }), nil)
	}
	routes := root.Find(routesKey)
	if routes == nil {
		return root
	}
	elements := slices.Clone(routes.Elements)
	for i, route := range elements {
		elements[i] = m.overRoute(route, before)
	}
	return set(root, routesKey, routes.With(nil, elements))
}

// overRoute is a route with the modes put over it. The document's own mode was another one before.
func (m Modes) overRoute(route *source.Value, documents config.Mode) *source.Value {
	mode := documents
	written := route.Find(modeKey)
	if written != nil {
		mode = config.Mode(written.Text)
	}
	of := m.Gateway
	if api := route.Find("api"); api != nil {
		if id := api.Find("id"); id != nil {
			of = least(m.APIs[id.Text], of)
		}
	}
	if of == "" || written == nil && of == m.Gateway {
		return route
	}
	return set(route, modeKey, text(string(least(mode, of))))
}

// least is the mode that does less; "" is the other one.
func least(a, b config.Mode) config.Mode {
	for _, mode := range []config.Mode{config.ModeOff, config.ModeObserve, config.ModeRewrite} {
		if a == mode || b == mode {
			return mode
		}
	}
	return ""
}
