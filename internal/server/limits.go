// SPDX-License-Identifier: Apache-2.0

package server

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// limits are what clients may cost. One that sends or reads too slowly loses its connection, whatever else it does.
type limits struct {
	// connections is how many there may be of HTTP.
	connections int64
	// headers is the size of the headers of a request, in bytes.
	headers int
	// bodies is what the bodies of all requests together may take, in bytes.
	bodies int64
	// header and read are how long a request may take to arrive, its header and the whole; write is how long the answer may take to
	// leave after the header has come, and idle how long a connection may wait for the next request.
	header, read, write, idle time.Duration
	// answer is how long the server may work on an answer.
	answer time.Duration
	// stop is how long requests may take that are under way when the server stops.
	stop time.Duration
}

var usualLimits = limits{
	connections: 4096, headers: 64 << 10, bodies: 256 << 20,
	header: 10 * time.Second, read: time.Minute, write: 2 * time.Minute, idle: time.Minute,
	answer: 30 * time.Second, stop: 10 * time.Second,
}

// server is an HTTP server with the limits.
func (l limits) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, MaxHeaderBytes: l.headers,
		ReadHeaderTimeout: l.header, ReadTimeout: l.read, WriteTimeout: l.write, IdleTimeout: l.idle,
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
