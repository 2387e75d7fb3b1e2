// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/ability"
)

// Words of envoy.yaml that a run replaces.
const (
	adminPort    = "port_value: 9901"
	listenerName = "- name: gateway\n"
	listenerPort = "port_value: 10000"
	rootID       = "root_id: gateway "
	pluginFile   = `filename: "dist/plugin.wasm"`
	environment  = "environment_variables: {}"
	everyHost    = `domains: ["*"]`
	clusters     = "\n  clusters:\n"
	resources    = "\nstatic_resources:\n"
	accessLog    = "\n          access_log:\n"
)

// Render makes the configuration of one run from the text of envoy.yaml.
func Render(template []byte, s Settings) ([]byte, error) {
	text, err := replaceWord(string(template), adminPort, "port_value: "+strconv.Itoa(s.AdminPort))
	if err != nil {
		return nil, err
	}
	if s.Clusters != "" {
		if text, err = replaceWord(text, clusters, clusters+indented(s.Clusters, "  ")); err != nil {
			return nil, err
		}
	}
	if s.StatsSinks != "" {
		if text, err = replaceWord(text, resources, "\nstats_sinks:\n"+indented(s.StatsSinks, "")+resources); err != nil {
			return nil, err
		}
	}
	gateway, err := cut(text, "gateway")
	if err != nil {
		return nil, err
	}
	var listeners strings.Builder
	for _, l := range s.Listeners {
		listener, err := s.listener(gateway.inside, l)
		if err != nil {
			return nil, err
		}
		listeners.WriteString(listener)
	}
	return []byte(gateway.before + listeners.String() + gateway.after), nil
}

// listener makes one copy of the gateway.
func (s Settings) listener(text string, l Listener) (string, error) {
	text, err := replaceWord(text, listenerName, "- name: "+l.Name+"\n")
	if err != nil {
		return "", err
	}
	if text, err = replaceWord(text, listenerPort, "port_value: "+strconv.Itoa(l.Port)); err != nil {
		return "", err
	}
	says, err := l.Says.text(s.Adapter)
	if err != nil {
		return "", err
	}
	if says != "" {
		if text, err = replaceWord(text, everyHost, everyHost+"\n              "+says); err != nil {
			return "", err
		}
	}
	if l.AccessLog != "" {
		if text, err = replaceWord(text, accessLog, accessLog+indented(l.AccessLog, "          ")); err != nil {
			return "", err
		}
	}
	if s.NoCompanions {
		if text, err = replaceRegion(text, "companions", ""); err != nil {
			return "", err
		}
	}
	filter, err := cut(text, "filter")
	if err != nil {
		return "", err
	}
	ours, err := s.filter(filter, l)
	if err != nil {
		return "", err
	}
	return filter.before + ours + indented(l.Before+s.Behind, filter.indent) + filter.after, nil
}

// filter returns our entry in http_filters, "" for none.
func (s Settings) filter(filter region, l Listener) (string, error) {
	switch l.Filter {
	case FilterNone:
		return "", nil
	case FilterGiven:
		return indented(l.Given, filter.indent), nil
	case FilterDiscovered:
		return indented("- name: gateway_responses\n"+
			"  config_discovery:\n"+
			"    config_source: {resource_api_version: V3, path_config_source: {path: "+strconv.Quote(l.Discovery)+"}}\n"+
			"    type_urls: ["+filterType(s.Adapter)+"]\n", filter.indent), nil
	default:
		return s.ours(filter, l)
	}
}

// ours is our entry in http_filters as it stands in a listener.
func (s Settings) ours(filter region, l Listener) (string, error) {
	if s.Adapter == ability.Module {
		return s.module(filter, l)
	}
	return s.plugin(filter.inside, l)
}

// plugin fills in what our filter's own configuration holds, for the VM.
func (s Settings) plugin(text string, l Listener) (string, error) {
	text, err := replaceWord(text, rootID, "root_id: "+l.Name+" ")
	if err != nil {
		return "", err
	}
	if text, err = replaceWord(text, pluginFile, "filename: "+strconv.Quote(s.Plugin)); err != nil {
		return "", err
	}
	if text, err = replaceWord(text, environment, "environment_variables: "+s.environment()); err != nil {
		return "", err
	}
	if l.Configuration == "" {
		return text, nil
	}
	return replaceRegion(text, "document", l.Configuration)
}

// environment is what the VM sees, as a flow mapping.
func (s Settings) environment() string {
	if len(s.Environment) == 0 {
		return "{}"
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(s.Environment)) {
		pairs = append(pairs, strconv.Quote(name)+": "+strconv.Quote(s.Environment[name]))
	}
	return "{key_values: {" + strings.Join(pairs, ", ") + "}}"
}
