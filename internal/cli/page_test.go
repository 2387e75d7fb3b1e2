// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/internal/golden"
)

// page is where the manual stands.
const page = "../../docs/gwr.md"

// TestPage holds the manual to the help that the commands print.
func TestPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# gwr\n\n<!-- Generated from the help of the commands by make generate. -->\n\n")
	root := newRoot(newApp(nil, nil, nil))
	root.InitDefaultHelpCmd()
	fmt.Fprintf(&b, "%s\n\n| command | does |\n|---|---|\n", root.Long)
	all := commands(root)
	for _, cmd := range all {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", cmd.CommandPath(), strings.ReplaceAll(cmd.CommandPath(), " ", "-"), lower(cmd.Short))
	}
	for _, cmd := range all {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n```\n%s```\n", cmd.CommandPath(), strings.TrimSpace(cmd.Long), cmd.UsageString())
	}
	golden.File(t, page, b.String())
}

// TestHelp holds the help of all commands to one form.
func TestHelp(t *testing.T) {
	for _, cmd := range commands(newRoot(newApp(nil, nil, nil))) {
		for what, ok := range map[string]bool{
			"a short help without full stop":       cmd.Short != "" && !strings.HasSuffix(cmd.Short, "."),
			"a long help that ends in a full stop": strings.HasSuffix(strings.TrimSpace(cmd.Long), "."),
			"an example":                           cmd.Example != "" || cmd.HasSubCommands(),
			"JSON for programs, by -o":             cmd.Flags().Lookup("output") != nil || cmd.Name() == "schema", // which prints nothing else
		} {
			if !ok {
				t.Errorf("%s lacks %s", cmd.CommandPath(), what)
			}
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if kind, _ := pflag.UnquoteUsage(f); strings.HasPrefix(kind, "string") {
				t.Errorf("%s does not say what --%s takes: name it in the help in back quotes", cmd.CommandPath(), f.Name)
			}
		})
		for line := range strings.Lines(cmd.Long + "\n" + cmd.UsageString()) {
			if len(line) > 133 {
				t.Errorf("%s has a line of %d bytes in its help: %s", cmd.CommandPath(), len(line), line)
			}
		}
	}
}

// TestScriptForEach sees that each command is in a script.
func TestScriptForEach(t *testing.T) {
	scripts, err := os.ReadDir("testdata/script")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, script := range scripts {
		text, err := os.ReadFile("testdata/script/" + script.Name())
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, cmd := range commands(newRoot(newApp(nil, nil, nil))) {
		if !strings.Contains(all.String(), "\n"+cmd.CommandPath()+" ") && !strings.Contains(all.String(), "\n! "+cmd.CommandPath()+" ") {
			t.Errorf("no script runs %s", cmd.CommandPath())
		}
	}
}

// commands are the commands that do something, in the order in which help lists them.
func commands(cmd *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, sub := range cmd.Commands() {
		switch {
		case sub.Name() == "help" || sub.Name() == "completion":
		case sub.HasSubCommands():
			all = append(all, commands(sub)...)
		default:
			all = append(all, sub)
		}
	}
	return all
}

// lower writes the first letter small, as in the middle of a sentence.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
