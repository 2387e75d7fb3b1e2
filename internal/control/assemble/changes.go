// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Changes are what differs between two documents of a gateway.
type Changes struct {
	// Base are the keys of the root that differ, "routes" for routes of the base document, in order.
	Base []string `json:"base,omitempty"`
	// Stages are those that differ, by API and name.
	Stages []StageChange `json:"stages,omitempty"`
}

// Same reports whether nothing differs but the number.
func (c Changes) Same() bool { return c.Count() == 0 }

// Count is how many stages and keys of the base document differ.
func (c Changes) Count() int { return len(c.Base) + len(c.Stages) }

// In are those of the changes that are about something of which others are, too: the same stage, or the same key.
func (c Changes) In(others Changes) Changes {
	var in Changes
	for _, key := range c.Base {
		if slices.Contains(others.Base, key) {
			in.Base = append(in.Base, key)
		}
	}
	for _, stage := range c.Stages {
		if slices.ContainsFunc(others.Stages, func(o StageChange) bool { return o.API == stage.API && o.Stage == stage.Stage }) {
			in.Stages = append(in.Stages, stage)
		}
	}
	return in
}

// StageChange is what differs in a stage.
type StageChange struct {
	API   string `json:"api"`
	Stage string `json:"stage"`
	// Change says whether the stage came, went or was changed.
	Change Change `json:"change"`
	// Types are the gateway responses that came, went or were changed.
	Types map[string]Change `json:"types,omitempty"`
	// Parts are what else differs, in order: "bindings", "inherit", "mode", "resources", "variables".
	Parts []string `json:"parts,omitempty"`
}

// Change says what became of something.
type Change string

// The changes.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// parsed is a document as Compare needs it.
type parsed struct {
	keys map[string]json.RawMessage
	// base are the routes of the base document.
	base   []json.RawMessage
	stages map[[2]string]parsedStage
}

// parsedStage is what a document says of a stage.
type parsedStage struct {
	types map[string]json.RawMessage
	// parts are what else it says, by what messages call it, as text.
	parts map[string]string
}

// Compare finds what differs between two documents of Write or Finish.
func Compare(before, after []byte) (Changes, error) {
	a, err := parse(before)
	if err != nil {
		return Changes{}, err
	}
	b, err := parse(after)
	if err != nil {
		return Changes{}, err
	}
	var changes Changes
	for key := range compared(a.keys, b.keys, sameText) {
		changes.Base = append(changes.Base, key)
	}
	if !slices.EqualFunc(a.base, b.base, sameText) {
		changes.Base = append(changes.Base, routesKey)
	}
	slices.Sort(changes.Base)
	for name, change := range compared(a.stages, b.stages, parsedStage.equal) {
		of := StageChange{API: name[0], Stage: name[1], Change: change}
		if change == Changed {
			x, y := a.stages[name], b.stages[name]
			of.Types = compared(x.types, y.types, sameText)
			of.Parts = slices.Sorted(maps.Keys(compared(x.parts, y.parts, func(x, y string) bool { return x == y })))
		}
		changes.Stages = append(changes.Stages, of)
	}
	slices.SortFunc(changes.Stages, func(x, y StageChange) int {
		return slices.Compare([]string{x.API, x.Stage}, []string{y.API, y.Stage})
	})
	return changes, nil
}

// equal reports whether two documents say the same of a stage.
func (s parsedStage) equal(other parsedStage) bool {
	return maps.Equal(s.parts, other.parts) && maps.EqualFunc(s.types, other.types, sameText)
}

// sameText reports whether two values are written alike. Documents are written in one form, so that others differ.
func sameText(a, b json.RawMessage) bool { return bytes.Equal(a, b) }

// compared are the keys whose values differ.
func compared[K comparable, V any, M ~map[K]V](before, after M, equal func(V, V) bool) map[K]Change {
	changes := map[K]Change{}
	for key, old := range before {
		if now, ok := after[key]; !ok {
			changes[key] = Removed
		} else if !equal(old, now) {
			changes[key] = Changed
		}
	}
	for key := range after {
		if _, ok := before[key]; !ok {
			changes[key] = Added
		}
	}
	return changes
}

// parse reads a document. A stage with several routes says the same in each, but for where it is bound.
func parse(text []byte) (parsed, error) {
	p := parsed{stages: map[[2]string]parsedStage{}}
	if err := json.Unmarshal(text, &p.keys); err != nil {
		return p, fmt.Errorf("a revision is no document: %w", err)
	}
	var routes []json.RawMessage
	if list, ok := p.keys[routesKey]; ok {
		if err := json.Unmarshal(list, &routes); err != nil {
			return p, fmt.Errorf("a revision is no document: %w", err)
		}
	}
	delete(p.keys, routesKey)
	delete(p.keys, revisionKey)
	for _, text := range routes {
		var route parsedRoute
		if err := json.Unmarshal(text, &route); err != nil {
			return p, fmt.Errorf("a revision is no document: %w", err)
		}
		if !route.ofStage() {
			p.base = append(p.base, text)
			continue
		}
		name := [2]string{route.API.ID, route.API.Stage}
		stage, ok := p.stages[name]
		if !ok {
			stage = parsedStage{types: route.GatewayResponses, parts: map[string]string{}}
		}
		stage.parts["bindings"] += string(route.Match)
		for part, value := range map[string]json.RawMessage{
			"inherit": route.Inherit, "mode": route.Mode, "resources": route.Resources, "variables": route.StageVariables,
		} {
			if value != nil {
				stage.parts[part] += string(value)
			}
		}
		p.stages[name] = stage
	}
	return p, nil
}

// parsedRoute is a route of a document.
type parsedRoute struct {
	Name string `json:"name"`
	API  struct {
		ID    string `json:"id"`
		Stage string `json:"stage"`
	} `json:"api"`
	Match            json.RawMessage            `json:"match"`
	Mode             json.RawMessage            `json:"mode"`
	Inherit          json.RawMessage            `json:"inherit"`
	Resources        json.RawMessage            `json:"resources"`
	StageVariables   json.RawMessage            `json:"stageVariables"`
	GatewayResponses map[string]json.RawMessage `json:"gatewayResponses"`
}

// ofStage reports whether the route is one that Write made.
func (r parsedRoute) ofStage() bool {
	title := r.API.ID + "/" + r.API.Stage
	return r.API.ID != "" && r.API.Stage != "" && (r.Name == title || len(r.Name) > len(title) && r.Name[:len(title)+1] == title+"@")
}
