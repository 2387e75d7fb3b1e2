// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
)

// pack makes the archive of a chart: all its files in the order of their names, but those whose names begin with a dot, as .helmignore
// has it.
func pack(chart fs.FS) ([]byte, error) {
	if _, err := fs.Stat(chart, "Chart.yaml"); err != nil {
		return nil, fmt.Errorf("it is no chart: %w", err)
	}
	var text bytes.Buffer
	compressed, err := gzip.NewWriterLevel(&text, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	archive := tar.NewWriter(compressed)
	err = fs.WalkDir(chart, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || file == ".":
			return err
		case strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		case !entry.Type().IsRegular():
			return fmt.Errorf("%s is no file of its own, and whoever unpacks the chart would not have what it leads to", file)
		}
		return add(archive, chart, file)
	})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(archive.Close(), compressed.Close()); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// add adds a file to the archive.
func add(archive *tar.Writer, chart fs.FS, file string) error {
	text, err := fs.ReadFile(chart, file)
	if err != nil {
		return err
	}
	header := &tar.Header{Name: path.Join(name, file), Mode: 0o644, Size: int64(len(text)), ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err = archive.Write(text)
	return err
}
