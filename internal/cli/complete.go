// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/config"
	"gatewayresponses/internal/check"
)

// complete says what a shell completes for the flags and arguments of a command and of those below it, by what help calls them.
// What has a few choices says so itself.
func (a *app) complete(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, has := cmd.GetFlagCompletionFunc(f.Name); has || f.Value.Type() == "bool" {
			return
		}
		kind, _ := pflag.UnquoteUsage(f)
		must(cmd.RegisterFlagCompletionFunc(f.Name, a.completer(strings.TrimSuffix(kind, "s"))))
	})
	if cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = a.argumentCompleter(cmd.Use)
	}
	for _, sub := range cmd.Commands() {
		a.complete(sub)
	}
}

// completer completes values of a kind.
func (a *app) completer(kind string) cobra.CompletionFunc {
	switch kind {
	case "file":
		return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		}
	case "folder":
		return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		}
	case "document":
		return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
		}
	case "type":
		var types []string
		for _, t := range config.ResponseTypes() {
			types = append(types, string(t))
		}
		return cobra.FixedCompletions(types, cobra.ShellCompDirectiveNoFileComp)
	case "route":
		return a.routes
	}
	return cobra.NoFileCompletions
}

// argumentCompleter completes the arguments that a usage line names, the last of which may stand there often.
func (a *app) argumentCompleter(use string) cobra.CompletionFunc {
	names := strings.Fields(use)[1:]
	if i := strings.Index(use, "--into FILE "); i >= 0 {
		names = strings.Fields(use[i+len("--into FILE "):])
	}
	return func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		at := len(args)
		if last := len(names) - 1; at > last {
			if last < 0 || !strings.Contains(names[last], "...") {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			at = last
		}
		return a.completer(kindOf(names[at]))(cmd, args, prefix)
	}
}

// kindOf is what an argument is, by its name in a usage line.
func kindOf(name string) string {
	switch kind, _, _ := strings.Cut(strings.ToLower(strings.Trim(name, "[.]")), "|"); kind {
	case "before", "after":
		return "document"
	case "log":
		return "file"
	default:
		return kind
	}
}

// routes completes the routes of the document that the first argument names.
func (a *app) routes(_ *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
	if len(args) == 0 || args[0] == standsForStdin {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if document, _, err := a.read(args[0]); err == nil && document != nil {
		if checked := check.Read(document); checked.Document != nil {
			for i := range checked.Document.Routes {
				names = append(names, checked.Document.Routes[i].Name.Value)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
