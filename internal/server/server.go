// SPDX-License-Identifier: Apache-2.0

package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"gatewayresponses/internal/control"
	"gatewayresponses/internal/deliver/file"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/server/oidc"
	"gatewayresponses/internal/store"
)

// Server is a server that listens.
type Server struct {
	settings Settings
	log      *slog.Logger
	store    store.Store
	control  *control.Control
	envoys   *xds.Server
	// files delivers into files, nil unless the settings have a folder for them.
	files   *file.Writer
	metrics *metrics
	limits  limits
	bodies  bodies
	// provider signs people in without a key, nil unless the settings have one.
	provider *oidc.Provider
	// link signs in whoever has it, once.
	link link
	// certificate is that of HTTP, nil without TLS.
	certificate *certificate
	listeners   listeners
	stopping    atomic.Bool
}

// listeners are where the server listens.
type listeners struct{ http, xds, ops net.Listener }

// Open opens the store and listens. Nothing is answered before Run; who does not run a server closes it.
func Open(ctx context.Context, settings Settings) (_ *Server, err error) {
	if err := settings.Check(); err != nil {
		return nil, err
	}
	if settings.Log == nil {
		settings.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{settings: settings, log: settings.Log, metrics: newMetrics(), limits: usualLimits}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.store, err = settings.OpenStore(ctx); err != nil {
		return nil, err
	}
	if s.control, err = settings.NewControl(s.store); err != nil {
		return nil, err
	}
	if settings.OIDC.Issuer != "" {
		if s.provider, err = settings.newProvider(); err != nil {
			return nil, err
		}
	}
	s.metrics.registry.MustRegister(collector{s.control, s.log})
	if _, err := s.control.ReadFiles(ctx, settings.Source); err != nil {
		return nil, fmt.Errorf("--source: %w", err)
	}
	if settings.HTTP.tls() {
		if s.certificate, err = newCertificate(settings.HTTP); err != nil {
			return nil, err
		}
	}
	if err := s.listen(); err != nil {
		return nil, err
	}
	s.envoys = s.newXDS()
	s.metrics.registry.MustRegister(s.envoys)
	if folder := settings.Files; folder != "" {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, fmt.Errorf("--files: %w", err)
		}
		s.files = file.New(s.control, folder, s.log)
		s.metrics.registry.MustRegister(filesFailing(s.files))
	}
	return s, nil
}

// newXDS makes what delivers to Envoys.
func (s *Server) newXDS() *xds.Server {
	options := xds.Options{Source: s.control, Watcher: s.control, Lines: s.control, Replica: replica(), Grants: s.settings.Grants, Log: s.log}
	if e := s.settings.XDS; e.tls() {
		options.TLS = &xds.TLS{Certificate: e.Certificate, Key: e.Key, ClientCA: e.ClientCA}
	}
	return xds.New(options)
}

// replica names this process among the servers on one store.
func replica() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d", host, os.Getpid())
}

// listen takes the addresses.
func (s *Server) listen() (err error) {
	for _, l := range []struct {
		at      *net.Listener
		address string
	}{{&s.listeners.http, s.settings.HTTP.Address}, {&s.listeners.xds, s.settings.XDS.Address}, {&s.listeners.ops, s.settings.Ops}} {
		if *l.at, err = net.Listen("tcp", l.address); err != nil {
			return err
		}
	}
	return nil
}

// URL is where AWS's API and /v1 are, as this machine reaches them.
func (s *Server) URL() string {
	scheme := "http://"
	if s.certificate != nil {
		scheme = "https://"
	}
	return scheme + reachable(s.listeners.http.Addr())
}

// reachable is an address that leads to a listener from this machine: one that listens everywhere is localhost.
func reachable(at net.Addr) string {
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return at.String()
}

// Control is what carries out what callers ask for.
func (s *Server) Control() *control.Control { return s.control }

// XDSAddress is where Envoys get their documents.
func (s *Server) XDSAddress() net.Addr { return s.listeners.xds.Addr() }

// OpsAddress is where health and metrics are.
func (s *Server) OpsAddress() net.Addr { return s.listeners.ops.Addr() }

// Run answers until ctx ends, then brings to an end what is under way, and closes the server.
func (s *Server) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	context.AfterFunc(ctx, func() { s.stopping.Store(true) })
	group.Go(func() error { return s.serve(ctx, s.listeners.ops, s.ops()) })
	group.Go(func() error { return s.envoys.Serve(ctx, s.listeners.xds) })
	if s.files != nil {
		group.Go(func() error { return s.files.Run(ctx) })
	}
	group.Go(func() error { return s.control.Run(ctx) })
	if s.provider != nil {
		group.Go(func() error { s.provider.Look(ctx); return nil })
	}
	if folder := s.settings.Source; folder != "" {
		group.Go(func() error { return s.control.FollowFiles(ctx, folder) })
	}
	var l net.Listener = &limitListener{Listener: s.listeners.http, max: s.limits.connections, refused: s.metrics.refused.Inc}
	if s.certificate != nil {
		group.Go(func() error { return s.certificate.follow(ctx, s.log) })
		l = s.certificate.listener(l)
	}
	group.Go(func() error { return s.serve(ctx, l, s.observed(s.api())) })
	return errors.Join(group.Wait(), s.Close())
}

// serve serves HTTP until ctx ends, and waits for the answers that are under way.
func (s *Server) serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := s.limits.server(handler)
	server.ErrorLog = slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.limits.stop)
		defer cancel()
		err := server.Shutdown(last)
		if err != nil {
			err = errors.Join(fmt.Errorf("not all answers were out after %s: %w", s.limits.stop, err), server.Close())
		}
		stopped <- err
	})
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	return <-stopped
}

// Close lets go of all that Open took.
func (s *Server) Close() error {
	var failed []error
	for _, l := range []net.Listener{s.listeners.http, s.listeners.xds, s.listeners.ops} {
		if l == nil {
			continue
		}
		if err := l.Close(); !errors.Is(err, net.ErrClosed) {
			failed = append(failed, err)
		}
	}
	if s.store != nil {
		failed = append(failed, s.store.Close())
	}
	return errors.Join(failed...)
}
