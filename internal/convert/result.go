// SPDX-License-Identifier: Apache-2.0

package convert

import (
	"fmt"
	"slices"
	"sort"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/finding"
)

// maxLosses is how many losses are told one by one.
const maxLosses = config.MaxFindings

// Result is what an import found.
type Result struct {
	// Document is the document, in the order in which it is written.
	Document object.Object
	// Inventory is what raises errors in the source.
	Inventory []Raised

	raised  map[raisedAt]bool
	losses  []Loss
	dropped int
}

// Loss is something of the source that the document does not say, or that has no effect there.
type Loss struct {
	finding.Finding
	// In leads to the place in the document where something is missing or without effect; nil when there is none.
	In []string
}

// Lose notes a loss: the place in the source, what leads to the place there, and what became of it. in leads to the place in
// the document, nil without one.
func (r *Result) Lose(at tree.Place, path string, in []string, format string, args ...any) {
	r.add(finding.Warning, at, path, in, format, args...)
}

// Tell notes what is worth knowing and no loss.
func (r *Result) Tell(at tree.Place, path string, in []string, format string, args ...any) {
	r.add(finding.Info, at, path, in, format, args...)
}

// add notes something, unless that is enough already.
func (r *Result) add(severity finding.Severity, at tree.Place, path string, in []string, format string, args ...any) bool {
	if len(r.losses) >= maxLosses {
		r.dropped++
		return false
	}
	r.losses = append(r.losses, Loss{finding.Finding{Severity: severity, Place: at.Finding(), Path: path, Message: fmt.Sprintf(format, args...)}, in})
	return true
}

// Judge adds what the engine finds in the text of the document, as object.Compact writes it: warnings are losses, at the place
// in the source that the text comes from.
func (r *Result) Judge(spots []object.Spot, found config.Findings) {
	for _, f := range found {
		i := sort.Search(len(spots), func(i int) bool { return spots[i].Offset >= f.Column }) - 1
		var spot object.Spot
		if f.Line > 0 && i >= 0 {
			spot = spots[i]
		}
		if r.add(finding.Of(f.Severity), spot.From, f.Path, spot.Path, "%s", f.Message) {
			r.losses[len(r.losses)-1].Code = f.Code
		}
	}
}

// Losses are all losses, in the order of the source.
func (r *Result) Losses() []Loss {
	losses := slices.Clone(r.losses)
	slices.SortStableFunc(losses, func(a, b Loss) int { return a.Compare(b.Place) })
	if r.dropped > 0 {
		losses = append(losses, Loss{Finding: finding.Finding{Severity: finding.Warning, Message: fmt.Sprintf("%d more losses", r.dropped)}})
	}
	return losses
}

// Findings are the losses as findings.
func (r *Result) Findings() finding.List {
	list := finding.List{}
	for _, loss := range r.Losses() {
		list = append(list, loss.Finding)
	}
	return list
}

// Comments are the losses by the place in the document that they belong to, for object.YAML: a loss whose place is not there
// belongs to the nearest one above it.
func (r *Result) Comments() func(path []string) []string {
	_, spots := r.Document.Compact()
	there := map[string]bool{}
	for _, spot := range spots {
		there[key(spot.Path)] = true
	}
	comments := map[string][]string{}
	for _, loss := range r.Losses() {
		in := loss.In
		for len(in) > 0 && !there[key(in)] {
			in = in[:len(in)-1]
		}
		if len(in) == 0 {
			continue
		}
		comments[key(in)] = append(comments[key(in)], string(loss.Severity)+": "+loss.Message)
	}
	return func(path []string) []string { return comments[key(path)] }
}

// key is a path as one string.
func key(path []string) string { return fmt.Sprintf("%q", path) }
