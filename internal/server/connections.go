// SPDX-License-Identifier: Apache-2.0

package server

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// The limits of connections. A client that sends or reads too slowly loses its connection, whatever else it does.
const (
	maxConnections = 4096
	maxHeaders     = 64 << 10 // bytes
	headerTime     = 10 * time.Second
	readTime       = time.Minute
	writeTime      = 2 * time.Minute
	idleTime       = time.Minute
)

// limited sets the limits of an HTTP server.
func limited(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, MaxHeaderBytes: maxHeaders,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
	}
}

// limitListener closes connections beyond a number at once: those who come later learn it now, and do not wait in a queue.
type limitListener struct {
	net.Listener
	max     int64
	refused func()
	open    atomic.Int64
}

// Accept gives the next connection that there is room for.
func (l *limitListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if l.open.Add(1) <= l.max {
			return &limitedConn{Conn: conn, done: sync.OnceFunc(func() { l.open.Add(-1) })}, nil
		}
		l.open.Add(-1)
		l.refused()
		_ = conn.Close() // nothing was sent
	}
}

type limitedConn struct {
	net.Conn
	done func()
}

// Close makes room for another connection.
func (c *limitedConn) Close() error {
	c.done()
	return c.Conn.Close()
}
