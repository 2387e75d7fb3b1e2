// SPDX-License-Identifier: Apache-2.0

package build

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"gatewayresponses/config"
	"gatewayresponses/internal/version"
)

// Version is a version of the filter, "" for this one.
type Version string

// Versions are the versions that are known, oldest first: those that brought keys, and this one.
func Versions() []string {
	all := []string{version.Number}
	for _, object := range config.Objects() {
		for _, key := range object.Keys {
			all = append(all, key.Since)
		}
	}
	slices.SortFunc(all, compare)
	return slices.Compact(all)
}

// ParseVersion reads a version that is known.
func ParseVersion(number string) (Version, error) {
	number = strings.TrimPrefix(number, "v")
	if known := Versions(); !slices.Contains(known, number) {
		return "", fmt.Errorf("unknown version %q of the filter; known are %s", number, strings.Join(known, ", "))
	}
	return Version(number), nil
}

func compare(a, b string) int { return semver.Compare("v"+a, "v"+b) }

// Newer reports whether a version came after another one.
func Newer(a, b string) bool { return compare(a, b) > 0 }
