// SPDX-License-Identifier: Apache-2.0

package secretfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// alone checks that a folder holds one file of a text, which only its owner reads.
func alone(t *testing.T, file, want string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil || string(text) != want {
		t.Errorf("%s: %q, %v, want %q", file, text, err, want)
	}
	files, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, %v", files, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := New(file, []byte("one")); err != nil {
		t.Fatal(err)
	}
	alone(t, file, "one")
	if err := New(file, []byte("two")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("New over a file: %v", err)
	}
	alone(t, file, "one")
	if err := Replace(file, []byte("three")); err != nil {
		t.Error(err)
	}
	alone(t, file, "three")
	failed := errors.New("no more")
	if err := Stream(filepath.Join(filepath.Dir(file), "other"), func(w io.Writer) error {
		_, err := io.WriteString(w, "half")
		return errors.Join(err, failed)
	}); !errors.Is(err, failed) {
		t.Errorf("a half file: %v", err)
	}
	alone(t, file, "three")
}
