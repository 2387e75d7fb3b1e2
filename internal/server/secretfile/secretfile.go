// SPDX-License-Identifier: Apache-2.0

// Package secretfile writes files that only their owner reads, whole or not at
// all, and has them on the disk before anything relies on them.
package secretfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// New writes a file, or says fs.ErrExist.
func New(file string, text []byte) error { return Stream(file, writing(text)) }

// Replace writes a file, which may be there.
func Replace(file string, text []byte) error { return write(file, writing(text)) }

// Stream writes a file of what made writes, or says fs.ErrExist before it calls it.
func Stream(file string, made func(io.Writer) error) error {
	taken, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(taken.Close(), write(file, made)); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// write writes a file beside the one that is meant, and puts it in its place.
func write(file string, made func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*") // of mode 0600
	if err != nil {
		return err
	}
	err = errors.Join(made(f), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(filepath.Dir(file))
}

// syncFolder has the name of a file on the disk.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// writing writes a text.
func writing(text []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}
}
