// SPDX-License-Identifier: Apache-2.0

// Package cli is the command gwr: flags in, one call into the package that does the work, text or JSON out.
//
// A file holds a command. Nothing but this package knows cobra.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/version"
)

// Run runs gwr with arguments and returns its exit code.
func Run(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	a := newApp(in, out, err)
	root := newRoot(a)
	root.SetArgs(args)
	if err := unknownCommand(root, args); err != nil {
		return a.exit(err)
	}
	return a.exit(root.ExecuteContext(ctx))
}

// unknownCommand says that the first argument should be a command and is none. Cobra looks at flags before, and would complain
// about those of a command whose name has a typo.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") || strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return nil
	}
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd(args...)
	if cmd, _, err := root.Find(args); err != nil || cmd != root {
		return nil
	}
	return noCommand(root, args[0])
}

// noCommand says that a command has none of that name below it, and which one was probably meant.
func noCommand(parent *cobra.Command, name string) error {
	var names []string
	for _, cmd := range parent.Commands() {
		names = append(names, cmd.Name())
	}
	err := fmt.Errorf("%s has no command %q", parent.CommandPath(), name)
	if near, ok := nearest.Of(name, names); ok {
		return usage(fmt.Errorf("%w; did you mean %q?", err, near))
	}
	return usageOf(parent, err)
}

// newRoot is gwr with all its commands.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "gwr",
		Short: "Know what every client will see when the gateway says no",
		Long: `gwr reads a document that says what clients see instead of Envoy's own error replies, and says what becomes of them,
with the engine that runs in Envoy. A document is JSON or YAML, in a file or on stdin. Begin with gwr init, or with gwr import;
docs/tutorial.md takes ten minutes.

Exit codes: 0 fine, 1 findings, 2 usage, 3 unreadable input, 4 internal error, 130 interrupted.`,
		Version:           version.Number,
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.NoArgs,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(usageOf)
	add(root, "Write a document:", newInit(a), newValidate(a), newLint(a), newFmt(a), newTest(a), newBuild(a))
	add(root, "See what clients get:", newExplain(a), newRender(a), newDiff(a), newReplay(a), newTry(a), newCompare(a))
	add(root, "Take it to a gateway, or from one:", newEmit(a), newDoctor(a), newImport(a), newExport(a))
	add(root, "Look something up:", newSchema(a), newTypes(a), newVariables(a))
	onlyKnownArguments(root)
	a.complete(root)
	return root
}

// add adds commands under a title, as help lists them.
func add(root *cobra.Command, title string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: title, Title: title})
	for _, cmd := range commands {
		cmd.GroupID = title
		root.AddCommand(cmd)
	}
}

// onlyKnownArguments makes a wrong number of arguments, and an unknown command, mistakes in the usage.
func onlyKnownArguments(cmd *cobra.Command) {
	check := cmd.Args
	if check == nil {
		check = cobra.ArbitraryArgs
	}
	if cmd.Runnable() {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			switch err := check(cmd, args); {
			case err == nil:
				return nothingEmpty(cmd, args)
			case cmd.HasSubCommands():
				return noCommand(cmd, args[0])
			default:
				return usageOf(cmd, fmt.Errorf("got %s, want %q", listing.Count(len(args), "argument", "arguments"), strings.TrimSuffix(cmd.UseLine(), " [flags]")))
			}
		}
	}
	for _, sub := range cmd.Commands() {
		onlyKnownArguments(sub)
	}
}

// nothingEmpty finds names of files and the like that are empty, as a variable of a shell is that nobody has set. What describes
// an exchange may be.
func nothingEmpty(cmd *cobra.Command, args []string) error {
	if slices.Contains(args, "") {
		return usageOf(cmd, errors.New("an argument is empty; leave it out, or say what it is"))
	}
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		list, isList := f.Value.(pflag.SliceValue)
		kind, _ := pflag.UnquoteUsage(f)
		switch {
		case isList && (len(list.GetSlice()) == 0 || f.Value.Type() != "stringArray" && slices.Contains(list.GetSlice(), "")):
		case f.Value.String() == "" && slices.Contains(named, kind):
		default:
			return
		}
		err = cmp.Or(err, usageOf(cmd, fmt.Errorf("--%s is empty; leave it out, or say what it is", f.Name)))
	})
	return err
}

// named are what help calls the values of flags that name something.
var named = []string{"file", "folder", "name", "path", "url", "version", "host:port"}

// usageOf adds to a mistake in the usage where help is.
func usageOf(cmd *cobra.Command, err error) error {
	return usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
}

// errFindings says that the command has printed what it found.
var errFindings = errors.New("findings")

// failure is an error with an exit code of its own.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }

func (f *failure) Unwrap() error { return f.err }

// The exit codes.
const (
	exitFine       = 0
	exitFindings   = 1
	exitUsage      = 2
	exitUnreadable = 3
	exitInternal   = 4
	// exitInterrupted is what shells make of an end by Ctrl-C.
	exitInterrupted = 130
)

// usage is the failure of a command that was called wrongly.
func usage(err error) error { return &failure{exitUsage, err} }

// unreadable is the failure to read what a command is about.
func unreadable(err error) error { return &failure{exitUnreadable, err} }

// exit prints an error and returns the exit code that it means.
func (a *app) exit(err error) int {
	var f *failure
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &f):
		a.say("%v", f)
		return f.code
	default:
		a.say("%v", err)
		return exitInternal
	}
}
