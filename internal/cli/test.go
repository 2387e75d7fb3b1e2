// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/pluginwasm"
	"gatewayresponses/internal/testrun"
	"gatewayresponses/internal/watch"
)

func newTest(a *app) *cobra.Command {
	t := &tester{app: a}
	cmd := &cobra.Command{
		Use:   "test [FILE|FOLDER...]",
		Short: "Hold a document to what clients must see",
		Long: `test runs test files: requests, the errors that Envoy answers them with, and what the client must see. A test file stands
beside its document and is called NAME.test.yaml, .yml or .json; in folders, by default the one you are in, all of them are run,
but for those in node_modules and in folders whose names begin with a dot. docs/testing.md shows what they have in them.

The replies come from the engine that runs in Envoy. With --wasm each exchange passes plugin.wasm itself as well, in a VM that
behaves as Envoy's does, and both must agree; --plugin takes another one than that which is built in.

The exit code is 1 when a test fails, when less is covered than --min asks for, and when a test file or its document has errors;
2 when no test is found.`,
		Example: `  gwr test
  gwr test shop.test.yaml --run 'browser|curl' --wasm
  gwr test --coverage --min 80 -o junit > report.xml`,
		RunE: func(cmd *cobra.Command, names []string) error {
			if len(names) == 0 {
				names = []string{"."}
			}
			return t.run(cmd.Context(), names)
		},
	}
	addFormat(cmd, &t.format, "text", "json", "junit", "github")
	flags := cmd.Flags()
	flags.StringSliceVar(&t.documents, "document", nil, "the `files` of the document under test, with commas between, in the place of what the test files name")
	flags.StringVar(&t.pattern, "run", "", "run the tests whose names match a regular `expression`")
	flags.BoolVar(&t.update, "update", false, "write the files of bodies that tests want anew")
	flags.BoolVar(&t.wasm, "wasm", false, "run each exchange through plugin.wasm as well")
	flags.StringVar(&t.pluginFile, "plugin", "", "the `file` of plugin.wasm for --wasm (default the one that is built in)")
	flags.BoolVar(&t.coverage, "coverage", false, "say which types, entries, routes and media types were reached")
	flags.IntVar(&t.least, "min", 0, "fail when less than this percentage is covered of a document")
	flags.BoolVar(&t.watch, "watch", false, "run the tests again whenever one of their files changes")
	return cmd
}

// tester is one call of gwr test.
type tester struct {
	*app
	format, pattern, pluginFile   string
	documents                     []string
	update, wasm, coverage, watch bool
	least                         int

	options testrun.Options
	// sources are the files that the tests are made of.
	sources map[string]bool
	// begun reports that there was a file to watch.
	begun bool
	// watcher is nil without --watch.
	watcher *watch.Watcher
}

// run runs the tests, with --watch again and again.
func (t *tester) run(ctx context.Context, names []string) error {
	if t.watch {
		var stop context.CancelFunc
		ctx, stop = commandline.UntilInterrupt(ctx)
		defer stop()
	}
	if err := t.prepare(ctx); err != nil {
		return err
	}
	if t.options.Plugin != nil {
		defer func() { _ = t.options.Plugin.Close() }() // the process ends
	}
	if !t.watch {
		return t.once(names)
	}
	t.watcher = watch.New()
	again := func() error { return t.again(names) }
	if err := again(); err != nil {
		return err
	}
	return t.watcher.Run(ctx, again)
}

// again runs the tests while their files are watched. What is wrong with these ends nothing, unless there was never one to watch: a
// file that is gone may come back.
func (t *tester) again(names []string) error {
	err := t.once(names)
	if t.options.Plugin != nil {
		err = errors.Join(err, t.options.Plugin.Close())
	}
	_, isFailure := errors.AsType[*failure](err)
	t.begun = t.begun || len(t.sources) > 0
	switch {
	case err != nil && (!t.begun || !isFailure && !errors.Is(err, errFindings)):
		return err
	case isFailure:
		t.say("%v", err)
	}
	t.say("watching %s; Ctrl-C stops", listing.Count(len(t.sources), "file", "files"))
	return nil
}

// reads notes a file that the tests are made of, before it is read.
func (t *tester) reads(path string) {
	t.sources[path] = true
	if t.watcher != nil {
		t.watcher.Add(path)
	}
}

