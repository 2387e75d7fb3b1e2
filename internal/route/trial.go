// SPDX-License-Identifier: Apache-2.0

package route

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// Condition is a condition of an entry of routes, by its key in the document.
type Condition string

// The conditions.
const (
	OnMethods      Condition = "methods"
	OnHosts        Condition = "hosts"
	OnRouteNames   Condition = "routeNames"
	OnVirtualHosts Condition = "virtualHosts"
	OnPathPrefix   Condition = "pathPrefix"
	OnPath         Condition = "path"
	OnMetadata     Condition = "metadata"
	// OnName is that of an entry without a match: metadata must name it.
	OnName Condition = "name"
)

// Trial is what an entry of routes says to an exchange.
type Trial struct {
	// Name is that of the entry.
	Name string
	// Failing is the first of its conditions that does not hold, "" for the entry that takes the exchange.
	Failing Condition
	// Wanted are the values of which the condition wants one, as they are written, in lower case for hosts.
	Wanted []string
	// Got is what the exchange has, "" for nothing.
	Got string
}

// Trials are the entries that stand before the one that Find finds for an exchange without a name, in their order, and that one.
// All of them are asked: the index of Find only saves the questions whose answer is no. For tools.
func (t *Table) Trials(f *facts.Facts) []Trial {
	q := t.request(f)
	names := t.Names()
	var trials []Trial
	for place, e := range t.entries {
		if e.conditions == nil {
			trials = append(trials, Trial{Name: names[place], Failing: OnName})
			continue
		}
		trial := Trial{Name: names[place], Failing: e.conditions.failing(&q)}
		trial.Wanted, trial.Got = e.conditions.about(trial.Failing, &q)
		if trials = append(trials, trial); trial.Failing == "" {
			break
		}
	}
	return trials
}

// Names are the names of the entries, by place. For tools.
func (t *Table) Names() []string {
	names := make([]string, len(t.entries))
	for name, place := range t.byName {
		names[place] = name
	}
	return names
}

// about is what a condition wants, and what an exchange has.
func (c *conditions) about(condition Condition, q *request) (wanted []string, got string) {
	switch condition {
	case OnMethods:
		return c.methods, q.method
	case OnHosts:
		return c.hosts, q.host
	case OnRouteNames:
		return c.routeNames, q.facts.Route.Name
	case OnVirtualHosts:
		return c.virtualHosts, q.facts.Route.VirtualHost
	case OnPathPrefix:
		return []string{c.prefix.String()}, q.path.String()
	case OnPath:
		return []string{c.path.String()}, q.path.String()
	case OnMetadata:
		return c.failingMetadata(q.facts.Attributes)
	}
	return nil, ""
}

// failingMetadata is the first value of metadata that is not as wanted, as "NAMESPACE/KEY=GLOB", and what it is.
func (c *conditions) failingMetadata(attributes facts.Attributes) (wanted []string, got string) {
	for _, want := range c.metadata {
		if !want.holds(attributes) {
			return []string{want.worded()}, attributes.Text(want.path)
		}
	}
	return nil, ""
}

// worded is what is wanted as "NAMESPACE/KEY=GLOB".
func (m metadataMatch) worded() string {
	// The first three pieces lead to the metadata of every route.
	return strings.Join(facts.AttributePieces(m.path)[3:], "/") + "=" + m.glob
}
