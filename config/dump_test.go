// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"strings"
)

// render writes findings with their severities, a line each.
func render(findings Findings) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s: %s\n", f.Severity, f)
	}
	return b.String()
}

// dump writes all that a document says, with the places of its strings as line:column.
func dump(d *Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "version %d, mode %s, emulate %q, escaping %s\n", d.Version, d.Mode, d.Emulate, d.Escaping)
	fmt.Fprintf(&b, "api id %q, stage %q, account %q\n", d.API.ID, d.API.Stage, d.API.AccountID)
	dumpMembers(&b, d, "stage variable", d.StageVariables)
	for _, r := range d.GatewayResponses {
		fmt.Fprintf(&b, "%s at %s, status %d\n", r.Type, place(d, r.At), r.StatusCode)
		for _, p := range r.Parameters {
			fmt.Fprintf(&b, "  mapping %s = %s\n    header %q, static %t, literal %q, variable %q\n",
				place(d, p.Key), place(d, p.Value), p.Header, p.Static, p.Literal, p.Variable)
		}
		dumpMembers(&b, d, "  header", r.Headers)
		dumpMembers(&b, d, "  template", r.Templates)
	}
	dumpGRPC(&b, d)
	return b.String()
}

func dumpMembers(b *strings.Builder, d *Document, what string, members []Member) {
	for _, m := range members {
		fmt.Fprintf(b, "%s %s = %s\n", what, place(d, m.Key), place(d, m.Value))
	}
}

func dumpGRPC(b *strings.Builder, d *Document) {
	if d.GRPC == nil {
		return
	}
	b.WriteString("grpc\n")
	for _, mapping := range d.GRPC.Statuses {
		fmt.Fprintf(b, "  %s = %s (%d)\n", mapping.Type, mapping.Status, mapping.Status)
	}
	if d.GRPC.Message != nil {
		fmt.Fprintf(b, "  message = %s\n", place(d, *d.GRPC.Message))
	}
}

// place quotes a text, with the line and column of its opening quote.
func place(d *Document, t Text) string {
	line, column := d.Locate(t, -1)
	return fmt.Sprintf("%q (%d:%d)", t.Value, line, column)
}
