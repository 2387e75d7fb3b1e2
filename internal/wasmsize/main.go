// SPDX-License-Identifier: Apache-2.0

// Command wasmsize says what each package weighs in a module that Go built for wasm.
//
//	wasmsize dist/plugin.wasm 4000000
//
// prints a line for each package, the heaviest first, the total and the limit. With a package as a third argument it prints
// the functions of that package instead.
//
// # How it knows
//
// All of it stands in the module itself, stripped or not. The section of code has a body for each function. The runtime's
// table of functions, which stack traces and the collector need, has a row for each, with its name; the number of a function
// follows from the address in that row. The name gives the package.
//
//	code     the bodies of the package's functions. What the compiler inlined counts for the caller
//	tables   what the table of functions holds for them: name, row, lines, stack maps, and 16 buckets of the index by address,
//	         since a function takes 64 KiB of addresses on wasm however short it is. The linker leaves out runs of zeroes, so a
//	         bucket costs about 11 bytes, and the shortest function some 300
//
// A table that several functions share counts for the first of them. What else is in the section of data (texts, types,
// variables, tables of constants) belongs to no function and has a line of its own, as have the other sections. So the lines
// add up to the size of the file.
//
// The layout of the runtime's tables is that of Go 1.26: runtime.pcHeader, runtime.moduledata and runtime._func.
package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "wasmsize:", err)
		os.Exit(1)
	}
}

// run weighs the module that the arguments name and holds it to the limit.
func run(out io.Writer, args []string) error {
	if len(args) != 2 && len(args) != 3 {
		return fmt.Errorf("%d arguments; want a module, the limit for its size in bytes, and perhaps a package", len(args))
	}
	limit, err := strconv.Atoi(args[1])
	if err != nil {
		return fmt.Errorf("limit %q is no number of bytes", args[1])
	}
	file, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	by := packageOf
	if len(args) == 3 {
		by = only(args[2])
	}
	weights, err := weigh(file, by)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	if len(args) == 3 && !slices.ContainsFunc(weights, func(w weight) bool { return packageOf(w.name) == args[2] }) {
		return fmt.Errorf("%s has no functions of package %q; want a name from the list of packages, main for that of the command", args[0], args[2])
	}
	if len(args) == 2 {
		weights = append(weights, groups(weights)...)
	}
	if err := write(out, weights, len(file), limit); err != nil {
		return err
	}
	if len(file) >= limit {
		return fmt.Errorf("%s has %d bytes, the limit is %d", args[0], len(file), limit)
	}
	return nil
}

// write prints the weights as a table.
func write(out io.Writer, weights []weight, size, limit int) error {
	var lines strings.Builder
	lines.WriteString("bytes\tcode\ttables\tfunctions\t \n")
	for _, w := range weights {
		fmt.Fprintf(&lines, "%d\t%d\t%d\t%d\t  %s\n", w.total(), w.code, w.tables, w.functions, w.name)
	}
	fmt.Fprintf(&lines, "%d\t\t\t\t  total; the limit is %d\n", size, limit)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if _, err := io.WriteString(table, lines.String()); err != nil {
		return err
	}
	return table.Flush()
}
