// SPDX-License-Identifier: Apache-2.0

package main

import (
	"debug/elf"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// callbacksText begins with a line of the Envoys that are supported. Each further line is a callback, and the Envoys that
// export it when these are not all.
//
//go:embed callbacks.txt
var callbacksText string

// callbacks says which Envoy exports what.
type callbacks struct {
	// envoys are the versions that are supported.
	envoys []string
	// by are those that export a callback, by its name.
	by map[string][]string
}

// exported reads callbacks.txt.
func exported() callbacks {
	first, rest, _ := strings.Cut(callbacksText, "\n")
	c := callbacks{envoys: strings.Fields(first), by: map[string][]string{}}
	for line := range strings.Lines(rest) {
		words := strings.Fields(line)
		if c.by[words[0]] = words[1:]; len(words) == 1 {
			c.by[words[0]] = c.envoys
		}
	}
	return c
}

// lacking are the supported Envoys that do not export a callback.
func (c callbacks) lacking(name string) []string {
	return slices.DeleteFunc(slices.Clone(c.envoys), func(envoy string) bool { return slices.Contains(c.by[name], envoy) })
}

// record writes callbacks.txt for Envoys that are given as VERSION=PATH.
func record(out io.Writer, envoys []string) error {
	c := callbacks{by: map[string][]string{}}
	for _, envoy := range envoys {
		version, path, ok := strings.Cut(envoy, "=")
		if !ok {
			return fmt.Errorf("-record %q; want VERSION=PATH, several with commas between them", envoy)
		}
		names, err := exportsOf(path)
		if err != nil {
			return err
		}
		c.envoys = append(c.envoys, version)
		for _, name := range names {
			c.by[name] = append(c.by[name], version)
		}
	}
	var lines strings.Builder
	fmt.Fprintln(&lines, strings.Join(c.envoys, " "))
	for _, name := range slices.Sorted(maps.Keys(c.by)) {
		if len(c.by[name]) == len(c.envoys) {
			fmt.Fprintln(&lines, name)
		} else {
			fmt.Fprintln(&lines, name, strings.Join(c.by[name], " "))
		}
	}
	_, err := io.WriteString(out, lines.String())
	return err
}

// exportsOf are the callbacks that a binary of Envoy exports, without what all begin with.
func exportsOf(path string) ([]string, error) {
	file, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer file.Close()
	symbols, err := file.DynamicSymbols()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var names []string
	for _, symbol := range symbols {
		if name, ok := strings.CutPrefix(symbol.Name, callbackPrefix); ok && symbol.Section != elf.SHN_UNDEF {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s exports no callbacks for dynamic modules", path)
	}
	return names, nil
}
