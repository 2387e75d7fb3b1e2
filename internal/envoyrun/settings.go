// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"gatewayresponses/internal/ability"
)

// Settings is what one run changes in envoy.yaml.
type Settings struct {
	// AdminPort is the port of the admin interface, 0 for any that is free.
	AdminPort int
	// Adapter is what runs the documents, the wasm filter if it is empty.
	Adapter ability.Adapter
	// Plugin is the path of plugin.wasm, or of the module, which must be called libgatewayresponses.so.
	Plugin string
	// Environment is what the plugin sees, name to value: the VM of the wasm filter, and with the module Envoy itself, see Environ.
	Environment map[string]string
	// NoCompanions leaves out local_reply_config.
	NoCompanions bool
	// Behind are further http_filters, right behind ours: a YAML list without indent. May be empty.
	Behind string
	// Clusters are further clusters: a YAML list without indent. May be empty.
	Clusters string
	// StatsSinks are where Envoy sends its statistics: a YAML list without indent. May be empty.
	StatsSinks string
	// Listeners are the copies of the gateway to run, at least one.
	Listeners []Listener
}

// Listener is one copy of the gateway.
type Listener struct {
	// Name is the name of the listener, and the root_id of the plugin in it, or the filter_name of the module.
	Name string
	// Port is 0 for any that is free.
	Port int
	// Filter says where our filter comes from.
	Filter Filter
	// Configuration is the configuration of the plugin as YAML without indent, for instance what StringValue returns.
	// Empty leaves the sample that stands in envoy.yaml.
	Configuration string
	// Before are further http_filters of this listener alone, between ours and Settings.Behind, in the same form.
	Before string
	// Says is what the virtual host that takes every host says to our filter.
	Says Says
	// Given is the filter as an element of http_filters, YAML without indent, with FilterGiven only.
	Given string
	// AccessLog are further access logs: a YAML list without indent. May be empty.
	AccessLog string
	// Discovery is the file that holds the filter, with FilterDiscovered only; see Discovery.
	Discovery string
}

// Filter says where our filter comes from.
type Filter uint8

// The places that our filter can come from.
const (
	// FilterInline: it stands in the listener, as envoy.yaml shows it.
	FilterInline Filter = iota
	// FilterNone: Envoy runs without it.
	FilterNone
	// FilterDiscovered: Envoy reads it from a file (ECDS), and again whenever the file is replaced by a rename.
	FilterDiscovered
	// FilterGiven: somebody else has written it, see Listener.Given.
	FilterGiven
)

// StringValue returns the plugin configuration that holds a document. Envoy takes no text that is not UTF-8.
func StringValue(document []byte) (string, error) {
	if !utf8.Valid(document) {
		return "", errors.New("the document is not UTF-8 text")
	}
	// A string literal of Go that holds valid UTF-8 is a double-quoted scalar of YAML, too.
	return "configuration:\n" +
		"  \"@type\": type.googleapis.com/google.protobuf.StringValue\n" +
		"  value: " + strconv.Quote(string(document)) + "\n", nil
}
