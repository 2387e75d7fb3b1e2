// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"errors"
	"strconv"

	"gatewayresponses/internal/ability"
)

// Says is what a virtual host says to our filter: the name of an entry of routes, or a mode, and a route document. "" is nothing.
type Says struct{ Route, Document string }

// text is what stands in the virtual host, a line of YAML without indent; "" for nothing. The wasm filter reads its metadata, the module
// a configuration of its own, which can hold one of the two.
func (s Says) text(a ability.Adapter) (string, error) {
	switch {
	case s == Says{}:
		return "", nil
	case a != ability.Module:
		return "metadata: {filter_metadata: {gateway_responses: {" + s.member("route", s.Route) + s.member("document", s.Document) + "}}}", nil
	case s.Route != "" && s.Document != "":
		return "", errors.New("the module takes the name of a route or a document, not both")
	}
	name, value := "route", s.Route
	if s.Document != "" {
		name, value = "document", s.Document
	}
	return `typed_per_filter_config: {gateway_responses: {"@type": ` + filters + "dynamic_modules.v3.DynamicModuleFilterPerRoute, " +
		"dynamic_module_config: {" + moduleConfig + "}, filter_name: " + name + ", " +
		`filter_config: {"@type": type.googleapis.com/google.protobuf.StringValue, value: ` + strconv.Quote(value) + "}}}", nil
}

// member is a member of a flow mapping, "" for a value that is not there.
func (Says) member(name, value string) string {
	if value == "" {
		return ""
	}
	return name + ": " + strconv.Quote(value) + ", "
}
