// SPDX-License-Identifier: Apache-2.0

package build

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/source"
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

// check finds the keys that a version does not know: it would refuse the document.
func (v Version) check(root *source.Value) finding.List {
	if v == "" {
		return nil
	}
	c := &sinceCheck{version: v}
	c.value(root, "", manual.Root())
	return c.found
}

type sinceCheck struct {
	report
	version Version
}

func (c *sinceCheck) value(v *source.Value, path string, at manual.Place) {
	for _, m := range v.Members {
		member, below := at.Member(m.Key.Text), below(path, m.Key.Text)
		if key := member.Key(); key != nil && compare(key.Since, string(c.version)) > 0 {
			c.fail(code.NewerKey, m.Key, below, fmt.Sprintf(
				"the filter reads this key since %s, and %s would refuse the document; leave it out", key.Since, c.version))
			continue
		}
		c.value(m.Value, below, member)
	}
	for i, element := range v.Elements {
		c.value(element, elementOf(path, i), at.Element())
	}
}
