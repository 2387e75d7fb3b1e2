// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	logs "github.com/envoyproxy/go-control-plane/envoy/service/accesslog/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	metrics "github.com/envoyproxy/go-control-plane/envoy/service/metrics/v3"
	"github.com/envoyproxy/go-control-plane/pkg/server/delta/v3"
	"golang.org/x/net/netutil"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"

	"gatewayresponses/internal/deliver"
)

// Options are how a Server works.
type Options struct {
	// Source knows what to deliver.
	Source deliver.Source
	// Watcher is told of nodes.
	Watcher deliver.Watcher
	// Lines takes lines of access logs; nil where nobody waits for any, and Envoys may not send them.
	Lines deliver.LogReader
	// Replica names this server among its replicas.
	Replica string
	// TLS is nil for a server on loopback that takes whoever comes.
	TLS *TLS
	// Grants say which clients may have which gateways; without any, each may have all.
	Grants []Grant
	// MaxStreams is how many streams there may be, 0 for 20,000. MaxConnections likewise; above it, clients wait.
	MaxStreams, MaxConnections int
	// Log is where it says what it does by itself; nil is nowhere.
	Log *slog.Logger
}

// Limits that a Server has unless its options say otherwise, and those that they do not change.
const (
	defaultMaxStreams = 20_000
	// streamsPerConnection is how many streams a client may have on a connection.
	streamsPerConnection = 100
	// maxMessage bounds what a client may send at once, in bytes: all statistics of a large Envoy.
	maxMessage = 16 << 20
	// connectTimeout is how long a client may take to connect, TLS included.
	connectTimeout = 10 * time.Second
	// keepaliveTime and keepaliveTimeout find connections that are dead; clients may ask as often as keepaliveMin.
	keepaliveTime, keepaliveTimeout, keepaliveMin = 30 * time.Second, 10 * time.Second, 5 * time.Second
	// stopTimeout is how long streams may take to end when the server stops.
	stopTimeout = 2 * time.Second
)

// Server delivers documents by xDS.
type Server struct {
	options Options
	hub     *hub
}

// New makes a Server.
func New(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.MaxStreams == 0 {
		o.MaxStreams = defaultMaxStreams
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = defaultMaxStreams
	}
	return &Server{o, newHub(o.Replica, time.Now)}
}

// Ready says why the server cannot deliver yet.
func (s *Server) Ready() error {
	if !s.hub.loaded() {
		return errors.New("xds: what to deliver has not been read yet")
	}
	return nil
}

// Serve serves on a listener, which it closes, until ctx ends. Streams then end and their clients go elsewhere. Without TLS the
// listener must be on loopback.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	options, watchFiles, err := s.security(l)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	group, ctx := errgroup.WithContext(ctx)
	server := grpc.NewServer(append(options, s.limits()...)...)
	s.register(ctx, server)
	group.Go(func() error {
		s.follow(ctx)
		return nil
	})
	group.Go(func() error { return s.hub.tell(ctx, s.options.Watcher) })
	group.Go(func() error { return watchFiles(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		stop(server)
		return nil
	})
	group.Go(func() error {
		if err := server.Serve(netutil.LimitListener(l, s.options.MaxConnections)); err != nil && !errors.Is(err, grpc.ErrServerStopped) {
			return fmt.Errorf("xds: %w", err)
		}
		return nil
	})
	return group.Wait()
}

// follow keeps the hub up to date with the source until ctx ends. While the source fails, nodes keep what they have.
func (s *Server) follow(ctx context.Context) {
	deliver.Follow(ctx, s.options.Source, s.hub.load, func(err error, retry time.Duration) {
		if err != nil {
			s.options.Log.Error("cannot read what to deliver; nodes keep what they have", "error", err, "retry", retry)
		}
	})
}

// register adds the services.
func (s *Server) register(ctx context.Context, server *grpc.Server) {
	streams := delta.NewServer(ctx, s.hub, s.hub)
	extension.RegisterExtensionConfigDiscoveryServiceServer(server, extensionService{streams: streams})
	discovery.RegisterAggregatedDiscoveryServiceServer(server, aggregatedService{streams: streams})
	metrics.RegisterMetricsServiceServer(server, &metricsService{s.hub, ctx})
	if s.options.Lines != nil {
		logs.RegisterAccessLogServiceServer(server, &logService{reader: s.options.Lines, ctx: ctx})
	}
}

// limits are the bounds of connections and streams.
func (s *Server) limits() []grpc.ServerOption {
	return []grpc.ServerOption{
		grpc.ForceServerCodecV2(newSharing()),
		grpc.MaxConcurrentStreams(streamsPerConnection),
		grpc.MaxRecvMsgSize(maxMessage),
		grpc.ConnectionTimeout(connectTimeout),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: keepaliveTime, Timeout: keepaliveTimeout}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: keepaliveMin, PermitWithoutStream: true}),
		grpc.StreamInterceptor(admission(s.options.MaxStreams, s.options.Grants)),
	}
}

// stop ends a server: streams that do not end by themselves are cut off.
func stop(server *grpc.Server) {
	cut := time.AfterFunc(stopTimeout, server.Stop)
	defer cut.Stop()
	server.GracefulStop()
}
