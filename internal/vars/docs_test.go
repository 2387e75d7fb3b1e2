// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

var update = flag.Bool("update", false, "rewrite docs/variables.md")

const docsPath = "../../docs/variables.md"

const docsHead = `# Variables

<!-- Made from the tables in internal/vars by "go test ./internal/vars -update". -->

The values that a reply can quote. In the templates of ` + "`responseTemplates` and `headers`" + ` a name stands after a dollar sign,
` + "`$context.requestId`, or in braces, `${context.requestId}`. In a mapping of `responseParameters`" + ` it stands alone, ` + "`context.requestId`" + `.
The package comment of [internal/template](../internal/template/doc.go) says how a template writes a value.

A name that is not in these tables is an error. With ` + "`emulate: aws`" + ` it is absent, as on AWS, with a warning. A variable without a value is *absent*: a template
writes nothing, or ` + "`null`" + ` in JSON outside a string, and a mapping sets no header. Names are case-sensitive, except those of headers.

*Costs* lists what the filter reads from Envoy for a variable: headers on each request, attributes on each error. What a document does not use is not read.
`

// sections are the parts of the page, each with the rows of one table.
var sections = []struct {
	title, about string
	rows         []Row
}{
	{"The API", "", apiRows},
	{"The request", "", requestRows},
	{"The reply", "", errorRows},
	{"The client", "", identityRows},
	{"The authorizer", "The key [authorizer](document.md#root-authorizer) of the document says where the values are.", authorizerRows},
	{"Envoy", "These are ours, not AWS's. They can show a client how the gateway is built: think before you use them.", envoyRows},
	{
		"Any attribute of Envoy", "Ours, too. A name with other characters than letters, digits, `_` and dots needs braces in a template.\n" +
			"Text is given as it is, numbers and booleans as text; lists, objects, nulls and binary data are absent.", attributeRows,
	},
	{"Stage variables", "", stageRows},
	{"What the client sent", "", methodRows},
	{"The original reply", "", responseRows},
	{"Known, but always absent", "AWS has values for these names, Envoy has none. Documents that use them load, with a warning.", unansweredRows},
}

func TestDocs(t *testing.T) {
	var page strings.Builder
	page.WriteString(docsHead)
	rows := 0
	for _, section := range sections {
		rows += len(section.rows)
		writeSection(&page, section.title, section.about, section.rows)
	}
	if rows != len(All()) {
		t.Errorf("the page has %d rows, the catalogue %d", rows, len(All()))
	}
	if *update {
		if err := os.WriteFile(docsPath, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(docsPath)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(page.String(), string(got)); diff != "" {
		t.Errorf("docs/variables.md differs from the tables, run \"go test ./internal/vars -update\" (-want +got):\n%s", diff)
	}
}

// writeSection writes one table of the page.
func writeSection(page *strings.Builder, title, about string, rows []Row) {
	fmt.Fprintf(page, "\n## %s\n\n", title)
	if about != "" {
		fmt.Fprintf(page, "%s\n\n", about)
	}
	page.WriteString("| name | value | costs |\n|---|---|---|\n")
	always := !slices.ContainsFunc(rows, hasValue)
	for _, row := range rows {
		fmt.Fprintf(page, "| `%s` | %s | %s |\n", row.Name, value(row, always), costs(row))
	}
}

// value words what the value is. In a table of what is always absent that needs no mention.
func value(row Row, always bool) string {
	switch {
	case row.Form == JSON:
		return row.About + "; a number in JSON"
	case !hasValue(row) && !always:
		return row.About + "; always absent"
	default:
		return row.About
	}
}

// fieldNames are the attributes that a fact is read from.
var fieldNames = map[facts.Fields]string{
	facts.FieldProtocol:    "`request.protocol`",
	facts.FieldTime:        "`request.time`",
	facts.FieldSource:      "`source.address`",
	facts.FieldRouteName:   "`xds.route_name`",
	facts.FieldVirtualHost: "`xds.virtual_host_name`",
	facts.FieldCluster:     "`xds.cluster_name`",
	facts.FieldUpstream:    "`upstream.address`",
	facts.FieldBody:        "the body",
}

// costs words what must be read.
func costs(row Row) string {
	switch needs := row.Needs; {
	case needs.RepeatedHeaders:
		return "all request headers"
	case needs.RequestHeaders != nil:
		return "`" + strings.Join(needs.RequestHeaders, "`, `") + "`"
	case needs.Fields != 0:
		return fieldNames[needs.Fields]
	case row.attribute != "":
		return "`" + strings.Join(facts.AttributePieces(row.attribute), " ") + "`"
	case row.path != nil:
		return "the attribute"
	default:
		return ""
	}
}

// hasValue reports whether a variable can have a value at all.
func hasValue(row Row) bool { return row.value != nil }
