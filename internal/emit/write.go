// SPDX-License-Identifier: Apache-2.0

package emit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrExists says that a file to write is there already.
var ErrExists = errors.New("exists already")

// Write writes files into a folder, which it makes when there is none. Each appears whole or not at all. Without force nothing
// is written when one of them exists.
func Write(folder string, files []File, force bool) error {
	if !force {
		var there []error
		for _, f := range files {
			path := filepath.Join(folder, f.Name)
			if _, err := os.Lstat(path); err == nil {
				there = append(there, fmt.Errorf("%s %w", path, ErrExists))
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if len(there) > 0 {
			return errors.Join(there...)
		}
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for _, f := range files {
		if err := replace(filepath.Join(folder, f.Name), f.Text); err != nil {
			return err
		}
	}
	return nil
}

// replace writes a file beside its place and renames it.
func replace(path string, text []byte) (err error) {
	next, err := os.CreateTemp(filepath.Dir(path), ".gwr-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(next.Name()))
		}
	}()
	_, err = next.Write(text)
	err = errors.Join(err, next.Chmod(0o644), next.Close())
	if err != nil {
		return err
	}
	return os.Rename(next.Name(), path)
}
