// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"gatewayresponses/internal/version"
)

// bill is a bill of materials, as far as CycloneDX 1.6 is needed. It has no serial number and no time: both would differ between
// two builds of the same filter.
type bill struct {
	Format   string `json:"bomFormat"`
	Spec     string `json:"specVersion"`
	Version  int    `json:"version"`
	Metadata struct {
		Component component `json:"component"`
	} `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

// component is the filter or a part of it.
type component struct {
	Type     string          `json:"type"`
	Ref      string          `json:"bom-ref"`
	Name     string          `json:"name"`
	Version  string          `json:"version"`
	Hashes   []hash          `json:"hashes,omitempty"`
	Licenses []licenseChoice `json:"licenses"`
	PURL     string          `json:"purl,omitempty"`
}

// hash is the checksum of a component, in hexadecimal.
type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

// licenseChoice names a licence by its identifier in SPDX.
type licenseChoice struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

// dependency says what a component is built of.
type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// licenses are those of the modules that a filter may be built of.
var licenses = map[string]string{
	"std":                                "BSD-3-Clause",
	"github.com/go-json-experiment/json": "BSD-3-Clause",
}

// billOfMaterials lists what a filter is built of, by what the filter itself says.
func billOfMaterials(wasm []byte) ([]byte, error) {
	info, err := buildInfo(wasm)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(wasm)
	filter := newComponent("application", "gateway-responses", version.Number, "Apache-2.0", hex.EncodeToString(sum[:]))
	b := bill{Format: "CycloneDX", Spec: "1.6", Version: 1, Dependencies: []dependency{{Ref: filter.Ref}}}
	b.Metadata.Component = filter
	std := &debug.Module{Path: "std", Version: strings.TrimPrefix(runtime.Version(), "go")}
	for _, m := range append(info.Deps, std) {
		c, err := library(m)
		if err != nil {
			return nil, err
		}
		b.Components = append(b.Components, c)
		b.Dependencies = append(b.Dependencies, dependency{Ref: c.Ref})
		b.Dependencies[0].DependsOn = append(b.Dependencies[0].DependsOn, c.Ref)
	}
	text, err := json.MarshalIndent(b, "", "  ")
	return append(text, '\n'), err
}

// library is the component of a module.
func library(m *debug.Module) (component, error) {
	license, known := licenses[m.Path]
	if !known {
		return component{}, fmt.Errorf("the licence of module %s is not known; add it to licenses", m.Path)
	}
	var sum string
	if base, found := strings.CutPrefix(m.Sum, "h1:"); found {
		bytes, err := base64.StdEncoding.DecodeString(base)
		if err != nil {
			return component{}, fmt.Errorf("the sum of module %s: %w", m.Path, err)
		}
		sum = hex.EncodeToString(bytes)
	}
	c := newComponent("library", m.Path, m.Version, license, sum)
	c.PURL = c.Ref
	return c, nil
}

// newComponent is a component, with its SHA-256 unless that is "". That of a module is the sum that go.sum has of it.
func newComponent(kind, name, number, license, sum string) component {
	c := component{Type: kind, Ref: "pkg:golang/" + name + "@" + number, Name: name, Version: number, Licenses: make([]licenseChoice, 1)}
	c.Licenses[0].License.ID = license
	if sum != "" {
		c.Hashes = []hash{{"SHA-256", sum}}
	}
	return c
}

// What stands around the build information in every file that the linker makes. Source: modinfo in cmd/go/internal/modload.
var infoStart, infoEnd = []byte("0w\xaf\f\x92t\b\x02A\xe1\xc1\a\xe6\xd6\x18\xe6"), []byte("\xf92C1\x86\x18 r\x00\x82B\x10A\x16\xd8\xf2")

// buildInfo reads what a filter says of the modules that it is built of; debug/buildinfo does not read wasm.
func buildInfo(wasm []byte) (*debug.BuildInfo, error) {
	_, rest, found := bytes.Cut(wasm, infoStart)
	text, _, ended := bytes.Cut(rest, infoEnd)
	if !found || !ended {
		return nil, errors.New("it holds no build information of Go; is it a filter that go build made?")
	}
	if !bytes.Contains(wasm, []byte(runtime.Version())) {
		return nil, fmt.Errorf("it is not built by %s, which runs now; build it anew", runtime.Version())
	}
	return debug.ParseBuildInfo(string(text))
}
