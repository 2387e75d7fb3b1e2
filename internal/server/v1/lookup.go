// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/catalogue"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/schema"
	"gatewayresponses/internal/typetable"
	"gatewayresponses/internal/vars"
	"gatewayresponses/internal/version"
)

// lookingUp are the operations that tell what there is to write in documents, and who asks.
func lookingUp() []operation {
	return []operation{
		op("getDescription", "GET", "/openapi.json", anybody, everything, "Describe this API", described).as(mediaJSON),
		op("getDocumentSchema", "GET", "/document.schema.json", auth.Read, everything, "Describe documents as a JSON Schema", documentSchema).as("application/schema+json"),
		op("listTypes", "GET", "/types", auth.Read, everything, "List the gateway response types, and which error of Envoy has which", types),
		op("listVariables", "GET", "/variables", auth.Read, everything, "List the values that a reply can quote", variables),
		op("listClients", "GET", "/clients", auth.Read, everything, "List the clients that previews, matrices and tries play", listClients),
		op("listFindingKinds", "GET", "/finding-kinds", auth.Read, everything, "List the kinds of findings, with what to do", findingKinds),
		op("getProblemKind", "GET", "/problem-kinds/{kind}", anybody, everything, "Say what a kind of problems is, to which their types lead", problemKind),
		op("getCaller", "GET", "/caller", auth.Read, everything, "Say who the caller is, and what the key is for", caller),
	}
}

// ProblemKindInput names a kind of problems.
type ProblemKindInput struct {
	Kind string `uri:"kind" about:"The name of the kind."`
}

// ProblemKind is a kind of problems.
type ProblemKind struct {
	Kind   string `json:"kind" about:"The name of the kind, at the end of the type of a problem."`
	Status int    `json:"status" about:"The status of the answers."`
	About  string `json:"about" about:"What it is, and what to do."`
}

func problemKind(_ context.Context, _ *Server, _ control.Caller, in ProblemKindInput) (ProblemKind, error) {
	for _, k := range kinds {
		if k.kind == in.Kind {
			return ProblemKind{k.kind, k.status, k.about}, nil
		}
	}
	return ProblemKind{}, apigateway.NotFound("there is no kind of problems %q", in.Kind)
}

func documentSchema(context.Context, *Server, control.Caller, noInput) (raw, error) {
	text, err := schema.Text()
	return raw{text}, err
}

// Types are the gateway response types, and the tables by which errors have them.
type Types struct {
	Types []Type `json:"types" about:"AWS's types, in the order of their names."`
	typetable.Table
}

// Type is a gateway response type.
type Type struct {
	Type          config.ResponseType `json:"type" about:"Its name."`
	DefaultStatus int                 `json:"defaultStatus,omitempty" about:"The status that AWS gives it; missing where it keeps that of the reply."`
}

func types(context.Context, *Server, control.Caller, noInput) (Types, error) {
	table, err := typetable.Read()
	all := Types{Table: table}
	for _, t := range config.ResponseTypes() {
		all.Types = append(all.Types, Type{t, t.DefaultStatus()})
	}
	return all, err
}

// Variables are what a reply can quote.
type Variables struct {
	Variables []Variable `json:"variables" about:"The names, section by section."`
}

// Variable is a name that templates and mappings can use.
type Variable struct {
	Name    string `json:"name" about:"The name, without the $ in front."`
	Section string `json:"section" about:"What it belongs to."`
	About   string `json:"about" about:"What it stands for."`
	Number  bool   `json:"number,omitempty" about:"Whether its value is a number in JSON."`
	Absent  bool   `json:"absent,omitempty" about:"Whether it never has a value here."`
}

func variables(context.Context, *Server, control.Caller, noInput) (Variables, error) {
	var all Variables
	for _, section := range vars.Sections() {
		for i := range section.Rows {
			row := &section.Rows[i]
			all.Variables = append(all.Variables, Variable{row.Name, section.Title, row.About, row.Form == vars.JSON, !row.HasValue()})
		}
	}
	return all, nil
}

// FindingKinds are the kinds of findings.
type FindingKinds struct {
	Kinds []FindingKind `json:"kinds" about:"The kinds, in the order of their codes."`
}

// FindingKind is a kind of findings.
type FindingKind struct {
	Code    string `json:"code" about:"Its code, GWR007."`
	Title   string `json:"title" about:"Its name."`
	Means   string `json:"means" about:"What is wrong and why it matters, Markdown."`
	Fix     string `json:"fix" about:"What to do, Markdown."`
	Example string `json:"example,omitempty" about:"A text that has such a finding."`
}

func findingKinds(context.Context, *Server, control.Caller, noInput) (FindingKinds, error) {
	var all FindingKinds
	for _, section := range catalogue.Sections() {
		for i := range section.Entries {
			e := &section.Entries[i]
			all.Kinds = append(all.Kinds, FindingKind{e.Code.String(), e.Title, e.Means, e.Fix, e.Example})
		}
	}
	return all, nil
}

// Who says who the caller is.
type Who struct {
	Name    string      `json:"name" about:"The name of the key, or of the person."`
	Key     string      `json:"key,omitempty" about:"The id of the key."`
	Person  string      `json:"person,omitempty" about:"Who signed in to the console without a key: ISSUER|SUBJECT, as the OpenID provider has it."`
	Rights  auth.Rights `json:"rights" about:"What the caller may do."`
	Version string      `json:"version" about:"The version of the server."`
}

func caller(_ context.Context, _ *Server, by control.Caller, _ noInput) (Who, error) {
	return Who{by.Name, by.Key, by.Person, by.Rights, version.Number}, nil
}
