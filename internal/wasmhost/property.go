// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"errors"
	"strconv"
	"strings"

	"gatewayresponses/internal/facts"
)

// getProperty answers what is known under a path, whose pieces have zero bytes between. Source: envoy
// extensions/common/wasm/context.cc, Context::getProperty.
func (v *vm) getProperty(in args) (result, Status) {
	path := strings.Split(strings.TrimSuffix(in.texts[0], "\x00"), "\x00")
	value := v.property(path)
	if value == nil {
		return result{}, StatusNotFound
	}
	data, err := serialize(value)
	switch {
	case errors.Is(err, errNull):
		return result{}, StatusSerializationFailure
	case err != nil:
		v.fault(err.Error())
		return result{}, StatusSerializationFailure
	}
	return result{data: data}, StatusOK
}

// property returns nil for what is not there.
func (v *vm) property(path []string) any {
	name := strings.Join(path, ".")
	if options := v.at.host.options; len(path) == 1 {
		switch name {
		case "plugin_name":
			return options.PluginName
		case "plugin_root_id":
			return options.RootID
		case "plugin_vm_id":
			return options.VMID
		}
	}
	if v.at.stream == nil {
		return nil
	}
	return v.at.stream.property(path, name)
}

func (s *Stream) property(path []string, name string) any {
	if value, ok := s.x.Properties[name]; ok {
		return value
	}
	if value, ok := s.x.Facts.Attributes[facts.AttributePath(path...)]; ok {
		return value
	}
	if attribute := attributes[name]; attribute != nil {
		return attribute(s)
	}
	switch {
	case len(path) == 1:
		return s.state("wasm." + name)
	case len(path) == 2 && path[0] == "filter_state":
		return s.state(path[1])
	case len(path) == 3 && path[0] == "request" && path[1] == "headers":
		return s.headerAttribute(mapRequestHeaders, path[2])
	case len(path) == 3 && path[0] == "response" && path[1] == "headers":
		return s.headerAttribute(mapResponseHeaders, path[2])
	case len(path) >= 3 && path[0] == "xds" && path[2] == "filter_metadata":
		return at(s.metadata(path[1]), path[3:])
	}
	return nil
}

// metadata is the filter_metadata of the route or the virtual host that the request belongs to, nil when there is none.
func (s *Stream) metadata(holder string) any {
	if value, ok := s.x.Properties["xds."+holder+".filter_metadata"]; ok {
		return value
	}
	if s.x.Facts.Reply.Details == "route_not_found" {
		return nil
	}
	all := map[string]any{}
	for name, value := range s.x.Properties {
		if keys, ok := strings.CutPrefix(name, "xds."+holder+".filter_metadata."); ok && value != nil {
			put(all, strings.Split(keys, "."), value)
		}
	}
	if holder != "route_metadata" {
		return all
	}
	for path, value := range s.x.Facts.Attributes {
		if keys := facts.AttributePieces(path); strings.HasPrefix(path, facts.RouteMetadataPath("")) {
			put(all, keys[3:], value)
		}
	}
	if route := s.x.Facts.Route; route.DocumentRoute != "" {
		put(all, []string{"gateway_responses", "route"}, route.DocumentRoute)
	}
	if route := s.x.Facts.Route; route.Document != "" {
		put(all, []string{"gateway_responses", "document"}, route.Document)
	}
	return all
}

// put sets what stands in nested maps under some keys.
func put(all map[string]any, keys []string, value any) {
	for ; len(keys) > 1; keys = keys[1:] {
		next, ok := all[keys[0]].(map[string]any)
		if !ok {
			next = map[string]any{}
			all[keys[0]] = next
		}
		all = next
	}
	all[keys[0]] = value
}

// at is what stands in nested maps and lists under some keys, nil for nothing.
func at(value any, keys []string) any {
	for _, key := range keys {
		switch holder := value.(type) {
		case map[string]any:
			value = holder[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(holder) {
				return nil
			}
			value = holder[i]
		default:
			return nil
		}
	}
	return value
}

// ownerKey is the filter state that names the filter which sent a local reply.
const ownerKey = "envoy.filters.network.http_connection_manager.local_reply_owner"

// state returns an object of the filter state.
func (s *Stream) state(key string) any {
	if value, ok := s.outcome.FilterState[key]; ok {
		return value
	}
	if owner := s.x.Facts.Reply.Owner; key == ownerKey && s.replied && owner != "" {
		return owner
	}
	return nil
}

// headerAttribute is a header as an attribute: all values with commas between.
func (s *Stream) headerAttribute(kind uint64, name string) any {
	headers := s.visible(kind)
	if headers == nil {
		return nil
	}
	values := headers.lines.Values(strings.ToLower(name))
	if values == nil {
		return nil
	}
	return strings.Join(values, ",")
}

// setProperty sets filter state under "wasm." and the path. Only a stream has any.
func (v *vm) setProperty(in args) (result, Status) {
	s := v.at.stream
	if s == nil {
		return result{}, StatusNotFound
	}
	s.outcome.FilterState["wasm."+in.texts[0]] = in.texts[1]
	return result{}, StatusOK
}
