// SPDX-License-Identifier: Apache-2.0

// Command modulecheck holds a built module, the filter as a dynamic module of Envoy, against the Envoys that it is for.
//
//	modulecheck dist/libgatewayresponses.so
//	modulecheck -glibc 2.17 dist/libgatewayresponses-linux-amd64.so dist/libgatewayresponses-linux-arm64.so
//
// prints a line for each file, or all that is wrong with it: what Envoy would say when it loads the file, or would end over
// later. It runs nothing, so that a module for another processor is checked as well, and needs no Envoy:
//
//   - every callback that the module calls is exported by each supported Envoy. One that some Envoys lack is weak, and the
//     module asks whether it is there;
//   - every hook without which Envoy refuses the filter is defined, and none that Envoy does not know;
//   - it is linked with -z now, so that an Envoy without a callback refuses the module and does not end at the first call;
//   - it needs no library but those of glibc, and no newer glibc than -glibc says.
//
// # How it knows
//
// callbacks.txt has the callbacks, each with the Envoys that export it, as the dynamic symbols of the pinned binaries have
// them. A test with the tag module compares it with these binaries, and so it does the hooks.
//
//	modulecheck -record 1.39.3=PATH,1.40.0=PATH
//
// prints it anew, for another list of Envoys.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "modulecheck:", err)
		os.Exit(1)
	}
}

// run checks the files that the arguments name, all of them, or records callbacks.
func run(out io.Writer, args []string) error {
	flags := flag.NewFlagSet("modulecheck", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	glibc := flags.String("glibc", "", "")
	envoys := flags.String("record", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *envoys != "" {
		return record(out, strings.Split(*envoys, ","))
	}
	if flags.NArg() == 0 {
		return fmt.Errorf("no arguments; want modules, e.g. dist/libgatewayresponses.so")
	}
	want := limits{callbacks: exported()}
	if *glibc != "" {
		oldest, err := parseVersion(*glibc)
		if err != nil {
			return fmt.Errorf("-glibc: %w", err)
		}
		want.glibc = oldest
	}
	return checkAll(out, flags.Args(), want)
}

// checkAll prints what is found in each module.
func checkAll(out io.Writer, paths []string, want limits) error {
	var lines strings.Builder
	wrong := 0
	for _, path := range paths {
		l, err := readLibrary(path)
		if err != nil {
			return err
		}
		findings := want.check(l)
		for _, finding := range findings {
			fmt.Fprintf(&lines, "%s %s\n", path, finding)
		}
		if wrong += len(findings); len(findings) == 0 {
			fmt.Fprintf(&lines, "%s: %s; fits Envoy %s\n", path, l, strings.Join(want.callbacks.envoys, " and "))
		}
	}
	if _, err := io.WriteString(out, lines.String()); err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("findings: %d", wrong)
	}
	return nil
}
