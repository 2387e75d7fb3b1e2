// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/testrun"
)

// load reads test files and documents.
func (t *tester) load(paths []string) ([]*testrun.Suite, finding.List, error) {
	files := testrun.Files{
		Text: func(path string) ([]byte, error) {
			t.reads(path)
			return t.text(path, source.MaxSize)
		},
		Document: func(path string) (*source.Document, finding.List, error) {
			t.reads(path)
			document, found, err := t.read(path)
			if document != nil {
				for _, name := range document.Files() {
					t.reads(name)
				}
			}
			return document, found, err
		},
	}
	var suites []*testrun.Suite
	var all finding.List
	for _, path := range paths {
		suite, found, err := files.Load(path, t.documents)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, found...)
		if suite != nil {
			suites = append(suites, suite)
		}
	}
	return suites, all, nil
}

// testFiles are the test files among some files and folders. A file that is named is one whatever its name is. looksInto is called
// with each folder that is looked into.
func testFiles(names []string, looksInto func(folder string)) ([]string, error) {
	var paths []string
	for _, name := range names {
		if name == standsForStdin {
			return nil, usage(errors.New("a test file cannot come from stdin: the paths in it begin at its folder"))
		}
		info, err := os.Stat(name)
		if err != nil {
			return nil, unreadable(err)
		}
		if !info.IsDir() {
			paths = append(paths, filepath.Clean(name))
			continue
		}
		err = filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && path != name && isPassedOver(entry):
				return filepath.SkipDir
			case entry.IsDir():
				looksInto(path)
			case isTestFile(entry):
				paths = append(paths, path)
			}
			return nil
		})
		if err != nil {
			return nil, unreadable(err)
		}
	}
	return paths, nil
}

// isPassedOver reports whether a folder is not looked into.
func isPassedOver(folder fs.DirEntry) bool {
	return strings.HasPrefix(folder.Name(), ".") || folder.Name() == "node_modules"
}

// isTestFile reports whether a file is called as test files are.
func isTestFile(entry fs.DirEntry) bool {
	return entry.Type().IsRegular() && isTestName(entry.Name())
}

// isTestName reports whether a name is one of a test file.
func isTestName(name string) bool {
	extension := filepath.Ext(name)
	switch extension {
	case ".yaml", ".yml", ".json":
		return strings.HasSuffix(strings.TrimSuffix(name, extension), ".test")
	default:
		return false
	}
}
