// SPDX-License-Identifier: Apache-2.0

package config

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// render writes findings with their severities and codes, a line each.
func render(findings Findings) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s: %s\n", f.Severity, f.Code, f)
	}
	return b.String()
}

// dump writes all that a document says, with the places of its strings as line:column.
func dump(d *Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "version %d, mode %s, emulate %q, escaping %s\n", d.Version, d.Mode, d.Emulate, d.Escaping)
	if d.Revision != 0 {
		fmt.Fprintf(&b, "revision %d\n", d.Revision)
	}
	fmt.Fprintf(&b, "api id %q, stage %q, account %q\n", d.API.ID, d.API.Stage, d.API.AccountID)
	dumpMembers(&b, d, "stage variable", d.StageVariables)
	dumpResponses(&b, d, d.GatewayResponses)
	if d.OwnTypes != nil {
		fmt.Fprintf(&b, "own types %q\n", slices.Sorted(maps.Keys(d.OwnTypes)))
	}
	for _, r := range d.Routes {
		dumpRoute(&b, d, r)
	}
	dumpRules(&b, d)
	if d.CORS != nil {
		dumpCORS(&b, d.CORS)
	}
	if d.Upstream.KeepProblem {
		b.WriteString("keep problems of the upstream\n")
	}
	dumpGRPC(&b, d)
	if d.AddedByRoutes != nil || d.RouteDocuments {
		fmt.Fprintf(&b, "added by routes %q, route documents %t\n", d.AddedByRoutes, d.RouteDocuments)
	}
	return b.String()
}

// dumpRules writes the owner's rules, and where producers declare types.
func dumpRules(b *strings.Builder, d *Document) {
	for _, r := range d.Rules {
		fmt.Fprintf(b, "rule %q: type %q, message %q, leave %t\n", r.Name, r.ResponseType, r.Message, r.Leave)
		dumpTexts(b, d, "  details", r.When.Details)
		dumpTexts(b, d, "  filter", r.When.Filters)
		dumpTexts(b, d, "  flag", r.When.Flags)
		for _, status := range r.When.Statuses {
			fmt.Fprintf(b, "  status %d to %d\n", status.Low, status.High)
		}
		for _, status := range r.When.GRPCStatuses {
			fmt.Fprintf(b, "  gRPC status %s\n", status)
		}
		dumpSource(b, r.When.Source)
		dumpConditions(b, d, "  request header", r.When.RequestHeaders)
		dumpConditions(b, d, "  response header", r.When.ResponseHeaders)
	}
	if d.Declared != nil {
		fmt.Fprintf(b, "declared by %q\n", d.Declared.Header)
		if d.Declared.Metadata.Value != "" {
			fmt.Fprintf(b, "declared in metadata %q\n", d.Declared.Metadata.Value)
		}
		dumpSource(b, d.Declared.Source)
		dumpTexts(b, d, "  filter", d.Declared.Filters)
	}
	if d.Authorizer != (Authorizer{}) {
		fmt.Fprintf(b, "authorizer claims %q, context %q\n", d.Authorizer.Claims, d.Authorizer.Context)
	}
}

// dumpSource writes whose replies are meant, where that is not the default.
func dumpSource(b *strings.Builder, source Source) {
	if source != SourceLocal {
		fmt.Fprintf(b, "  source %q\n", sourceNames[source])
	}
}

func dumpTexts(b *strings.Builder, d *Document, what string, texts []Text) {
	for _, t := range texts {
		fmt.Fprintf(b, "%s %s\n", what, place(d, t))
	}
}

func dumpConditions(b *strings.Builder, d *Document, what string, conditions []HeaderCondition) {
	tests := map[HeaderTest]string{HeaderPresent: "present", HeaderAbsent: "absent", HeaderEquals: "equals", HeaderGlob: "glob"}
	for _, c := range conditions {
		fmt.Fprintf(b, "%s %s %s %q\n", what, place(d, c.Name), tests[c.Test], c.Value)
	}
}

func dumpRoute(b *strings.Builder, d *Document, r Route) {
	fmt.Fprintf(b, "route %s, mode %q, isolated %t\n", place(d, r.Name), r.Mode, r.Isolated)
	if m := r.Match; m != nil {
		fmt.Fprintf(b, "match path %q, prefix %q\n", m.Path.Value, m.PathPrefix.Value)
		for _, list := range [][]Text{m.RouteNames, m.VirtualHosts, m.Hosts, m.Methods} {
			for _, text := range list {
				fmt.Fprintf(b, "  %s: %s\n", d.Path(text), place(d, text))
			}
		}
		for _, m := range m.Metadata {
			fmt.Fprintf(b, "  metadata %q = %s\n", m.Keys, place(d, m.Glob))
		}
	}
	if r.Emulate != "" || r.Escaping != "" {
		fmt.Fprintf(b, "emulate %q, escaping %q\n", r.Emulate, r.Escaping)
	}
	dumpTexts(b, d, "  resource", r.Resources)
	fmt.Fprintf(b, "api id %q, stage %q, account %q\n", r.API.ID, r.API.Stage, r.API.AccountID)
	dumpMembers(b, d, "stage variable", r.StageVariables)
	dumpResponses(b, d, r.GatewayResponses)
}

func dumpResponses(b *strings.Builder, d *Document, responses []GatewayResponse) {
	for _, r := range responses {
		fmt.Fprintf(b, "%s at %s, status %d\n", cmp.Or(r.Type, "no type"), place(d, r.At), r.StatusCode)
		for _, p := range r.Parameters {
			fmt.Fprintf(b, "  mapping %s = %s\n    header %q, static %t, literal %q, variable %q\n",
				place(d, p.Key), place(d, p.Value), p.Header, p.Static, p.Literal, p.Variable)
		}
		dumpMembers(b, d, "  header", r.Headers)
		dumpMembers(b, d, "  template", r.Templates)
	}
}

func dumpCORS(b *strings.Builder, c *CORS) {
	fmt.Fprintf(b, "cors origins %q, credentials %t, exposed %q\n", c.AllowOrigins, c.AllowCredentials, c.ExposeHeaders)
	if p := c.Preflight; p != nil {
		fmt.Fprintf(b, "  preflight methods %q, headers %q, age %d\n", p.AllowMethods, p.AllowHeaders, p.MaxAge)
	}
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
