// SPDX-License-Identifier: Apache-2.0

// Package emit holds what all platforms share that a document is delivered to: files to apply, and the words of their YAML.
//
// A package below it for each platform turns a document into the configuration that runs the filter with it, or that does
// without the filter what the platform's own means can do.
package emit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// File is a file to apply.
type File struct {
	// Name has no folder.
	Name string
	Text []byte
}

// Plugin is how a platform runs the filter.
type Plugin struct {
	// Name tells the plugin from others in logs and counters.
	Name string
	// RootID tells plugins of one name apart: each listener needs its own.
	RootID string
	// Document is the document, as JSON.
	Document []byte
}

// CheckImage says what is wrong with the URL of a module. schemes are those that the platform fetches from, two at least.
func CheckImage(image string, schemes []string) error {
	scheme, rest, found := strings.Cut(image, "://")
	if found && rest != "" && slices.Contains(schemes, scheme) {
		return nil
	}
	last := len(schemes) - 1
	return fmt.Errorf("%q does not begin with %s:// or %s://", image, strings.Join(schemes[:last], "://, "), schemes[last])
}

// ParseSHA256 reads a digest, in hexadecimal, with or without "sha256:" in front of it. The text "" is no digest, and stays "".
func ParseSHA256(text string) (string, error) {
	digest := strings.ToLower(strings.TrimPrefix(text, "sha256:"))
	if bytes, err := hex.DecodeString(digest); text != "" && (err != nil || len(bytes) != sha256.Size) {
		return "", fmt.Errorf("%q is no SHA-256 digest; want %d hexadecimal digits", text, 2*sha256.Size)
	}
	return digest, nil
}
