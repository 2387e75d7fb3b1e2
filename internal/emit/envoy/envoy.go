// SPDX-License-Identifier: Apache-2.0

// Package envoy makes the configuration of an Envoy that runs the filter with a document: what to add to a configuration, and a
// whole one to begin with.
package envoy

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"maps"
	"net"
	"strconv"

	"gatewayresponses/internal/emit"
)

//go:embed templates
var templates embed.FS

// Options say what stands in the configuration.
type Options struct {
	emit.Plugin
	// Wasm is the path of plugin.wasm on the machine of Envoy. Without it there is no filter, unless Module is set.
	Wasm string
	// Module reports that the filter is the dynamic module. RootID, RefuseInvalid and Environment are not for it.
	Module bool
	// NamedRoutes are routes of the document that Envoy's routes name, for the dynamic module.
	NamedRoutes []string
	// RefuseInvalid makes Envoy refuse a document that the filter cannot run.
	RefuseInvalid bool
	// Environment is what else the filter finds in its environment.
	Environment map[string]string
	// Server delivers the document by ECDS, nil when it stands in the configuration alone.
	Server *Server
	// LocalReplyConfig is what local_reply_config holds, as YAML; "" for none.
	LocalReplyConfig string
	// Upstream, Prefix, Port and AdminPort are those of the whole configuration.
	Upstream        Endpoint
	Prefix          string
	Port, AdminPort int
}

// Server is what delivers the document.
type Server struct {
	Endpoint
	// TLS is nil for a server on the same machine that has none.
	TLS *TLS
	// Metrics has Envoy send its statistics there, too.
	Metrics bool
	// Node and Cluster are what Envoy says that it is; empty is "gateway".
	Node, Cluster string
}

// TLS are files on the machine of Envoy, as PEM.
type TLS struct {
	// CA holds who may have signed the certificate of the server.
	CA string
	// Certificate and Key show the server who Envoy is.
	Certificate, Key string
	// ServerName is the name in the certificate of the server; empty is its host.
	ServerName string
}

// NodeID is the id of Envoy.
func (s Server) NodeID() string { return cmp.Or(s.Node, "gateway") }

// NodeCluster is the cluster of Envoy.
func (s Server) NodeCluster() string { return cmp.Or(s.Cluster, "gateway") }

// Name is the name that the certificate of the server must have.
func (s Server) Name() string { return cmp.Or(s.TLS.ServerName, s.Host) }

// NameType is the kind of that name in certificates, as Envoy calls it.
func (s Server) NameType() string {
	if net.ParseIP(s.Name()) != nil {
		return "IP_ADDRESS"
	}
	return "DNS"
}

// Endpoint is a host and a port.
type Endpoint struct {
	Host string
	Port int
}

// ParseEndpoint reads HOST:PORT.
func ParseEndpoint(text string) (Endpoint, error) {
	host, number, err := net.SplitHostPort(text)
	if err != nil || host == "" {
		return Endpoint{}, fmt.Errorf("%q is not host:port", text)
	}
	port, err := strconv.ParseUint(number, 10, 16)
	if err != nil || port == 0 {
		return Endpoint{}, fmt.Errorf("%q is not a port; use 1 to 65535", number)
	}
	return Endpoint{host, int(port)}, nil
}

// What the filter of this package shares with the one that gwrd delivers, see internal/deliver/filter. Envoy then runs both in one
// VM, and either finds the last good document of the other.
const (
	// DefaultWasm is where plugin.wasm is on the machine of Envoy, unless somebody says otherwise.
	DefaultWasm = "/etc/envoy/plugin.wasm"
	// VMID and Runtime are those of the VM.
	VMID    = "gateway_responses"
	Runtime = "envoy.wasm.runtime.v8"
	// FailurePolicy is what becomes of replies when the VM has ended.
	FailurePolicy = "FAIL_OPEN"
)

// VMID is what templates see of the constant.
func (Options) VMID() string { return VMID }

// Runtime is what templates see of the constant.
func (Options) Runtime() string { return Runtime }

// FailurePolicy is what templates see of the constant.
func (Options) FailurePolicy() string { return FailurePolicy }

// onInvalid is the variable of the filter's environment that says what becomes of a bad document, and refuse its one value.
const onInvalid, refuse = "GWR_ON_INVALID", "refuse"

// Variables are all that the filter finds in its environment.
func (o Options) Variables() map[string]string {
	all := maps.Clone(o.Environment)
	if o.RefuseInvalid {
		if all == nil {
			all = map[string]string{}
		}
		all[onInvalid] = refuse
	}
	return all
}

// Refuses reports whether Envoy refuses a bad document.
func (o Options) Refuses() bool { return o.Variables()[onInvalid] == refuse }

// The files.
const (
	// HTTPFilterFile holds the filter, to add to a configuration.
	HTTPFilterFile = "http_filter.yaml"
	// ClusterFile holds the cluster of the server, to add to a configuration.
	ClusterFile = "cluster.yaml"
	// AccessLogFile holds which lines of the access log are sent to the server, to add to a configuration.
	AccessLogFile = "access_log.yaml"
	// StatsSinkFile holds where statistics are sent, to add to a configuration.
	StatsSinkFile = "stats_sink.yaml"
	// PerRouteFile says which routes of Envoy are which routes of the document, to add to a configuration.
	PerRouteFile = "typed_per_filter_config.yaml"
	// LocalReplyFile holds local_reply_config, to add to a configuration.
	LocalReplyFile = "local_reply_config.yaml"
	// WholeFile is a whole configuration.
	WholeFile = "envoy.yaml"
)

// Files makes the files: what to add to a configuration, then a whole one.
func Files(o Options) ([]emit.File, error) {
	filled := struct {
		Options
		Config, HTTPFilter, Cluster, AccessLog, StatsSink string
	}{Options: o}
	var files []emit.File
	add := func(name string, kept *string) error {
		text, err := emit.Render(templates, name, &filled)
		if err != nil {
			return err
		}
		*kept = text
		files = append(files, emit.File{Name: name, Text: []byte(text)})
		return nil
	}
	if plugin := o.pluginTemplate(); plugin != "" {
		config, err := emit.Render(templates, plugin, &filled)
		if err != nil {
			return nil, err
		}
		filled.Config = config
		if err := add(HTTPFilterFile, &filled.HTTPFilter); err != nil {
			return nil, err
		}
		if o.Server != nil {
			if err := errors.Join(add(ClusterFile, &filled.Cluster), add(AccessLogFile, &filled.AccessLog)); err != nil {
				return nil, err
			}
			if o.Server.Metrics {
				if err := add(StatsSinkFile, &filled.StatsSink); err != nil {
					return nil, err
				}
			}
		}
	}
	if o.Module && len(o.NamedRoutes) > 0 {
		routes, err := emit.Files(templates, &filled, PerRouteFile)
		if err != nil {
			return nil, err
		}
		files = append(files, routes...)
	}
	if o.LocalReplyConfig != "" {
		text := "local_reply_config:\n" + emit.Indent(2, o.LocalReplyConfig)
		files = append(files, emit.File{Name: LocalReplyFile, Text: []byte(text)})
	}
	whole, err := emit.Files(templates, &filled, WholeFile)
	return append(files, whole...), err
}
