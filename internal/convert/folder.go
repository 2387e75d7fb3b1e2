// SPDX-License-Identifier: Apache-2.0

package convert

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gatewayresponses/internal/convert/tree"
)

// maxFiles is how many files of a folder are read.
const maxFiles = 10000

// ReadFolder reads the JSON and YAML files of a folder and of those in it, in the order of their names. Hidden folders,
// node_modules and the assets of cdk.out hold nothing to import. A file that cannot be read is a loss.
func ReadFolder(name string) (*Source, error) {
	source := &Source{Name: name}
	left, count := int64(tree.MaxSize), 0
	err := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != name && skipped(d.Name()):
			return fs.SkipDir
		case d.IsDir() || !d.Type().IsRegular() || !isRead(d.Name()):
			return nil
		}
		if count++; count > maxFiles {
			return fmt.Errorf("%s: there are more than %d files to read", name, maxFiles)
		}
		text, err := readFile(path, left)
		if err != nil {
			return err
		}
		if left -= int64(len(text)); left < 0 {
			return fmt.Errorf("%s: its files have more than %d MiB together", name, tree.MaxSize>>20)
		}
		source.add(path, text)
		return nil
	})
	if err == nil && count == 0 {
		err = fmt.Errorf("%s: no file in it is JSON or YAML", name)
	}
	return source, err
}

// add reads the text of one file.
func (s *Source) add(path string, text []byte) {
	file, err := tree.Read(path, text)
	var unread *tree.Error
	if errors.As(err, &unread) {
		s.Unread = append(s.Unread, unread)
		return
	}
	s.Files = append(s.Files, file)
}

// skipped reports whether a folder holds nothing to import.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "asset.") || name == "node_modules"
}

// isRead reports whether a file may be JSON or YAML by its name.
func isRead(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json", ".yaml", ".yml", ".template":
		return true
	}
	return false
}

// readFile reads at most one byte more than limit.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}
