// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/source"
)

func newExport(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Put a document back into what another gateway is configured with",
		Long:  "export puts a document back into what another gateway is configured with, and says what that gateway cannot say.",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newExportOpenAPI(a))
	return cmd
}

// exporting is what the command export openapi was asked for.
type exporting struct {
	into, out, route, report, format string
	force                            bool
}

func newExportOpenAPI(a *app) *cobra.Command {
	var e exporting
	cmd := &cobra.Command{
		Use:   "openapi --into FILE [DOCUMENT]",
		Short: "Put a document into an OpenAPI file, as the extension of AWS API Gateway",
		Long: `export openapi puts the gateway responses of a document into an OpenAPI file, JSON or YAML, as
` + openapi.Extension + `. FILE is changed in place, or stays as it is where --out names another file, or
- for stdout. Without DOCUMENT, or with -, it is read from stdin.

Every byte of FILE beside the extension stays as it is: comments, order, quotes, spaces. Of the extension only those gateway
responses are written anew that say something else than before.

What AWS cannot say is printed to stderr with its place in the document. It does not make the export fail.`,
		Example: `  gwr export openapi --into openapi.yaml gwr.yaml
  gwr export openapi --into openapi.yaml --out - --route shop gwr.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			return a.export(&e, orStdin(names)[0])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&e.into, "into", "", "the OpenAPI `file`")
	flags.StringVar(&e.out, "out", "", "the `file` to write instead of the one of --into")
	addForce(cmd, &e.force)
	flags.StringVar(&e.route, "route", "", "the `route` of the document whose gateway responses to take")
	flags.StringVar(&e.report, "report", "", "the `file` to write losses to, as JSON, instead of stderr")
	addFormat(cmd, &e.format, "text", "json")
	return cmd
}

// exported is the outcome of an export as JSON.
type exported struct {
	// Changed reports that the file says something else than before.
	Changed bool         `json:"changed"`
	Losses  finding.List `json:"losses"`
}

func (a *app) export(e *exporting, name string) error {
	switch {
	case e.into == "":
		return usage(errors.New("--into names no file; give the OpenAPI file to put the document into"))
	case e.into == standsForStdin && e.out == "":
		return usage(errors.New("an OpenAPI file from stdin needs --out FILE, or --out -"))
	case e.out == standsForStdin && e.format == "json":
		return usage(errors.New("stdout cannot be both the OpenAPI file and the report; give --report a file"))
	}
	before, err := a.text(e.into, tree.MaxSize)
	if err != nil {
		return err
	}
	file, err := tree.Read(shown(e.into), before)
	if err != nil {
		return unreadable(err)
	}
	document, err := a.good(name)
	if err != nil {
		return err
	}
	result, err := exportOf(document, e.route)
	if err != nil {
		return misused(err)
	}
	after, err := openapi.Into(file, result.Document)
	if err != nil {
		return unreadable(err)
	}
	return a.deliverExport(e, exported{Changed: after != string(before), Losses: atSource(document, result.Findings())}, after)
}

// good reads a document that must be a good one. Warnings are not repeated: they are not about the export.
func (a *app) good(name string) (*source.Document, error) {
	checked, err := a.checked(name)
	if err == nil && checked.Program == nil {
		err = cmp.Or(checked.Findings.Text(a.err, colour(a.err)), errFindings)
	}
	return checked.Source, err
}

// exportOf is the extension of a document.
func exportOf(document *source.Document, route string) (*convert.Result, error) {
	parsed, err := tree.Read(document.Name, document.Text)
	if err != nil {
		return nil, err
	}
	return openapi.Export(parsed.Documents[0], route)
}

// atSource moves findings in the text of a document to where a person wrote it.
func atSource(document *source.Document, found finding.List) finding.List {
	for i := range found {
		found[i].Place = document.Place(found[i].Line, found[i].Column)
	}
	found.Sort()
	return found
}

// deliverExport writes the OpenAPI file and what there is to say about it.
func (a *app) deliverExport(e *exporting, report exported, text string) error {
	outputs, err := e.outputs(report, text)
	if err == nil {
		err = writeFiles(outputs...)
	}
	if err == nil && e.out == standsForStdin {
		_, err = io.WriteString(a.out, text)
	}
	switch {
	case err != nil:
		return err
	case e.format == "json":
		return a.json(report)
	case e.report != "":
		return nil
	default:
		return report.Losses.Text(a.err, colour(a.err))
	}
}

// outputs are the files to write. An OpenAPI file that says what it said before is left alone.
func (e *exporting) outputs(report exported, text string) ([]output, error) {
	var outputs []output
	if e.report != "" {
		written, err := jsonwrite.File(report)
		if err != nil {
			return nil, err
		}
		outputs = append(outputs, output{e.report, written, e.force})
	}
	switch {
	case e.out == standsForStdin:
	case e.out != "":
		outputs = append(outputs, output{e.out, []byte(text), e.force})
	case report.Changed:
		outputs = append(outputs, output{e.into, []byte(text), true})
	}
	return outputs, nil
}
