// SPDX-License-Identifier: Apache-2.0

// Package assemble makes the document of a gateway: its base document, and behind the base document's own routes a route for each
// binding of a stage.
//
//	assemble.go  the document, and what is wrong with it
//	route.go     the route of a stage
//	order.go     which bindings share a route, and which route is tried first
//	size.go      what takes how many bytes
//	modes.go     a document with switches applied, and with its number
//
// # Why the base document's routes come first
//
// Whoever writes the base document runs the gateway and everything behind it. What it says of some requests, such as "off for
// /legacy", must hold whichever stages are bound later, and by whom. A base route behind the stages would stop to hold, unseen, when
// somebody binds a stage to every host.
//
// # Names
//
// The first route of a stage is called API/STAGE, so that metadata of Envoy's routes can name the stage wherever it is bound, and
// goes on to do so when it is bound a second time. Further routes are called API/STAGE@HOST/PREFIX.
//
// The same input gives the same bytes, in the form that gwr build writes.
package assemble

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/build"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lint"
	"gatewayresponses/internal/source"
)

// Input is what a document is made of.
type Input struct {
	// Gateway is its name, for messages.
	Gateway string
	// Base is the base document, nil for none. Findings about it name its file as it does.
	Base *source.Document
	// Account is the AWS account number behind $context.accountId, "" for none.
	Account string
	// Stages are the stages that are bound, each once.
	Stages []Stage
	// For is the version of the filter that must be able to read the document.
	For build.Version
}

// Document is the document of a gateway, without a number.
type Document struct {
	// Text is JSON, in the form that gwr build writes.
	Text []byte
	// Hash is the SHA-256 of Text, in hexadecimal digits.
	Hash string
	// Weights are the bytes of the stages, heaviest first.
	Weights []Weight

	source *source.Document
	// parts are what findings call the routes.
	parts parts
}

// parts leads from the routes of a document to the stages that they are of.
type parts struct {
	gateway string
	// stages are by the place of the route, "" for a route of the base document.
	stages []string
}

// Write writes the document. It is nil when one of the findings is an error: it is too large, or not for the gateway's version of the
// filter. Whether it compiles Load says.
func Write(in Input) (*Document, finding.List) {
	root, p, found := in.root()
	if root == nil {
		return nil, found
	}
	if found = p.named(append(found, in.For.Check(root)...)); found.HasErrors() {
		return nil, found
	}
	root = build.Canonical(root)
	if needed(root) > Limit {
		return nil, append(found, tooLarge(p, root, in))
	}
	written, more := source.Write(p.gateway, root)
	if written == nil {
		return nil, append(found, more...)
	}
	sum := sha256.Sum256(written.Text)
	return &Document{Text: written.Text, Hash: hex.EncodeToString(sum[:]), Weights: weights(p, root), source: written, parts: p}, found
}

// Load compiles the document as the filter does. The program is nil when one of the findings is an error.
func (d *Document) Load() (*engine.Program, finding.List) {
	program, found := check.Load(d.source)
	return program, d.parts.named(found)
}

// Lint compiles the document, and finds what is unwise in it, too.
func (d *Document) Lint() (check.Checked, finding.List) {
	checked := check.Read(d.source)
	return checked, d.parts.named(lint.Check(checked))
}

// OfStage reports whether a finding of Load or Lint is about a route of a stage, whose title is its file then.
func (d *Document) OfStage(f finding.Finding) bool { return slices.Contains(d.parts.stages, f.File) }

// root is the document as a value.
func (in Input) root() (*source.Value, parts, finding.List) {
	p := parts{gateway: "gateway " + in.Gateway}
	root := object()
	if in.Base != nil {
		root = in.Base.Root()
		if root == nil || root.Kind != source.Object {
			_, found := check.Load(in.Base)
			return nil, p, found
		}
	}
	if at := root.Find(revisionKey); at != nil {
		return nil, p, finding.List{{
			Code: code.UnknownKey, Severity: finding.Error, Place: at.Place(), Path: revisionKey,
			Message: "the server numbers revisions itself; leave the key out of a base document",
		}}
	}
	routes := in.routes()
	if len(routes) == 0 {
		return root, p, nil
	}
	list := root.Find(routesKey)
	if list != nil && list.Kind != source.Array {
		_, found := check.Load(in.Base)
		return nil, p, found
	}
	elements := make([]*source.Value, 0, len(routes))
	if list != nil {
		elements = append(elements, list.Elements...)
	}
	p.stages = make([]string, len(elements), len(elements)+len(routes))
	for _, r := range routes {
		elements = append(elements, r.value(in.Account))
		p.stages = append(p.stages, r.stage.Title())
	}
	return set(root, routesKey, &source.Value{Kind: source.Array, Elements: elements}), p, nil
}

// The keys of the root that this package writes.
const (
	revisionKey = "revision"
	routesKey   = "routes"
	modeKey     = "mode"
)

// named gives findings about routes of stages the names of these, and paths that begin there.
func (p parts) named(found finding.List) finding.List {
	for i := range found {
		f := &found[i]
		if route, rest, ok := routeOf(f.Path); ok && route < len(p.stages) && p.stages[route] != "" {
			f.Path = rest
			if f.Line == 0 {
				f.File = p.stages[route]
			}
		}
		if f.File == "" {
			f.File = p.gateway
		}
	}
	return found
}

// routeOf splits the path of a finding into the place of a route and the path below it.
func routeOf(path string) (route int, rest string, ok bool) {
	number, rest, ok := strings.Cut(strings.TrimPrefix(path, routesKey+"["), "]")
	if !ok || !strings.HasPrefix(path, routesKey+"[") {
		return 0, "", false
	}
	route, err := strconv.Atoi(number)
	return route, strings.TrimPrefix(rest, "."), err == nil
}

// Least is the oldest version of the filter that reads what this package writes of stages.
func Least() string { return leastVersion }

// leastVersion is when the last of the keys that this package writes came.
var leastVersion = func() string {
	least := build.Versions()[0]
	for _, object := range config.Objects() {
		for _, key := range object.Keys {
			if (object.Path == "" && key.Name == revisionKey || object.Path == routesKey+"[]" && written[key.Name]) && build.Newer(key.Since, least) {
				least = key.Since
			}
		}
	}
	return least
}()
