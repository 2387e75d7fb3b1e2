// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strconv"

	"gatewayresponses/internal/envoyrun"
)

const (
	// template is the configuration of Envoy.
	template = "envoy.yaml"
	// plugin is the built plugin.
	plugin = "dist/plugin.wasm"
)

// settings is what the environment can change.
type settings struct {
	document        string
	port, adminPort int
}

// readSettings reads the environment.
func readSettings(getenv func(string) string) (settings, error) {
	port, err := parsePort("PORT", cmp.Or(getenv("PORT"), "10000"))
	if err != nil {
		return settings{}, err
	}
	adminPort, err := parsePort("ADMIN_PORT", cmp.Or(getenv("ADMIN_PORT"), "9901"))
	if err != nil {
		return settings{}, err
	}
	if port == adminPort {
		return settings{}, fmt.Errorf("PORT and ADMIN_PORT are both %d; they must differ", port)
	}
	return settings{cmp.Or(getenv("CONFIG"), "config/aws.json"), port, adminPort}, nil
}

// parsePort reads a port, 1 to 65535.
func parsePort(variable, text string) (int, error) {
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return 0, fmt.Errorf("%s=%q is not a port; write a number from 1 to 65535", variable, text)
	}
	return int(port), nil
}

// checkPorts says when a port is taken.
func (s settings) checkPorts() error {
	return cmp.Or(envoyrun.CheckPort(s.port, "PORT"), envoyrun.CheckPort(s.adminPort, "ADMIN_PORT"))
}

// render makes the configuration of Envoy.
func (s settings) render(document []byte) ([]byte, error) {
	if _, err := os.Stat(plugin); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing; run make build", plugin)
	}
	text, err := os.ReadFile(template)
	if err != nil {
		return nil, err
	}
	configuration, err := envoyrun.StringValue(document)
	if err != nil {
		return nil, err
	}
	return envoyrun.Render(text, envoyrun.Settings{
		AdminPort: s.adminPort,
		Plugin:    plugin,
		Listeners: []envoyrun.Listener{{Name: "gateway", Port: s.port, Configuration: configuration}},
	})
}
