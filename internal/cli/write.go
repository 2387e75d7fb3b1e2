// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"gatewayresponses/internal/wholefile"
)

// output is a file to write.
type output struct {
	path string
	text []byte
	// force reports that a file that is there may be overwritten.
	force bool
}

// writeFiles writes files, and the folders that they stand in. When one of them must not be overwritten, none is written. Each
// appears whole or not at all.
func writeFiles(files ...output) error {
	var there []string
	for _, f := range files {
		if _, err := os.Lstat(f.path); err == nil && !f.force {
			there = append(there, f.path)
		}
	}
	switch len(there) {
	case 0:
	case 1:
		return usage(fmt.Errorf("%s exists already, so nothing was written; --force overwrites it", there[0]))
	default:
		return usage(fmt.Errorf("%s exist already, so nothing was written; --force overwrites them", strings.Join(there, ", ")))
	}
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f.path), 0o777); err != nil {
			return unwritable(f.path, err)
		}
		if err := replaceFile(f.path, f.text); err != nil {
			return err
		}
	}
	return nil
}

// overwritesNone says that a file to write is one of those that are read, under whatever name.
func overwritesNone(out string, read []string) error {
	written, err := os.Stat(out)
	if err != nil {
		return nil // there is nothing to overwrite
	}
	for _, name := range read {
		if info, err := os.Stat(name); err == nil && os.SameFile(info, written) {
			return usage(fmt.Errorf("--out %s is %s, which is read; name another file", out, name))
		}
	}
	return nil
}

// replaceFile writes a file beside its place and renames it, so that it is whole or not there. A link stays one, and the file
// that it leads to is replaced.
func replaceFile(name string, text []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := fs.FileMode(0o644)
	switch info, err := os.Lstat(name); {
	case err == nil && info.Mode().IsRegular():
		mode = info.Mode().Perm()
	case err == nil:
		return usage(fmt.Errorf("%s is no regular file", name))
	case !errors.Is(err, fs.ErrNotExist):
		return unwritable(name, err)
	}
	if err := wholefile.Replace(name, mode, text); err != nil {
		return unwritable(name, err)
	}
	return nil
}

// unwritable is why a file cannot be written, without the name that it had meanwhile. A folder that is not there, or that nobody
// may write to, was named wrongly.
func unwritable(name string, err error) error {
	why := err
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		why = failed.Err
	}
	wrapped := fmt.Errorf("cannot write %s: %w", name, why)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.EROFS) {
		return usage(wrapped)
	}
	return wrapped
}
