// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gatewayresponses/internal/wholefile"
)

// writeSums writes the checksums of the filter and of all that is packed in the folder, by paths from the folder.
func writeSums(folder string) error {
	names := []string{filterFile, bomFile, digestFile}
	files := os.DirFS(folder)
	err := fs.WalkDir(files, layoutFolder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(text), name)
	}
	return wholefile.Replace(filepath.Join(folder, sumsFile), 0o644, []byte(lines.String()))
}
