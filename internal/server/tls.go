// SPDX-License-Identifier: Apache-2.0

package server

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"sync/atomic"

	"gatewayresponses/internal/watch"
)

// certificate is a certificate in two files, read anew when they change.
type certificate struct {
	endpoint Endpoint
	watcher  *watch.Watcher
	current  atomic.Pointer[tls.Certificate]
}

func newCertificate(e Endpoint) (*certificate, error) {
	c := &certificate{endpoint: e, watcher: watch.New(e.Certificate, e.Key)} // before they are read, so that no change is missed
	return c, c.load()
}

func (c *certificate) load() error {
	loaded, err := tls.LoadX509KeyPair(c.endpoint.Certificate, c.endpoint.Key)
	if err == nil {
		c.current.Store(&loaded)
	}
	return err
}

// follow reads the files anew when they change, until ctx ends. Bad ones are said, and the last good ones go on.
func (c *certificate) follow(ctx context.Context, log *slog.Logger) error {
	return c.watcher.Run(ctx, func() error {
		if err := c.load(); err != nil {
			log.Error("certificate not read; the one before goes on", "file", c.endpoint.Certificate, "error", err)
			return nil
		}
		log.Info("certificate read anew", "file", c.endpoint.Certificate)
		return nil
	})
}

// listener adds TLS to a listener.
func (c *certificate) listener(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.current.Load(), nil
		},
	})
}
