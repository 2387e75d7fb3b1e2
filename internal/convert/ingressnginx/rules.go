// SPDX-License-Identifier: Apache-2.0

package ingressnginx

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// noConnection are Envoy's details where nginx says 502: the service cannot be reached, or goes away.
const noConnection = "upstream_reset_before_response_started*"

// rules give each status its type, whoever made the error. Where nginx says 502 because there is no connection, Envoy says 503: a
// rule in front of the others makes that a 502, as clients knew it.
func (i *importer) rules() object.List {
	slices.Sort(i.statuses)
	rules := object.List{}
	if slices.Contains(i.statuses, 502) {
		at := i.at[502]
		rules = append(rules, rule("no connection", object.Object{{Name: "details", Value: object.List{noConnection}, From: at}}, 502, at))
		i.result.Tell(at, list, object.Element([]string{"classification"}, 0), "nginx says 502 where Envoy cannot connect and says 503; the rule gives those replies the page for 502, with the status 502")
	}
	for _, status := range i.statuses {
		at := i.at[status]
		rules = append(rules, rule("http "+strconv.Itoa(status), object.Object{
			{Name: "status", Value: object.List{strconv.Itoa(status)}, From: at}, {Name: "source", Value: "any", From: at},
		}, status, at))
	}
	return rules
}

// rule is one rule.
func rule(name string, when object.Object, status int, at tree.Place) object.Object {
	return object.Object{
		{Name: "name", Value: name, From: at}, {Name: "when", Value: when, From: at}, {Name: "responseType", Value: typeOf(status), From: at},
	}
}
