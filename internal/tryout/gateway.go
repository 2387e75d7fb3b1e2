// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/envoyrun"
)

const (
	// startTimeout is how long Envoy may take to be ready.
	startTimeout = time.Minute
	// deliverTimeout is how long Envoy may take to read another document.
	deliverTimeout = 20 * time.Second
	// settleTime is how long a worker of Envoy may take to have what the main thread has.
	settleTime = 100 * time.Millisecond
	// pollInterval is how often a change is looked for.
	pollInterval = 20 * time.Millisecond
)

// listener is the name of the gateway's listener in envoy.yaml.
const listener = "gateway"

// Settings is what one run needs.
type Settings struct {
	// Envoy is the path of the binary, Template the text of envoy.yaml.
	Envoy    string
	Template []byte
	// Adapter is what runs the document, the wasm filter if it is empty, and Plugin the bytes of its file.
	Adapter ability.Adapter
	Plugin  []byte
	// Document is what the document is called.
	Document string
	// Port and AdminPort are those of the gateway and of Envoy's admin interface, 0 for any that is free.
	Port, AdminPort int
	// PortName and AdminPortName are what messages call them.
	PortName, AdminPortName string
	// Discovered has Envoy read the filter from a file, so that Deliver can replace the document.
	Discovered bool
	// Served has Envoy get the filter from a server; Plugin and the document are then of no use. May be nil.
	Served *Served
	// Access gets the access log of requests that others send, Log what Envoy and the filter say.
	Access, Log io.Writer
}

// Served is how Envoy gets the filter from a server.
type Served struct {
	// Filter is an element of http_filters, AccessLog one of access_log, Clusters are what they need, and StatsSinks are where Envoy sends its
	// statistics, as YAML without indent.
	Filter, AccessLog, Clusters, StatsSinks string
	// Node and Cluster are what Envoy says that it is.
	Node, Cluster string
}

// Gateway is a running Envoy.
type Gateway struct {
	settings Settings
	envoy    *envoyrun.Envoy
	// folder holds the plugin and the file that Envoy watches.
	folder string
	access *accessLog
	// address is that of the gateway, HOST:PORT.
	address string
	// delivered is the document that Envoy has, with Settings.Discovered.
	delivered []byte
	// version counts the documents that were delivered.
	version int
	// lastID counts the requests.
	lastID int
}

// CheckPorts says when a port is taken.
func (s Settings) CheckPorts() error {
	if s.Port == s.AdminPort && s.Port != 0 {
		return fmt.Errorf("%s and %s are both %d; they must differ", s.PortName, s.AdminPortName, s.Port)
	}
	if err := envoyrun.CheckPort(s.Port, s.PortName); err != nil {
		return err
	}
	return envoyrun.CheckPort(s.AdminPort, s.AdminPortName)
}

// Start runs Envoy with a document until Stop. ctx bounds the start.
func Start(ctx context.Context, s Settings, document []byte) (g *Gateway, err error) {
	g = &Gateway{settings: s, access: newAccessLog(s.Access)}
	if g.folder, err = os.MkdirTemp("", "gwr-try-"); err != nil {
		return nil, err
	}
	if err := g.start(ctx, document); err != nil {
		return nil, errors.Join(err, os.RemoveAll(g.folder))
	}
	return g, nil
}

// start writes what Envoy reads, and runs it.
func (g *Gateway) start(ctx context.Context, document []byte) error {
	if g.settings.Served == nil {
		if err := os.WriteFile(g.pluginFile(), g.settings.Plugin, 0o600); err != nil {
			return err
		}
	}
	config, err := g.render(document)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	g.envoy, err = envoyrun.Start(ctx, envoyrun.Command{
		Path: g.settings.Envoy, Config: config, Environ: g.filter().Environ(), Stdout: g.access, Stderr: g.settings.Log,
		// Discovery wants an Envoy that has a name.
		Args: append([]string{"--concurrency", "1"}, g.settings.identity()...),
	})
	if err != nil {
		return err
	}
	if g.address, err = g.envoy.Address(listener); err != nil {
		return errors.Join(err, g.envoy.Stop())
	}
	return nil
}

