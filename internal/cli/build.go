// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/build"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// buildFlags are the flags of build.
type buildFlags struct {
	set                                   []string
	forVersion, owners, root, out, format string
}

func newBuild(a *app) *cobra.Command {
	var flags buildFlags
	cmd := &cobra.Command{
		Use:   "build [DOCUMENT...]",
		Short: "Make the one JSON document that Envoy gets",
		Long: `build makes one JSON document of what people write: YAML, bodies in files of their own, several files, and values of the
command line. The document goes to stdout or to --out, its hash and findings go to stderr. What does not load in Envoy is not
written. The same meaning gives the same bytes.

A body stands in a file of its own where a template is {file: pages/error.html}. The name is relative to the document, and the
file must stand in its folder, or in that of --root.

Files are joined by key. A key with different values in two files is an error. "routes" and "classification" are appended in the
order of the files.

--set takes a path as findings have it: --set stageVariables.docs=https://docs.example.com, --set 'routes[shop].mode=off'. The
value is a text where the key takes one, else JSON. It replaces what the files say.

--owners names a file that says which files, hosts and routes are whose. A team's file may have routes of the team only.

--for names the version of the filter that must be able to read the document.`,
		Example: `  gwr build gateway-responses.yaml --out gateway-responses.json
  gwr build platform.yaml teams/*.yaml --owners owners.yaml --set revision=42 --for 0.1.0`,
		RunE: func(_ *cobra.Command, names []string) error { return a.build(orStdin(names), flags) },
	}
	cmd.Flags().StringArrayVar(&flags.set, "set", nil, "replace a value of the document, `path=value`; can be repeated")
	cmd.Flags().StringVar(&flags.forVersion, "for", "", "the `version` of the filter that must be able to read the document")
	cmd.Flags().StringVar(&flags.owners, "owners", "", "a `file` that says which team owns which files, hosts and routes")
	cmd.Flags().StringVar(&flags.root, "root", "", "the `folder` that bodies in files must stand in; without it, that of each document")
	cmd.Flags().StringVar(&flags.out, "out", "", "the `file` to write instead of stdout; one that is there is replaced")
	must(cmd.RegisterFlagCompletionFunc("for", cobra.FixedCompletions(build.Versions(), cobra.ShellCompDirectiveNoFileComp)))
	addFormat(cmd, &flags.format, "text", "json")
	return cmd
}

// build builds the document of files.
func (a *app) build(names []string, flags buildFlags) error {
	if err := overwritesNone(flags.out, append(names, flags.owners)); err != nil {
		return err
	}
	options, found, err := a.buildOptions(flags)
	if err != nil {
		return err
	}
	files := make([]*source.Document, 0, len(names))
	for _, name := range names {
		document, more, err := a.readBelow(name, flags.root)
		if err != nil {
			return err
		}
		found = append(found, more...)
		if document != nil {
			files = append(files, document)
		}
	}
	var built *build.Result
	if !found.HasErrors() {
		var more finding.List
		built, more = build.Build(files, options)
		found = append(found, more...)
	}
	return a.built(built, found, flags)
}

// buildOptions are the options that the flags ask for.
func (a *app) buildOptions(flags buildFlags) (build.Options, finding.List, error) {
	var options build.Options
	for _, argument := range flags.set {
		setting, err := build.ParseSetting(argument)
		if err != nil {
			return options, nil, usage(err)
		}
		options.Set = append(options.Set, setting)
	}
	if flags.forVersion != "" {
		version, err := build.ParseVersion(flags.forVersion)
		if err != nil {
			return options, nil, usage(fmt.Errorf("--for: %w", err))
		}
		options.For = version
	}
	if flags.owners == "" {
		return options, nil, nil
	}
	text, err := a.text(flags.owners, source.MaxSize)
	if err != nil {
		return options, nil, err
	}
	document, found := source.Read(shown(flags.owners), text)
	if document != nil {
		var more finding.List
		options.Owners, more = build.ReadOwners(filepath.Dir(flags.owners), document)
		found = append(found, more...)
	}
	return options, found, nil
}

// builtResult is what build prints as JSON.
type builtResult struct {
	Findings finding.List    `json:"findings"`
	Hash     string          `json:"hash,omitempty"`
	Bytes    int             `json:"bytes,omitempty"`
	Out      string          `json:"out,omitempty"`
	Document json.RawMessage `json:"document,omitempty"`
}

// built writes what was built, and prints what was found.
func (a *app) built(built *build.Result, found finding.List, flags buildFlags) error {
	result := builtResult{Findings: append(finding.List{}, found...)}
	if built != nil {
		result.Hash, result.Bytes, result.Out = built.Hash, len(built.Text), flags.out
		if flags.out == "" {
			result.Document = built.Text
		} else if err := replaceFile(flags.out, built.Text); err != nil {
			return err
		}
	}
	if flags.format == "json" {
		if err := a.json(result); err != nil {
			return err
		}
	} else if err := a.builtText(built, found, flags); err != nil {
		return err
	}
	if built == nil {
		return errFindings
	}
	return nil
}

// builtText prints what was built for people.
func (a *app) builtText(built *build.Result, found finding.List, flags buildFlags) error {
	if err := found.Text(a.err, colour(a.err)); err != nil || built == nil {
		return err
	}
	if flags.out == "" {
		if _, err := a.out.Write(built.Text); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(a.err, "%s, %d bytes\n", built.Hash, len(built.Text))
	return err
}
