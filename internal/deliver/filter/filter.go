// SPDX-License-Identifier: Apache-2.0

// Package filter makes the filter as Envoys get it: the TypedExtensionConfig of
// a gateway, with the document inside, for the adapter that they run it by. It
// is the filter that gwr emit envoy writes, so that an Envoy that changes from
// one to the other keeps its last good document, and its VM where it has one.
package filter

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

// Extension is the filter with one document.
type Extension struct {
	// Version tells it from others of the resource. The same content has the same version, whoever makes it.
	Version string
	// Config is the filter.
	Config *core.TypedExtensionConfig
}

// New makes a resource with a document. A text that is not UTF-8 is an error.
func New(resource envoy.Resource, plugin deliver.Plugin, document deliver.Document) (Extension, error) {
	configuration, err := toAny(wrapperspb.String(string(document.Text)))
	if err != nil {
		return Extension{}, fmt.Errorf("revision %d of gateway %s: %w", document.Revision, resource.Gateway, err)
	}
	filter, content := wasmFilter(resource, plugin, configuration), wasmContent(plugin, document)
	if resource.Adapter == ability.Module {
		filter, content = moduleFilter(resource, configuration), moduleContent(document)
	}
	typed, err := toAny(filter)
	if err != nil {
		return Extension{}, fmt.Errorf("gateway %s: %w", resource.Gateway, err)
	}
	version, err := version(document.Revision, content)
	if err != nil {
		return Extension{}, fmt.Errorf("gateway %s: %w", resource.Gateway, err)
	}
	return Extension{version, &core.TypedExtensionConfig{Name: resource.Name(), TypedConfig: typed}}, nil
}

// toAny packs a message, with the same bytes each time.
func toAny(message proto.Message) (*anypb.Any, error) {
	packed := &anypb.Any{}
	err := anypb.MarshalFrom(packed, message, proto.MarshalOptions{Deterministic: true})
	return packed, err
}

// hashLength is how much of a hash a version holds, in hex digits.
const hashLength = 16

// version is REVISION-HASH. The hash is of what makes up the filter, not of its bytes: those may change with the library
// that writes them.
func version(revision int64, content any) (string, error) {
	text, err := json.Marshal(content)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return strconv.FormatInt(revision, 10) + "-" + hex.EncodeToString(sum[:])[:hashLength], nil
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
