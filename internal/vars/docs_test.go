// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
)

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

func TestDocs(t *testing.T) {
	var page strings.Builder
	page.WriteString(docsHead)
	rows := 0
	for _, section := range Sections() {
		rows += len(section.Rows)
		writeSection(&page, section.Title, section.About, section.Rows)
	}
	if rows != len(All()) {
		t.Errorf("the page has %d rows, the catalogue %d", rows, len(All()))
	}
	golden.File(t, docsPath, page.String())
}

// writeSection writes one table of the page.
func writeSection(page *strings.Builder, title, about string, rows []Row) {
	fmt.Fprintf(page, "\n## %s\n\n", title)
	if about != "" {
		fmt.Fprintf(page, "%s\n\n", about)
	}
	page.WriteString("| name | value | costs |\n|---|---|---|\n")
	always := !slices.ContainsFunc(rows, func(row Row) bool { return row.HasValue() })
	for _, row := range rows {
		fmt.Fprintf(page, "| `%s` | %s | %s |\n", row.Name, value(row, always), row.Costs())
	}
}

// value words what the value is. In a table of what is always absent that needs no mention.
func value(row Row, always bool) string {
	switch {
	case row.Form == JSON:
		return row.About + "; a number in JSON"
	case !row.HasValue() && !always:
		return row.About + "; always absent"
	default:
		return row.About
	}
}
