// SPDX-License-Identifier: Apache-2.0

// Package presets has the documents that people begin with.
//
// A preset is what a document says for one purpose. Starter writes the document of several. They are branches of one template,
// and no documents that are joined, for they depend on each other: an entry is used whole, so every entry needs the bodies of
// all presets, and with emulate "aws" MISSING_AUTHENTICATION_TOKEN is a request without a route, which must not get a challenge.
package presets

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the templates
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/schema"
)

// The presets.
const (
	aws     = "aws"
	problem = "problem"
	html    = "html"
	cors    = "cors"
	grpc    = "grpc"
	oauth   = "oauth"
	jsonrpc = "jsonrpc"
)

// Default is the preset of those who name none.
const Default = problem

// Preset is what a document says for one purpose.
type Preset struct{ Name, About string }

// All are the presets.
func All() []Preset {
	return []Preset{
		{aws, "answers like AWS API Gateway"},
		{problem, "application/problem+json with the ids of request and trace (RFC 9457)"},
		{html, "a page for browsers, in light and dark, under a strict Content-Security-Policy"},
		{cors, "pages of other origins may read errors, and preflights are answered"},
		{grpc, "statuses and messages for clients of gRPC"},
		{oauth, "challenges for bearer tokens (RFC 6750, RFC 9728)"},
		{jsonrpc, "JSON-RPC 2.0 errors, as clients of the Model Context Protocol read them"},
	}
}

// File is a file of a starter. Its name is relative, with slashes.
type File struct {
	Name string
	Text []byte
}

// The names of the files.
const (
	documentName = "gateway-responses.yaml"
	testsName    = "gateway-responses.test.yaml"
	schemaName   = "gateway-responses.schema.json"
	// testsSchemaName is the schema of the test file.
	testsSchemaName = "gateway-responses.test.schema.json"
	pageName        = "pages/error.html"
)

//go:embed starter.yaml.tmpl
var documentTemplate string

//go:embed tests.yaml.tmpl
var testsTemplate string

//go:embed error.html
var page string

// Starter is the document of some presets, then its first tests and the files that go with it.
func Starter(names []string) ([]File, error) {
	all := All()
	known := make([]string, len(all))
	for i, preset := range all {
		known[i] = preset.Name
	}
	for _, name := range names {
		if slices.Contains(known, name) {
			continue
		}
		if meant, ok := nearest.Of(name, known); ok {
			return nil, fmt.Errorf("there is no preset %s; did you mean %s?", quote.Text(name), quote.Text(meant))
		}
		return nil, fmt.Errorf("there is no preset %s; use %s", quote.Text(name), jsonread.Listed(known))
	}
	chosen := choice{names: names}
	files := []File{
		{documentName, chosen.fill(documentTemplate)},
		{testsName, chosen.fill(testsTemplate)},
	}
	if chosen.HTML() {
		files = append(files, File{pageName, []byte(page)})
	}
	for _, s := range []struct {
		name string
		text func() ([]byte, error)
	}{{schemaName, schema.Written}, {testsSchemaName, schema.Tests}} {
		text, err := s.text()
		if err != nil {
			return nil, err
		}
		files = append(files, File{s.name, text})
	}
	return files, nil
}

// choice is what the templates are filled with: the presets that were chosen.
type choice struct{ names []string }

func (c choice) fill(text string) []byte {
	var b bytes.Buffer
	if err := template.Must(template.New("starter").Parse(text)).Execute(&b, c); err != nil {
		panic(err) // a test fills them for all choices
	}
	return b.Bytes()
}

// The presets that were chosen, and what some of them have in common.
func (c choice) has(name string) bool { return slices.Contains(c.names, name) }

// AWS and the others report whether their preset was chosen.
func (c choice) AWS() bool     { return c.has(aws) }
func (c choice) Problem() bool { return c.has(problem) }
func (c choice) HTML() bool    { return c.has(html) }
func (c choice) CORS() bool    { return c.has(cors) }
func (c choice) GRPC() bool    { return c.has(grpc) }
func (c choice) OAuth() bool   { return c.has(oauth) }
func (c choice) JSONRPC() bool { return c.has(jsonrpc) }

// Docs reports whether bodies lead to pages about the types.
func (c choice) Docs() bool { return c.Problem() || c.HTML() }

// Bodies reports whether entries have bodies of their own.
func (c choice) Bodies() bool { return c.Docs() || c.JSONRPC() }

// Entries reports whether there are entries.
func (c choice) Entries() bool { return c.Bodies() || c.OAuth() || c.AWS() }

// Document, Tests, Schema, TestsSchema and Page are names of files.
func (choice) Document() string    { return documentName }
func (choice) Tests() string       { return testsName }
func (choice) Schema() string      { return schemaName }
func (choice) TestsSchema() string { return testsSchemaName }
func (choice) Page() string        { return pageName }

// StyleHash is the source that lets a page have the style of ours (CSP Level 3, section 2.3.1).
func (choice) StyleHash() string {
	_, rest, _ := strings.Cut(page, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	hash := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(hash[:])
}
