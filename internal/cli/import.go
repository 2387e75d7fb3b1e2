// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/formats"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonwrite"
)

// importing is what the command import was asked for.
type importing struct {
	from, out, as, report, format string
	force                         bool
	parameters                    []string
	options                       convert.Options
}

func newImport(a *app) *cobra.Command {
	var i importing
	cmd := &cobra.Command{
		Use:   "import [FILE|FOLDER]",
		Short: "Make a document of what another gateway is configured with",
		Long: `import reads the configuration of another gateway and prints the document that says the same. The format is recognised
by the content. Without FILE, or with -, it reads stdin; of a folder, such as cdk.out, it reads all JSON and YAML files.

What the document cannot say is a loss. It is printed to stderr with its place in the source, and stands as a comment in the
YAML; losses do not make the import fail. Behind the losses comes the inventory: which types of errors the source can raise,
and which filter of Envoy must raise them here.

One API of AWS becomes the document itself. Several become routes, those that customise gateway responses, unless --api
chooses one; a route whose hosts the source does not name has a host below .invalid, to be filled in.

Formats:

` + formatList() + `

A source that AWS takes gives emulate: aws, never escaping: aws.`,
		Example: `  gwr import openapi.yaml --out gwr.yaml
  aws apigateway get-gateway-responses --rest-api-id a1b2c3 | gwr import
  terraform show -json | gwr import --api petstore`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			return a.runImport(&i, orStdin(names)[0])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&i.from, "from", "", "the `format` of the source, one of those above (default by content)")
	flags.StringVar(&i.options.API, "api", "", "the API to import, of several, by its `name` or id")
	flags.StringArrayVar(&i.parameters, "parameter", nil, "a parameter that the source leaves open, `name=value`; can be repeated")
	flags.StringVar(&i.out, "out", "", "the `file` to write the document to, JSON if it ends in .json; - is stdout")
	addForce(cmd, &i.force)
	flags.StringVar(&i.report, "report", "", "the `file` to write losses and inventory to, as JSON, instead of stderr")
	i.as = "yaml"
	addChoice(cmd, &i.as, "as", "format", "how to write the document", "yaml", "json")
	addFormat(cmd, &i.format, "text", "json")
	must(cmd.RegisterFlagCompletionFunc("from", cobra.FixedCompletions(formats.Names(), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// formatList describes the formats, one a line.
func formatList() string {
	var b strings.Builder
	for _, f := range formats.All() {
		fmt.Fprintf(&b, "- %s: %s\n", f.Name, f.About)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (a *app) runImport(i *importing, name string) error {
	if err := i.readParameters(); err != nil {
		return usage(err)
	}
	source, err := a.foreign(name)
	if err != nil {
		return err
	}
	format, err := formats.Find(i.from, source)
	if err != nil {
		return misused(err)
	}
	result, err := format.Import(source, i.options)
	if err != nil {
		return misused(err)
	}
	for _, unread := range source.Unread {
		result.Lose(unread.Place, "", nil, "the file is left out: %s", unread.Message)
	}
	text, spots := result.Document.Compact()
	program, found := engine.Load(text, engine.Everything())
	result.Judge(spots, found)
	if err := a.deliver(i, format.Name, result); err != nil {
		return err
	}
	if program == nil {
		return errFindings
	}
	return nil
}

// readParameters reads the values of --parameter.
func (i *importing) readParameters() error {
	i.options.Parameters = map[string]string{}
	for _, p := range i.parameters {
		name, value, found := strings.Cut(p, "=")
		if !found || name == "" {
			return fmt.Errorf("--parameter %q is not name=value", p)
		}
		i.options.Parameters[name] = value
	}
	return nil
}

// foreign reads what is to be imported.
func (a *app) foreign(name string) (*convert.Source, error) {
	if info, err := os.Stat(name); name != standsForStdin && err == nil && info.IsDir() {
		source, err := convert.ReadFolder(name)
		if err != nil {
			return nil, unreadable(err)
		}
		return source, nil
	}
	text, err := a.text(name, tree.MaxSize)
	if err != nil {
		return nil, err
	}
	if filepath.Ext(name) == ".tf" {
		return nil, unreadable(fmt.Errorf("%s: this is Terraform's language; give gwr the output of terraform show -json", name))
	}
	file, err := tree.Read(shown(name), text)
	if err != nil {
		return nil, unreadable(err)
	}
	return &convert.Source{Name: shown(name), Files: []*tree.File{file}}, nil
}

// misused separates mistakes in the flags from sources that cannot be read.
func misused(err error) error {
	if convert.IsMisuse(err) {
		return usage(err)
	}
	return unreadable(err)
}

// imported is the outcome of an import as JSON.
type imported struct {
	Format   string           `json:"format"`
	Document object.Object    `json:"document,omitempty"`
	Losses   finding.List     `json:"losses"`
	Raised   []convert.Raised `json:"inventory"`
}

// deliver writes the document and what there is to say about it.
func (a *app) deliver(i *importing, format string, result *convert.Result) error {
	report := imported{Format: format, Losses: result.Findings(), Raised: result.Inventory}
	document := i.written(result)
	var outputs []output
	if i.report != "" {
		text, err := jsonwrite.File(report)
		if err != nil {
			return err
		}
		outputs = append(outputs, output{i.report, text, i.force})
	}
	if i.toFile() {
		outputs = append(outputs, output{i.out, document, i.force})
	}
	if err := writeFiles(outputs...); err != nil {
		return err
	}
	if i.format == "json" {
		report.Document = result.Document
		return a.json(report)
	}
	if !i.toFile() {
		if _, err := a.out.Write(document); err != nil {
			return err
		}
	}
	if i.report != "" {
		return nil
	}
	if err := report.Losses.Text(a.err, colour(a.err)); err != nil {
		return err
	}
	return convert.WriteInventory(a.err, report.Raised)
}

// toFile reports whether the document goes to a file.
func (i *importing) toFile() bool { return i.out != "" && i.out != standsForStdin }

// written is the document as text.
func (i *importing) written(result *convert.Result) []byte {
	if i.as == "json" || filepath.Ext(i.out) == ".json" {
		return append(object.Indent(result.Document, "", "  "), '\n')
	}
	return result.Document.YAML(result.Comments())
}
