// SPDX-License-Identifier: Apache-2.0

// Package secretfile writes files that only their owner reads, whole or not at
// all, and has them on the disk before anything relies on them.
package secretfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"gatewayresponses/internal/wholefile"
)

// New writes a file, or says fs.ErrExist.
func New(file string, text []byte) error {
	return Stream(file, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// Replace writes a file, which may be there.
func Replace(file string, text []byte) error {
	return errors.Join(wholefile.Replace(file, 0o600, text), syncFolder(filepath.Dir(file)))
}

// Stream writes a file of what made writes, or says fs.ErrExist before it calls it.
func Stream(file string, made func(io.Writer) error) error {
	taken, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(taken.Close(), wholefile.Write(file, 0o600, made))
	if err == nil {
		err = syncFolder(filepath.Dir(file))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// syncFolder has the name of a file on the disk.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
