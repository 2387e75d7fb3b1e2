// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// anError is what a rule is for that names no statuses, and a row.
var anError = []config.StatusRange{{Low: facts.FirstError, High: 599}}

// subject is what a rule or a row of the tables tells apart.
type subject struct {
	// details are globs, nil for any details.
	details []string
	// owners are names of filters, nil for any filter or none.
	owners []string
	// statuses are all from 400 on.
	statuses []config.StatusRange
	// isExact reports that it is no row of the tables, whose statuses may decide alone.
	isExact bool
}

// subjects are all that rules and tables tell apart, in the order in which they are asked: what the upstream has sent comes first, for
// no rule that is said names it.
func (c *compiler) subjects() []subject {
	var upstreams, all []subject
	for _, rule := range c.sayableRules() {
		sub := subject{isExact: true, statuses: rule.When.Statuses, details: texts(rule.When.Details), owners: texts(rule.When.Filters)}
		if sub.statuses == nil {
			sub.statuses = anError
		}
		all = append(all, sub)
	}
	for _, row := range classify.Rows() {
		sub := subject{statuses: anError, details: []string{row.Row}}
		if row.OnlyStatus != 0 {
			sub.statuses = []config.StatusRange{{Low: row.OnlyStatus, High: row.OnlyStatus}}
		}
		if row.Author == "upstream" {
			upstreams = append(upstreams, sub)
		} else {
			all = append(all, sub)
		}
	}
	return append(upstreams, all...)
}

// texts are the values of texts.
func texts(written []config.Text) []string {
	var values []string
	for _, text := range written {
		values = append(values, text.Value)
	}
	return values
}

// example is a reply of the case.
func (sub *subject) example(status int, hasBody bool) facts.Reply {
	reply := facts.Reply{Status: status, HasBody: hasBody, Details: "x"}
	if sub.details != nil {
		reply.Details = strings.ReplaceAll(sub.details[0], "*", "x")
	}
	if sub.owners != nil {
		reply.Owner = sub.owners[0]
	}
	return reply
}

// maxRules is how many rules become mappers, and maxGlobs how many details each has: Envoy asks one mapper after the other.
const (
	maxRules = 200
	maxGlobs = 200
)

// sayableRules are the rules whose conditions a mapper can ask, in their order.
func (c *compiler) sayableRules() []config.Rule {
	var sayable []config.Rule
	for i := range c.document.Rules {
		if c.unsayable(i) == "" {
			sayable = append(sayable, c.document.Rules[i])
		}
	}
	return sayable
}

// unsayable is why no mapper can stand for a rule, "" when one can.
func (c *compiler) unsayable(i int) string {
	if i >= maxRules {
		return fmt.Sprintf("%d rules stand in front of it, and no more become mappers", maxRules)
	}
	return unsayable(&c.document.Rules[i].When)
}

// unsayable is why a mapper cannot ask the conditions of a rule, "" when it can.
func unsayable(when *config.When) string {
	switch {
	case when.Source != config.SourceLocal:
		return "Envoy asks no mapper about replies of the upstream"
	case when.RequestHeaders != nil:
		return "a mapper sees the request as the filters in front have left it, and not as it came"
	case when.ResponseHeaders != nil:
		return "a mapper is asked before later filters have set headers of the reply"
	case when.GRPCStatuses != nil:
		return "the gRPC status is not known yet when a mapper is asked"
	case when.Flags != nil:
		return "some filters set flags only after the mappers were asked"
	case when.NamesRedirects():
		return "filters send redirects without asking mappers"
	case slices.ContainsFunc(when.Filters, func(t config.Text) bool { return strings.Contains(t.Value, "*") }):
		return `a mapper compares the name of a filter as a whole; write it without "*"`
	}
	if len(when.Details) > maxGlobs {
		return fmt.Sprintf("it has more than %d details", maxGlobs)
	}
	for _, glob := range when.Details {
		if _, ok := expressionOf(glob.Value); !ok {
			return "a mapper cannot ask " + quote.Text(glob.Value) + "; write a glob with less \"*\""
		}
	}
	return ""
}
