// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

/*
#include "bridge.h"
*/
import "C"

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/facts"
)

// Attribute reads an attribute by its path: one that the ABI numbers, a value right below a namespace of metadata, or an object of the
// filter state. It is a copy, as another read may use its memory.
func (x *exchange) Attribute(path string) string {
	if number, kind := ability.AttributeAt(path); kind != ability.Unreadable {
		return x.numbered(path, C.int(number), kind)
	}
	for _, source := range sources {
		if rest, ok := strings.CutPrefix(path, source.place); ok {
			return x.metadata(source.number, path, facts.AttributePieces(rest))
		}
	}
	var value C.gwr_value
	if key, ok := strings.CutPrefix(path, filterState); ok {
		C.gwr_read_state(x.envoy, textOf(key), &value)
	}
	return text(&value)
}

// The places where values stand that have no number.
var (
	filterState = facts.AttributePath("filter_state", "")
	sources     = []struct {
		place  string
		number C.int
	}{{facts.MetadataPath(""), C.GWR_DYNAMIC_SOURCE}, {facts.RouteMetadataPath(""), C.GWR_ROUTE_SOURCE}}
)

// kinds are what C calls the kinds of attributes. All numbers among them are whole.
var kinds = [...]C.int{ability.Text: C.GWR_TEXT, ability.Number: C.GWR_INTEGER, ability.Boolean: C.GWR_BOOLEAN}

// mutualTLS is the path of an attribute that is false without TLS, of which Envoy here says nothing then.
var mutualTLS = facts.AttributePath("connection", "mtls")

// numbered reads an attribute that the ABI numbers.
func (x *exchange) numbered(path string, number C.int, kind ability.Kind) string {
	var value C.gwr_value
	C.gwr_read_attribute(x.envoy, kinds[kind], number, &value)
	if value.kind == C.GWR_NOTHING && path == mutualTLS {
		return facts.Boolean(false)
	}
	return text(&value)
}

// lastKinds are the kinds that values of metadata had the last time, by their paths. Whoever looks for a value of another kind than it
// has makes Envoy log an error, so that kind is looked for first.
var lastKinds sync.Map

// metadataKinds are the kinds that values of metadata can have.
var metadataKinds = []C.int{C.GWR_TEXT, C.GWR_NUMBER, C.GWR_BOOLEAN, C.GWR_LIST}

// metadata reads a value under a namespace and a key.
func (x *exchange) metadata(source C.int, path string, keys []string) string {
	if len(keys) != 2 {
		return ""
	}
	var value C.gwr_value
	reads := func(kind C.int) bool {
		C.gwr_read_metadata(x.envoy, kind, source, textOf(keys[0]), textOf(keys[1]), &value)
		return value.kind != C.GWR_NOTHING
	}
	last, known := lastKinds.Load(path)
	if known && reads(last.(C.int)) { //nolint:forcetypeassert // nothing else is stored
		return text(&value)
	}
	at := slices.IndexFunc(metadataKinds, func(kind C.int) bool { return kind != last && reads(kind) })
	if at < 0 {
		return ""
	}
	lastKinds.Store(path, metadataKinds[at])
	return text(&value)
}

// text is a value as the attributes of facts hold it, "" for none and for a list.
func text(value *C.gwr_value) string {
	switch value.kind {
	case C.GWR_TEXT:
		return copied(value.text)
	case C.GWR_NUMBER:
		return facts.Number(float64(value.number))
	case C.GWR_INTEGER:
		return string(binary.LittleEndian.AppendUint64(nil, uint64(value.integer)))
	case C.GWR_BOOLEAN:
		return facts.Boolean(bool(value.boolean))
	}
	return ""
}