// looksInto notes a folder in which test files are looked for, before it is read.
func (t *tester) looksInto(folder string) {
	if t.watcher != nil {
		t.watcher.AddFolder(folder, func(entry os.DirEntry) bool { return isTestFile(entry) || entry.IsDir() && !isPassedOver(entry) })
	}
}

// prepare makes the options of the flags.
func (t *tester) prepare(ctx context.Context) error {
	if t.least < 0 || t.least > 100 {
		return usage(fmt.Errorf("--min %d is no percentage; use 0 to 100", t.least))
	}
	if t.watch && t.format != "text" {
		return usage(errors.New("--watch goes with -o text only"))
	}
	t.coverage = t.coverage || t.least > 0
	t.options = testrun.Options{Update: t.update}
	if t.pattern != "" {
		pattern, err := regexp.Compile(t.pattern)
		if err != nil {
			return usage(fmt.Errorf("--run: %w", err))
		}
		t.options.Run = pattern
	}
	if t.pluginFile == "" && !t.wasm {
		return nil
	}
	wasm, err := t.plugin()
	if err != nil {
		return err
	}
	if t.options.Plugin, err = testrun.NewPlugin(ctx, wasm); err != nil && t.pluginFile != "" {
		return unreadable(fmt.Errorf("%s: %w", shown(t.pluginFile), err))
	}
	return err
}

// maxPlugin is the size of the largest plugin.wasm, in bytes.
const maxPlugin = 64 << 20

// plugin is the filter, from a file or the one that is built in.
func (t *tester) plugin() ([]byte, error) {
	if t.pluginFile == "" {
		return pluginwasm.Bytes()
	}
	return t.whole(t.pluginFile, maxPlugin)
}

// once runs the tests once.
func (t *tester) once(names []string) error {
	paths, err := testFiles(names, t.looksInto)
	if err != nil {
		return err
	}
	t.sources = map[string]bool{}
	suites, found, err := t.load(paths)
	if err != nil {
		return err
	}
	report, err := t.runAll(suites)
	if err != nil {
		return err
	}
	if len(report.Results) == 0 && !found.HasErrors() {
		return usage(errors.New("no test is found" + t.where()))
	}
	if err := t.print(report, found); err != nil {
		return err
	}
	lowest := report.LowestCoverage()
	if lowest < t.least {
		t.say("%d%% is covered, less than --min %d", lowest, t.least)
	}
	if report.Failed() > 0 || found.HasErrors() || lowest < t.least {
		return errFindings
	}
	return nil
}

// where says why no test may be found.
func (t *tester) where() string {
	if t.pattern != "" {
		return " whose name matches " + t.pattern
	}
	return "; a test file is called NAME.test.yaml"
}

// runAll runs suites, and writes the files of bodies.
func (t *tester) runAll(suites []*testrun.Suite) (*testrun.Report, error) {
	report := &testrun.Report{}
	begin := time.Now()
	for _, suite := range suites {
		results, err := suite.Run(t.options)
		if err != nil {
			return nil, err
		}
		for i := range results {
			t.note(suite, &results[i])
			if err := t.writeBodies(&results[i]); err != nil {
				return nil, err
			}
		}
		report.Results = append(report.Results, results...)
	}
	report.Duration = time.Since(begin)
	if t.coverage {
		report.Cover()
	}
	return report, nil
}

// note remembers the file of a body.
func (t *tester) note(suite *testrun.Suite, result *testrun.Result) {
	if file := result.Test.Want.Body.File.Value; file != "" {
		t.reads(filepath.Join(suite.Folder, filepath.FromSlash(file)))
	}
}

// writeBodies writes the files of bodies that are not as the replies are.
func (t *tester) writeBodies(result *testrun.Result) error {
	for _, file := range result.Bodies {
		if err := writeFiles(output{file.Path, file.Body, true}); err != nil {
			return err
		}
		t.say("wrote %s", file.Path)
	}
	return nil
}

// print prints a report, and what was found in the files.
func (t *tester) print(report *testrun.Report, found finding.List) error {
	switch t.format {
	case "json":
		return t.json(struct {
			Findings []finding.Linked `json:"findings,omitempty"`
			testrun.JSON
		}{found.Linked(), report.JSON()})
	case "github":
		t.say("%s", report.Summary())
		return append(found, report.Findings()...).GitHub(t.out)
	case "junit":
		if err := found.Text(t.err, colour(t.err)); err != nil {
			return err
		}
		return report.JUnit(t.out)
	default:
		if err := found.Text(t.out, colour(t.out)); err != nil {
			return err
		}
		return report.Text(t.out)
	}
}
