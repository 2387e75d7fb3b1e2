// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"fmt"
	"regexp"
	"time"

	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/testfile"
)

// Options say how tests are run.
type Options struct {
	// Run matches the names of the tests to run; nil for all.
	Run *regexp.Regexp
	// Plugin is the filter that the tests run through as well, nil for the engine alone.
	Plugin *Plugin
	// Update gathers what the files of bodies shall have, in the place of comparing them.
	Update bool
}

// Result is what came of one test.
type Result struct {
	Suite *Suite
	Test  *testfile.Test
	// Facts are those of the exchange. They are zero when it could not be made, which is a failure.
	Facts facts.Facts
	// Assumed names what of the error the test does not say.
	Assumed  []string
	Reply    preview.Reply
	Failures []Failure
	// Bodies are the files of bodies to write, with Options.Update.
	Bodies   []BodyFile
	Duration time.Duration
}

// BodyFile is a file that holds the body that a test wants.
type BodyFile struct {
	Path string
	Body []byte
}

// Place is where the test stands.
func (r *Result) Place() finding.Place { return r.Suite.File.Place(r.Test.Name.Offset) }

// Failure is one thing that is not as it is wanted.
type Failure struct {
	// Place is where it is wanted.
	Place finding.Place
	// What names it: "status", "header etag", "body" ...
	What string
	// Message says what came, and what is wanted. Lower case, no full stop.
	Message string
	// Diff are the lines that differ, "" where the message says it all.
	Diff string
}

// Run runs the tests of a suite. The error is a failure to run them at all.
func (s *Suite) Run(options Options) ([]Result, error) {
	var results []Result
	for i := range s.File.Tests {
		test := &s.File.Tests[i]
		if options.Run != nil && !options.Run.MatchString(test.Name.Value) {
			continue
		}
		begin := time.Now()
		result := Result{Suite: s, Test: test}
		if err := result.run(options); err != nil {
			return nil, fmt.Errorf("%s: %w", result.Place(), err)
		}
		result.Duration = time.Since(begin)
		results = append(results, result)
	}
	return results, nil
}

// run makes the exchange and compares.
func (r *Result) run(options Options) error {
	made, err := exchange.Make(r.Test.Exchange, r.Suite.Document.Document)
	if err != nil {
		r.fail(r.Test.Error.Offset, "error", err.Error(), "")
		return nil
	}
	r.Facts, r.Assumed = made.Facts, made.Assumed
	r.Reply = preview.Of(r.Suite.Document.Program, made.Facts)
	r.check(options.Update)
	if options.Plugin == nil {
		return nil
	}
	got, faults, err := options.Plugin.Do(r.Suite.Document, &made.Facts)
	if err != nil {
		return err
	}
	for _, fault := range faults {
		r.fail(r.Test.Name.Offset, "plugin", fault, "")
	}
	if different := differences(r.Reply, got); different != "" {
		r.fail(r.Test.Name.Offset, "plugin", "plugin.wasm and the engine do not agree", different)
	}
	return nil
}

// fail notes a failure of what stands at a byte of the test file.
func (r *Result) fail(offset int, what, message, diff string) {
	r.Failures = append(r.Failures, Failure{Place: r.Suite.File.Place(offset), What: what, Message: message, Diff: diff})
}
