// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// TLS names the files of a server, as PEM. All three are needed: a client that shows no certificate of the CA gets nothing.
type TLS struct {
	// Certificate is the server's, with what is between it and its CA, and Key its private key.
	Certificate, Key string
	// ClientCA holds the certificates of those who may sign those of clients.
	ClientCA string
}

// reloadInterval is how often the files are looked at.
const reloadInterval = time.Second

// security are the options of gRPC by which the listener is safe, and what keeps them up to date.
func (s *Server) security(l net.Listener) ([]grpc.ServerOption, func(context.Context) error, error) {
	if s.options.TLS == nil {
		if !onLoopback(l.Addr()) {
			return nil, nil, fmt.Errorf("xds: %s is not a loopback address, and there is no TLS; give the server a certificate, its key and the CA of clients", l.Addr())
		}
		return nil, func(context.Context) error { return nil }, nil
	}
	c := &certificates{files: *s.options.TLS}
	if err := c.load(); err != nil {
		return nil, nil, fmt.Errorf("xds: %w", err)
	}
	creds := credentials.NewTLS(&tls.Config{
		MinVersion: tls.VersionTLS12,
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
			return c.current.Load(), nil
		},
	})
	return []grpc.ServerOption{grpc.Creds(creds)}, func(ctx context.Context) error { return c.follow(ctx, s.options.Log) }, nil
}

// onLoopback reports whether only this machine reaches an address.
func onLoopback(address net.Addr) bool {
	switch a := address.(type) {
	case *net.TCPAddr:
		return a.IP.IsLoopback()
	case *net.UnixAddr:
		return true
	}
	return false
}

// certificates are the files of TLS, read.
type certificates struct {
	files TLS
	// text is what the files held when they were read last.
	text    [3][]byte
	current atomic.Pointer[tls.Config]
}

// load reads the files if they hold something new. With an error, what was read before stays.
func (c *certificates) load() error {
	var text [3][]byte
	for i, path := range []string{c.files.Certificate, c.files.Key, c.files.ClientCA} {
		var err error
		if text[i], err = os.ReadFile(path); err != nil {
			return err
		}
	}
	if c.current.Load() != nil && bytes.Equal(text[0], c.text[0]) && bytes.Equal(text[1], c.text[1]) && bytes.Equal(text[2], c.text[2]) {
		return nil
	}
	pair, err := tls.X509KeyPair(text[0], text[1])
	if err != nil {
		return fmt.Errorf("%s and %s: %w", c.files.Certificate, c.files.Key, err)
	}
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM(text[2]) {
		return fmt.Errorf("%s: %w", c.files.ClientCA, errors.New("there is no certificate in it"))
	}
	c.text = text
	c.current.Store(&tls.Config{
		MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair},
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, NextProtos: []string{"h2"},
	})
	return nil
}

// follow reads the files again when they change. Connections that are there stay as they are.
func (c *certificates) follow(ctx context.Context, log *slog.Logger) error {
	ticker := time.NewTicker(reloadInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		before := c.current.Load()
		if err := c.load(); err != nil {
			log.Error("cannot read the certificates of xDS again; those read before are used", "error", err)
		} else if c.current.Load() != before {
			log.Info("the certificates of xDS were read again", "certificate", c.files.Certificate)
		}
	}
}
