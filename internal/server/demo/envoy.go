// SPDX-License-Identifier: Apache-2.0

package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"gatewayresponses"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/tryout"
	"gatewayresponses/internal/tryrequest"
)

// node is what the Envoy of the demo says that it is.
const node = "demo"

// Envoy says how the Envoy of the demo runs.
type Envoy struct {
	// Path is the binary, Plugin the file of the filter.
	Path, Plugin string
	// Server is where it gets its document.
	Server net.Addr
	// Port and AdminPort are its ports, 0 for any that is free.
	Port, AdminPort int
	// Access gets the access log, Log what Envoy says.
	Access, Log io.Writer
}

// Start runs an Envoy that gets the document of the gateway "default" by ECDS, and runs an empty one until it has it.
func (e Envoy) Start(ctx context.Context) (*tryout.Gateway, error) {
	settings, err := e.settings()
	if err != nil {
		return nil, err
	}
	if err := settings.CheckPorts(); err != nil {
		return nil, err
	}
	return tryout.Start(ctx, settings, nil)
}

func (e Envoy) settings() (tryout.Settings, error) {
	at, err := envoy.ParseEndpoint(e.Server.String())
	if err != nil {
		return tryout.Settings{}, err
	}
	files, err := envoy.Files(envoy.Options{
		Plugin: emit.Plugin{
			Name: envoy.ResourceName(control.DefaultGateway), RootID: envoy.RootID(control.DefaultGateway), Document: []byte("{}"),
		},
		Wasm:   e.Plugin,
		Server: &envoy.Server{Endpoint: at, Metrics: true},
	})
	if err != nil {
		return tryout.Settings{}, err
	}
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Text)
	}
	return tryout.Settings{
		Envoy: e.Path, Template: gatewayresponses.EnvoyYAML, Port: e.Port, AdminPort: e.AdminPort,
		PortName: "--port", AdminPortName: "--admin-port", Access: e.Access, Log: e.Log,
		Served: &tryout.Served{
			Filter: texts[envoy.HTTPFilterFile], AccessLog: texts[envoy.AccessLogFile], Clusters: texts[envoy.ClusterFile],
			StatsSinks: texts[envoy.StatsSinkFile], Node: node, Cluster: node,
		},
	}, nil
}

// Allow lets people try requests on the Envoy of the demo, at an address.
func Allow(c *control.Control, address string) error {
	return c.AllowEnvoy(tryrequest.Target{Gateway: control.DefaultGateway, Name: node, URL: "http://" + address})
}

// deliveryTime is how long an Envoy may take to have its document.
const deliveryTime = 20 * time.Second

// Delivered waits until the Envoy of the demo, which was started after a time, runs what is in force.
func Delivered(ctx context.Context, c *control.Control, since time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, deliveryTime)
	defer cancel()
	for {
		state, err := stateOf(ctx, c, since)
		if err != nil || state == deliver.Acknowledged {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("envoy has not taken its document within %s: %w", deliveryTime, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stateOf is how the Envoy of the demo stands; empty while it is not known.
func stateOf(ctx context.Context, c *control.Control, since time.Time) (deliver.State, error) {
	standing, err := c.Standing(ctx, owner, control.DefaultGateway)
	if err != nil {
		return "", err
	}
	nodes, err := c.Nodes(ctx, owner, control.DefaultGateway)
	if err != nil {
		return "", err
	}
	for _, n := range nodes {
		switch {
		case n.ID != node || n.Connected.Before(since): // another one, or that of an earlier run
		case n.State != deliver.Refused && n.Running != standing.Delivered:
		case n.State == deliver.Refused:
			return "", errors.New("envoy refuses its document: " + n.Why)
		default:
			return n.State, nil
		}
	}
	return "", nil
}
