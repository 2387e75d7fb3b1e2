// SPDX-License-Identifier: Apache-2.0

// Package commandlinetest holds the commands of gwr and gwrd to one form, for tests.
package commandlinetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/internal/golden"
)

// Page holds the manual of a command to the help that it and those below it print.
func Page(t *testing.T, root *cobra.Command, path string) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n<!-- Generated from the help of the commands by make generate. -->\n\n", root.Name())
	root.InitDefaultHelpCmd()
	fmt.Fprintf(&b, "%s\n\n| command | does |\n|---|---|\n", root.Long)
	all := commands(root)
	for _, cmd := range all {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", cmd.CommandPath(), strings.ReplaceAll(cmd.CommandPath(), " ", "-"), lower(cmd.Short))
	}
	if root.Flags().HasFlags() {
		fmt.Fprintf(&b, "\n```\n%s```\n", usageAlone(root))
	}
	for _, cmd := range all {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n```\n%s```\n", cmd.CommandPath(), strings.TrimSpace(cmd.Long), cmd.UsageString())
	}
	golden.File(t, path, b.String())
}

// usageAlone is the usage of a command without those below it.
func usageAlone(cmd *cobra.Command) string {
	return fmt.Sprintf("Usage:\n  %s\n\nExamples:\n%s\n\nFlags:\n%s", cmd.UseLine(), cmd.Example, cmd.LocalFlags().FlagUsages())
}

// Help holds the help of a command and of those below it to one form.
func Help(t *testing.T, root *cobra.Command) {
	t.Helper()
	for _, cmd := range commands(root) {
		for what, ok := range map[string]bool{
			"a short help without full stop":       cmd.Short != "" && !strings.HasSuffix(cmd.Short, "."),
			"a long help that ends in a full stop": strings.HasSuffix(strings.TrimSpace(cmd.Long), "."),
			"an example":                           cmd.Example != "" || cmd.HasSubCommands(),
		} {
			if !ok {
				t.Errorf("%s lacks %s", cmd.CommandPath(), what)
			}
		}
	}
	for _, cmd := range append(commands(root), root) {
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

// Programs sees that a command and those below it print JSON for programs, by -o, but for those named.
func Programs(t *testing.T, root *cobra.Command, but ...string) {
	t.Helper()
	for _, cmd := range commands(root) {
		if cmd.Flags().Lookup("output") == nil && !strings.Contains(strings.Join(but, "\n"), cmd.CommandPath()) {
			t.Errorf("%s lacks JSON for programs, by -o", cmd.CommandPath())
		}
	}
}

// Scripts sees that each command is in a script of a folder.
func Scripts(t *testing.T, root *cobra.Command, folder string) {
	t.Helper()
	scripts, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%s has no scripts: %v", folder, err)
	}
	var all strings.Builder
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, cmd := range commands(root) {
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
