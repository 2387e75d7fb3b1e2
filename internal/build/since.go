// SPDX-License-Identifier: Apache-2.0

package build

import (
	"fmt"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/source"
)

// Since when the filter reads what is no key of the format. The version before would refuse the document.
const (
	sinceOwnTypes     = "0.2.0"
	sinceAWSNames     = "0.2.0"
	sinceRedirects    = "0.2.0"
	sinceOriginalPath = "0.2.0"
	sinceInputParams  = "0.2.0"
)

// Check finds what a version does not know: it would refuse the document.
func (v Version) Check(root *source.Value) finding.List {
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

// value finds what the version does not know of a value.
func (c *sinceCheck) value(v *source.Value, path string, at manual.Place) {
	for _, m := range v.Members {
		name, below := m.Key.Text, jsonread.Below(path, m.Key.Text)
		if what, since := newKey(name, at); c.isKnown(m.Key, below, what, since) {
			c.value(m.Value, below, at.Member(name))
		}
	}
	for i, element := range v.Elements {
		c.value(element, elementOf(path, i), at.Element())
	}
	what, since := newText(v.Text, path)
	c.isKnown(v, path, what, since)
}

// isKnown reports whether the version reads what it reads since another one, and reports what it does not.
func (c *sinceCheck) isKnown(at *source.Value, path, what, since string) bool {
	if since == "" || compare(since, string(c.version)) <= 0 {
		return true
	}
	c.fail(code.NewerKey, at, path, fmt.Sprintf("the filter reads %s since %s, and %s would refuse the document; leave it out", what, since, c.version))
	return false
}

// newKey is what a key at a place is, and the version that first reads it; "" for what the owner of the document chooses.
func newKey(name string, at manual.Place) (what, since string) {
	key := at.Member(name).Key()
	_, isType := config.ParseResponseType(name)
	switch {
	case key != nil:
		return "this key", key.Since
	case at.Types() && config.ResponseType(name).IsOwn():
		return "types of one's own", sinceOwnTypes
	case at.Types() && !isType, at.Object() && (!at.Extensions() || !config.IsExtension(name)):
		// Only with emulate: aws: else nothing reads it.
		return "this name, as AWS has it,", sinceAWSNames
	}
	return "", ""
}

// newText is what a text at a path has that not all versions know, and the version that first reads it.
func newText(text, path string) (what, since string) {
	isTemplate := strings.Contains(text, "$")
	switch {
	case strings.HasPrefix(text, "3") && strings.Contains(path, "].when.status["):
		return "redirects in rules", sinceRedirects
	case isTemplate && strings.Contains(text, "context.envoy.originalPath"), text == "context.envoy.originalPath":
		return "$context.envoy.originalPath", sinceOriginalPath
	case strings.HasPrefix(text, "method.input.params."), isTemplate && strings.Contains(text, "method.input.params."):
		return "method.input.params", sinceInputParams
	}
	return "", ""
}
