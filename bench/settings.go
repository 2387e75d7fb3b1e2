// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"gatewayresponses/bench/scenario"
	"gatewayresponses/bench/variant"
)

// settings are what the flags say.
type settings struct {
	rounds    int
	processes int
	duration  time.Duration
	variants  []variant.Variant
	scenarios []scenario.Scenario
	out       string
	// builds are the modules to measure as the filter, by the name of the build; "" for the only one.
	builds []build
	parts  []string
	server serverSizes
}

// build is one plugin.wasm.
type build struct{ name, path string }

// The parts of a run.
const (
	partLoad   = "load"
	partStart  = "start"
	partReload = "reload"
	partTools  = "tools"
	// partServer is named as make test-control is.
	partServer = "control"
)

var allParts = []string{partLoad, partStart, partReload, partTools, partServer}

// Files of the repository, from its root.
const (
	variantsFolder  = "bench/variants"
	documentsFolder = "bench/documents"
	defaultPlugin   = "dist/plugin.wasm"
	nativeModule    = "dist/libgatewayresponses.so"
)

// readSettings reads the flags of a run.
func readSettings(args []string, output io.Writer) (settings, error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(output)
	rounds := flags.Int("rounds", 0, "how often each variant is measured in each scenario; 0: 12, or 4 with -quick")
	processes := flags.Int("processes", 0, "over how many processes of each variant the rounds are spread; 0: 3, or 1 with -quick")
	seconds := flags.Float64("seconds", 0.3, "how long each time")
	variants := flags.String("variants", "", "names of variants, with commas between them; a * stands for any text; empty: all")
	scenarios := flags.String("scenarios", "", "names of scenarios, likewise")
	out := flags.String("out", "dist/bench.json", "where the JSON goes; the chart goes beside it")
	plugin := flags.String("plugin", defaultPlugin, "the filter, or several builds of it: NAME=PATH,NAME=PATH")
	parts := flags.String("parts", "", "load, start, reload, tools, control, with commas between them; empty: all, or load with -quick")
	quick := flags.Bool("quick", false, "three minutes instead of twenty-five")
	if err := flags.Parse(args); err != nil {
		return settings{}, err
	}
	if flags.NArg() > 0 {
		return settings{}, fmt.Errorf("argument %q is not known; want flags only", flags.Arg(0))
	}
	s := settings{rounds: *rounds, processes: *processes, duration: time.Duration(*seconds * float64(time.Second)), out: *out, parts: split(*parts)}
	s.fill(*quick)
	if err := s.check(); err != nil {
		return settings{}, err
	}
	if err := s.readBuilds(*plugin); err != nil {
		return settings{}, err
	}
	if err := s.choose(split(*variants), split(*scenarios)); err != nil {
		return settings{}, err
	}
	if !slices.ContainsFunc(s.parts, func(part string) bool { return part != partTools && part != partServer }) {
		s.variants, s.scenarios = nil, nil // nothing is measured of them
	}
	return s, nil
}

// fill takes the defaults of quick or of full runs for what the flags leave open.
func (s *settings) fill(quick bool) {
	if s.rounds == 0 {
		s.rounds = choose(quick, 4, 12)
	}
	if s.processes == 0 {
		s.processes = choose(quick, 1, 3)
	}
	if len(s.parts) == 0 {
		s.parts = choose(quick, []string{partLoad}, allParts)
	}
	s.server = choose(quick, quickSizes, fullSizes)
}

// check says what cannot be measured.
func (s *settings) check() error {
	var problems []error
	for _, part := range s.parts {
		if !slices.Contains(allParts, part) {
			problems = append(problems, fmt.Errorf("-parts: %q; want %s", part, strings.Join(allParts, ", ")))
		}
	}
	if s.rounds < 0 || s.processes < 0 || s.duration <= 0 {
		problems = append(problems, errors.New("-rounds, -processes and -seconds must be above 0"))
	}
	return errors.Join(problems...)
}

// choose is a value for quick runs, or one for full ones.
func choose[T any](quick bool, short, full T) T {
	if quick {
		return short
	}
	return full
}

// split cuts a list at its commas.
func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// readBuilds reads PATH, or NAME=PATH,NAME=PATH.
func (s *settings) readBuilds(list string) error {
	for _, item := range split(list) {
		name, path, named := strings.Cut(item, "=")
		if !named {
			name, path = "", item
		}
		if slices.ContainsFunc(s.builds, func(b build) bool { return b.name == name || b.name == "" || name == "" }) {
			return fmt.Errorf("-plugin: %q: several builds need different names: NAME=PATH,NAME=PATH", list)
		}
		s.builds = append(s.builds, build{name, path})
	}
	if len(s.builds) == 0 {
		return errors.New("-plugin is empty; want a path, or NAME=PATH,NAME=PATH")
	}
	return nil
}

// choose takes those variants and scenarios that the lists name, and the baseline in any case.
func (s *settings) choose(variants, scenarios []string) error {
	all, err := variant.Read(variantsFolder, documentsFolder)
	if err != nil {
		return err
	}
	var used, known []string
	for _, v := range s.perBuild(all) {
		known = append(known, v.Name)
		if pattern, ok := named(variants, v.Name); ok || v.Name == variant.Baseline {
			s.variants = append(s.variants, v)
			used = append(used, pattern)
		}
	}
	for _, pattern := range variants {
		if !slices.Contains(used, pattern) && pattern != variant.Baseline {
			return fmt.Errorf("-variants: %q is not known; there are %s", pattern, strings.Join(known, ", "))
		}
	}
	used, known = nil, nil
	for _, sc := range scenario.All() {
		known = append(known, sc.Name)
		if pattern, ok := named(scenarios, sc.Name); ok {
			s.scenarios = append(s.scenarios, sc)
			used = append(used, pattern)
		}
	}
	for _, pattern := range scenarios {
		if !slices.Contains(used, pattern) {
			return fmt.Errorf("-scenarios: %q is not known; there are %s", pattern, strings.Join(known, ", "))
		}
	}
	return nil
}

// perBuild puts a copy for each named build in the place of variants of the filter.
func (s *settings) perBuild(all []variant.Variant) []variant.Variant {
	if s.builds[0].name == "" {
		return all
	}
	var copies []variant.Variant
	for _, v := range all {
		if !slices.Contains(v.Modules, modulePlugin) {
			copies = append(copies, v)
			continue
		}
		for _, b := range s.builds {
			c := v
			c.Name += "@" + b.name
			c.Title += " (" + b.name + ")"
			copies = append(copies, c)
		}
	}
	return copies
}

// named finds the first pattern that names something; every name if there is none.
func named(patterns []string, name string) (pattern string, ok bool) {
	for _, pattern := range patterns {
		before, after, star := strings.Cut(pattern, "*")
		if pattern == name || star && strings.HasPrefix(name, before) && strings.HasSuffix(name, after) && len(name) >= len(pattern)-1 {
			return pattern, true
		}
	}
	return "", len(patterns) == 0
}
