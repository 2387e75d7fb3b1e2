// SPDX-License-Identifier: Apache-2.0

// Package commandline holds what the commands of gwr and gwrd share: which
// arguments and flags are mistakes, what is said of them, exit codes, and how
// Ctrl-C ends what runs.
package commandline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/nearest"
)

// Run runs a command with arguments. What it returns is for Exit.
func Run(ctx context.Context, root *cobra.Command, args []string) error {
	root.SetArgs(args)
	if err := unknownCommand(root, args); err != nil {
		return err
	}
	return root.ExecuteContext(ctx)
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
		return Usage(fmt.Errorf("%w; did you mean %q?", err, near))
	}
	return UsageOf(parent, err)
}

// Add adds commands under a title, as help lists them.
func Add(root *cobra.Command, title string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: title, Title: title})
	for _, cmd := range commands {
		cmd.GroupID = title
		root.AddCommand(cmd)
	}
}

// OnlyKnownArguments makes a wrong number of arguments, and an unknown command, mistakes in the usage.
func OnlyKnownArguments(cmd *cobra.Command) {
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
				return UsageOf(cmd, fmt.Errorf("got %s, want %q", listing.Count(len(args), "argument", "arguments"), strings.TrimSuffix(cmd.UseLine(), " [flags]")))
			}
		}
	}
	for _, sub := range cmd.Commands() {
		OnlyKnownArguments(sub)
	}
}

// nothingEmpty finds names of files and the like that are empty, as a variable of a shell is that nobody has set. What describes
// an exchange may be.
func nothingEmpty(cmd *cobra.Command, args []string) error {
	if slices.Contains(args, "") {
		return UsageOf(cmd, errors.New("an argument is empty; leave it out, or say what it is"))
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
		err = cmp.Or(err, UsageOf(cmd, fmt.Errorf("--%s is empty; leave it out, or say what it is", f.Name)))
	})
	return err
}

// Require makes it a mistake in the usage to leave out flags.
func Require(cmd *cobra.Command, flags ...string) {
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		var lacking []string
		for _, name := range flags {
			if !cmd.Flags().Changed(name) {
				lacking = append(lacking, "--"+name)
			}
		}
		if len(lacking) > 0 {
			return UsageOf(cmd, fmt.Errorf("%s needs %s", cmd.CommandPath(), listing.Words(lacking)))
		}
		return nil
	}
}

// named are what help calls the values of flags that name something.
var named = []string{"file", "folder", "name", "path", "url", "version", "host:port"}

// UsageOf adds to a mistake in the usage where help is.
func UsageOf(cmd *cobra.Command, err error) error {
	return Usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
}
