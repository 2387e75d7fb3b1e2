// SPDX-License-Identifier: Apache-2.0

// Package gatewayresponses holds the files of the repository that commands carry with them, so that a binary works alone.
package gatewayresponses

import (
	_ "embed"
	"strings"
)

// EnvoyYAML is envoy.yaml: the Envoy of the demo, of the README and of the tests.
//
//go:embed envoy.yaml
var EnvoyYAML []byte

// Sample is config/aws.json, the document of the demo.
//
//go:embed config/aws.json
var Sample []byte

//go:embed .envoy-version
var envoyVersion string

// EnvoyVersion is the version of Envoy that is fetched where none is named.
func EnvoyVersion() string { return strings.TrimSpace(envoyVersion) }
