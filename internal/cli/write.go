// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile writes a file beside its place and renames it, so that it is whole or not there; a link stays one.
// Without force no file is overwritten.
func writeFile(name string, text []byte, force bool) (err error) {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := fs.FileMode(0o644)
	switch info, err := os.Lstat(name); {
	case err == nil && !force:
		return usage(fmt.Errorf("%s exists already; --force overwrites it", name))
	case err == nil && info.Mode().IsRegular():
		mode = info.Mode().Perm()
	case err == nil:
		return usage(fmt.Errorf("%s is no file", name))
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(name), ".gwr-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(next.Name()))
		}
	}()
	_, err = next.Write(text)
	if err = errors.Join(err, next.Chmod(mode), next.Close()); err != nil {
		return err
	}
	return os.Rename(next.Name(), name)
}
