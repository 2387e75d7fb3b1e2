// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

const (
	// Limit is how many bytes a document may need: what the filter reads.
	Limit = config.MaxSize
	// Full is the size from which a document is nearly full, in bytes: 70 % of Limit.
	Full = Limit / 10 * 7
)

// Weight is how many bytes of a document a stage takes.
type Weight struct {
	// Stage is API/STAGE, or "" for the base document.
	Stage string `json:"stage,omitempty"`
	Bytes int    `json:"bytes"`
}

// needed is how many bytes a document needs: its own, and room for its number and for a switch on every API.
func needed(root *source.Value) int {
	const mode = len(`"mode":"observe",`)
	n := size(root) + len(`"revision":9007199254740992,`) + mode
	if routes := root.Find(routesKey); routes != nil {
		n += len(routes.Elements) * mode
	}
	return n
}

// weights are the bytes that stages take, and what the base document does, heaviest first.
func weights(p parts, root *source.Value) []Weight {
	bytes := map[string]int{}
	for _, m := range root.Members {
		if m.Key.Text != routesKey {
			bytes[""] += sizeOfText(m.Key.Text) + len(`:,`) + size(m.Value)
		}
	}
	if routes := root.Find(routesKey); routes != nil {
		for i, route := range routes.Elements {
			bytes[p.stage(i)] += size(route) + len(`,`)
		}
	}
	all := make([]Weight, 0, len(bytes))
	for stage, n := range bytes {
		all = append(all, Weight{stage, n})
	}
	slices.SortFunc(all, func(a, b Weight) int { return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Stage, b.Stage)) })
	return all
}

// stage is the stage of a route, "" for one of the base document.
func (p parts) stage(route int) string {
	if route < len(p.stages) {
		return p.stages[route]
	}
	return ""
}

// size is how many bytes a value takes as it is written.
func size(v *source.Value) int {
	switch v.Kind {
	case source.String:
		return sizeOfText(v.Text)
	case source.Object:
		n := len(`{}`) + max(0, len(v.Members)-1)
		for _, m := range v.Members {
			n += sizeOfText(m.Key.Text) + len(`:`) + size(m.Value)
		}
		return n
	case source.Array:
		n := len(`[]`) + max(0, len(v.Elements)-1)
		for _, element := range v.Elements {
			n += size(element)
		}
		return n
	default:
		return len(v.Text)
	}
}

// sizeOfText is how many bytes a string takes as package source writes it.
func sizeOfText(s string) int {
	n := len(s) + len(`""`)
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"', c == '\\', c == '\n', c == '\r', c == '\t':
			n++
		case c < 0x20:
			n += len(`\u0000`) - 1
		}
	}
	return n
}

// heaviest is how many stages a message names.
const heaviest = 5

// tooLarge says that a document is, and what to move.
func tooLarge(p parts, root *source.Value, in Input) finding.Finding {
	all := weights(p, root)
	var named []string
	for _, w := range all[:min(heaviest, len(all))] {
		named = append(named, fmt.Sprintf("%s has %d", cmp.Or(w.Stage, "the base document"), w.Bytes))
	}
	return finding.Finding{
		Code: code.TooLarge, Severity: finding.Error, Place: finding.Place{File: p.gateway},
		Message: fmt.Sprintf("the document needs %d bytes with %d stages, and %d is the most; the heaviest: %s; move some of them to another gateway",
			needed(root), len(in.Stages), Limit, strings.Join(named, ", ")),
	}
}