// identity are the arguments by which Envoy knows who it is.
func (s Settings) identity() []string {
	node, cluster := "gwr", "gwr"
	if s.Served != nil {
		node, cluster = s.Served.Node, s.Served.Cluster
	}
	return []string{"--service-node", node, "--service-cluster", cluster}
}

// render makes the configuration of Envoy.
func (g *Gateway) render(document []byte) ([]byte, error) {
	l := envoyrun.Listener{Name: listener, Port: g.settings.Port}
	if served := g.settings.Served; served != nil {
		l.Filter, l.Given, l.AccessLog = envoyrun.FilterGiven, served.Filter, served.AccessLog
		return envoyrun.Render(g.settings.Template, envoyrun.Settings{
			AdminPort: g.settings.AdminPort, Clusters: served.Clusters, StatsSinks: served.StatsSinks, Listeners: []envoyrun.Listener{l},
		})
	}
	if g.settings.Discovered {
		if err := g.writeFilter(document); err != nil {
			return nil, err
		}
		l.Filter, l.Discovery = envoyrun.FilterDiscovered, g.filterFile()
	} else {
		var err error
		if l.Configuration, err = envoyrun.StringValue(document); err != nil {
			return nil, err
		}
	}
	s := g.filter()
	s.AdminPort, s.Listeners = g.settings.AdminPort, []envoyrun.Listener{l}
	return envoyrun.Render(g.settings.Template, s)
}

// filter are the settings of the filter alone.
func (g *Gateway) filter() envoyrun.Settings {
	return envoyrun.Settings{Adapter: g.settings.Adapter, Plugin: g.pluginFile()}
}

func (g *Gateway) pluginFile() string {
	return filepath.Join(g.folder, envoyrun.PluginFile(g.settings.Adapter))
}

func (g *Gateway) filterFile() string { return filepath.Join(g.folder, "filter.yaml") }

// writeFilter puts the filter, with a document, where Envoy reads it. Envoy looks at a file when something is renamed to it.
func (g *Gateway) writeFilter(document []byte) error {
	configuration, err := envoyrun.StringValue(document)
	if err != nil {
		return err
	}
	g.version++
	text, err := envoyrun.Discovery(g.settings.Template, g.filter(),
		envoyrun.Listener{Name: listener, Configuration: configuration}, strconv.Itoa(g.version))
	if err != nil {
		return err
	}
	g.delivered = document
	return envoyrun.Replace(g.filterFile(), text)
}

// Deliver gives Envoy another document, and waits until it has it. The gateway must be Discovered. Envoy passes over a document that
// it has already.
func (g *Gateway) Deliver(ctx context.Context, document []byte) error {
	if bytes.Equal(document, g.delivered) {
		return nil
	}
	before, err := g.deliveries()
	if err != nil {
		return err
	}
	if err := g.writeFilter(document); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, deliverTimeout)
	defer cancel()
	for {
		now, err := g.deliveries()
		if err != nil {
			return err
		}
		if now > before {
			return sleep(ctx, settleTime)
		}
		if err := sleep(ctx, pollInterval); err != nil {
			return fmt.Errorf("envoy does not take the document: %w", err)
		}
	}
}

// deliveries is how many filters Envoy has taken, or refused, from the file.
func (g *Gateway) deliveries() (int, error) {
	text, err := g.envoy.Ask("/stats?filter=^extension_config_discovery.*config_(reload|fail)$")
	if err != nil {
		return 0, err
	}
	sum := 0
	for line := range strings.Lines(string(text)) {
		_, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		n, err := strconv.Atoi(value)
		if err != nil {
			return 0, fmt.Errorf("admin /stats: %q is no counter", line)
		}
		sum += n
	}
	return sum, nil
}

// Address is that of the gateway, HOST:PORT.
func (g *Gateway) Address() string { return g.address }

// Done is closed when Envoy has ended, for whatever reason.
func (g *Gateway) Done() <-chan struct{} { return g.envoy.Done() }

// Stop ends Envoy. An error says that it ended badly, or had done so before.
func (g *Gateway) Stop() error { return errors.Join(g.envoy.Stop(), os.RemoveAll(g.folder)) }

// sleep waits, or says that ctx has ended.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
