// SPDX-License-Identifier: Apache-2.0

package ability

import (
	"os"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/golden"
)

const page = "../../docs/adapters.md"

// TestPage holds that the tables of docs/adapters.md are the list.
func TestPage(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	made := withTable(t, string(text), "## What each can tell", abilityRows())
	made = withTable(t, made, "have no value in a module:", attributeRows())
	golden.File(t, page, made)
}

// withTable puts rows in the place of the first table behind a text.
func withTable(t *testing.T, page, behind string, rows [][]string) string {
	t.Helper()
	before, after, found := strings.Cut(page, behind)
	at := strings.Index(after, "\n|")
	if !found || at < 0 {
		t.Fatalf("no table behind %q", behind)
	}
	end := strings.Index(after[at:], "|\n\n")
	if end < 0 {
		t.Fatalf("the table behind %q has no end", behind)
	}
	var table strings.Builder
	for i, cells := range rows {
		table.WriteString("\n| " + strings.Join(cells, " | ") + " |")
		if i == 0 {
			table.WriteString("\n" + strings.Repeat("|---", len(cells)) + "|")
		}
	}
	return before + behind + after[:at] + table.String() + after[at+end+len("|"):]
}

// said are what documents call facts.
var said = []struct {
	fields facts.Fields
	name   string
}{
	{facts.FieldFlags | facts.FieldOwner, "response flags, and the filter that replied"},
	{facts.FieldProtocol | facts.FieldSource, "protocol, address of the client"},
	{facts.FieldRouteName | facts.FieldCluster | facts.FieldUpstream, "names of route and cluster, address of the upstream"},
	{facts.FieldBody, "the body of the original reply, `$context.envoy.body`"},
	{facts.FieldTime, "the time of the request, `$context.requestTime`"},
	{facts.FieldVirtualHost, "the name of the virtual host, `virtualHosts` and `$context.envoy.virtualHost`"},
	{facts.FieldRouteMetadata | facts.FieldRouteDocument, "a route of the document, or a route document, in the metadata of Envoy's route"},
	{facts.FieldHostMetadata, "the same in the metadata of the virtual host"},
}

// TestSaid holds that the page says something of every fact.
func TestSaid(t *testing.T) {
	var all facts.Fields
	for _, s := range said {
		all |= s.fields
	}
	for field := facts.FieldFlags; field <= facts.FieldRouteDocument; field <<= 1 {
		if !all.Has(field) {
			t.Errorf("the page has no row for field %d", field)
		}
	}
}

// abilityRows say what each host can tell and do.
func abilityRows() [][]string {
	head := []string{""}
	for _, host := range hosts {
		head = append(head, strings.TrimPrefix(host.String(), "the "))
	}
	rows := [][]string{head}
	add := func(name string, cell func(Host) string) {
		row := []string{name}
		for _, host := range hosts {
			row = append(row, cell(host))
		}
		rows = append(rows, row)
	}
	can := func(has func(Host) bool) func(Host) string {
		return func(h Host) string {
			if has(h) {
				return "yes"
			}
			return "**no**"
		}
	}
	add("replies made behind it, status, details, headers of request and reply", func(Host) string { return "yes" })
	add("replies made before the filter chain: 400, 426, 431", can(func(h Host) bool { return h.SeesEarlyReplies }))
	add("a body for a reply without one", func(h Host) string {
		if h.AddsBodies {
			return "in place"
		}
		return "by a nested reply, or a companion mapper"
	})
	for _, s := range said {
		add(s.name, can(func(h Host) bool { return h.Fields.Has(s.fields) }))
	}
	depth := func(path func(keys ...string) string) func(Host) string {
		return func(h Host) string {
			switch {
			case h.Tells(path("namespace", "key", "key")):
				return "yes"
			case h.Tells(path("namespace", "key")):
				return "right below the namespace"
			}
			return "**no**"
		}
	}
	add("dynamic metadata", depth(func(keys ...string) string { return facts.MetadataPath(strings.Join(keys, "/")) }))
	add("`match.metadata`, the metadata of Envoy's route", depth(facts.RouteMetadataPath))
	add("filter state", can(func(h Host) bool { return h.Tells(facts.AttributePath("filter_state", "key")) }))
	add("attributes", func(h Host) string {
		if len(unreadable(h)) > 0 {
			return "some, see below"
		}
		return "yes"
	})
	add("labels of counters", func(h Host) string {
		if h.LabelsCounters {
			return "by the filter"
		}
		return "by `stats_config`"
	})
	return rows
}

// unreadable are the attributes that a host cannot read.
func unreadable(h Host) (names []string) {
	for _, a := range attributes {
		if !h.Tells(facts.AttributePath(strings.Split(a.Name, ".")...)) {
			names = append(names, "`"+a.Name+"`")
		}
	}
	return names
}

// attributeRows say which attributes each module cannot read.
func attributeRows() [][]string {
	rows := [][]string{{"Envoy", "attributes"}}
	for _, host := range hosts {
		if host.Adapter == Module {
			rows = append(rows, []string{host.Envoy, strings.Join(unreadable(host), ", ")})
		}
	}
	return rows
}
