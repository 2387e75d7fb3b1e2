// SPDX-License-Identifier: Apache-2.0

// Package filter makes the filter as Envoys get it: the TypedExtensionConfig of
// a gateway, with the document inside. It is the filter that gwr emit envoy
// writes, so that an Envoy that changes from one to the other keeps its VM and
// its last good document.
package filter

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	wasmfilter "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/wasm/v3"
	wasm "github.com/envoyproxy/go-control-plane/envoy/extensions/wasm/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

// Extension is the filter with one document.
type Extension struct {
	// Gateway is the name of the gateway.
	Gateway string
	// Version tells it from others of the gateway. The same content has the same version, whoever makes it.
	Version string
	// Config is the filter.
	Config *core.TypedExtensionConfig
}

// New makes the filter of a gateway with a document. A text that is not UTF-8 is an error.
func New(gateway string, plugin deliver.Plugin, document deliver.Document) (Extension, error) {
	name := envoy.ResourceName(gateway)
	configuration, err := toAny(wrapperspb.String(string(document.Text)))
	if err != nil {
		return Extension{}, fmt.Errorf("revision %d of gateway %s: %w", document.Revision, gateway, err)
	}
	typed, err := toAny(&wasmfilter.Wasm{Config: &wasm.PluginConfig{
		Name:          name,
		RootId:        envoy.RootID(gateway),
		FailurePolicy: wasm.FailurePolicy(wasm.FailurePolicy_value[envoy.FailurePolicy]),
		Configuration: configuration,
		Vm: &wasm.PluginConfig_VmConfig{VmConfig: &wasm.VmConfig{
			VmId:                 envoy.VMID,
			Runtime:              envoy.Runtime,
			EnvironmentVariables: &wasm.EnvironmentVariables{KeyValues: plugin.Environment},
			Code: &core.AsyncDataSource{Specifier: &core.AsyncDataSource_Local{Local: &core.DataSource{
				Specifier: &core.DataSource_Filename{Filename: file(plugin)},
			}}},
		}},
	}})
	if err != nil {
		return Extension{}, fmt.Errorf("gateway %s: %w", gateway, err)
	}
	version, err := version(plugin, document)
	if err != nil {
		return Extension{}, fmt.Errorf("gateway %s: %w", gateway, err)
	}
	return Extension{gateway, version, &core.TypedExtensionConfig{Name: name, TypedConfig: typed}}, nil
}

// file is where nodes find plugin.wasm.
func file(plugin deliver.Plugin) string { return cmp.Or(plugin.File, envoy.DefaultWasm) }

// toAny packs a message, with the same bytes each time.
func toAny(message proto.Message) (*anypb.Any, error) {
	packed := &anypb.Any{}
	err := anypb.MarshalFrom(packed, message, proto.MarshalOptions{Deterministic: true})
	return packed, err
}

// form counts changes to what New makes of the same content. Another form is another version, which all nodes get anew.
const form = 1

// hashLength is how much of a hash a version holds, in hex digits.
const hashLength = 16

// version is REVISION-HASH. The hash is of what makes up the filter, not of its bytes: those may change with the library
// that writes them.
func version(plugin deliver.Plugin, document deliver.Document) (string, error) {
	text, err := json.Marshal(struct {
		Form        int
		File        string
		Environment map[string]string `json:",omitempty"`
		Document    []byte
	}{form, file(plugin), plugin.Environment, document.Text})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return strconv.FormatInt(document.Revision, 10) + "-" + hex.EncodeToString(sum[:])[:hashLength], nil
}

// Revision is the number of the revision that a version is of, 0 if it is none of ours.
func Revision(version string) int64 {
	number, _, found := strings.Cut(version, "-")
	revision, err := strconv.ParseInt(number, 10, 64)
	if !found || err != nil || revision < 0 {
		return 0
	}
	return revision
}
