// SPDX-License-Identifier: Apache-2.0

// Package wholefile writes files that are there whole or not at all.
package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write writes a file of what made writes, in the place of one that may be there. It stands beside that until it is whole and on the disk,
// for its owner alone, and gets its mode before it is moved. After an error all is as it was.
func Write(path string, mode fs.FileMode, made func(io.Writer) error) (err error) {
	next, err := os.CreateTemp(filepath.Dir(path), ".gwr-*") // of mode 0600
	if err != nil {
		return err
	}
	if err = errors.Join(made(next), next.Chmod(mode), next.Sync(), next.Close()); err == nil {
		err = os.Rename(next.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next.Name()))
	}
	return nil
}

// Replace writes a file of a text, as Write does.
func Replace(path string, mode fs.FileMode, text []byte) error {
	return Write(path, mode, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
