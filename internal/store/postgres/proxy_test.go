// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgres_test

import (
	"bytes"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// proxy stands between a store and PostgreSQL, and loses connections.
type proxy struct {
	// server is the socket of PostgreSQL.
	server string
	mu     sync.Mutex
	loss   loss
	open   map[net.Conn]struct{}
}

// loss says at which query of a client its connection is lost.
type loss struct {
	query string
	// delivered is for a query that reaches the server, so that only its answer is lost.
	delivered bool
	// times is how often the connection is lost.
	times int
	// then, if it is there, is called before the client notices.
	then func()
}

// socketName is what PostgreSQL calls its socket.
const socketName = ".s.PGSQL.5432"

// startProxy starts a proxy for a server whose socket is in a folder, and gives what an address is by way of it.
func startProxy(t *testing.T, folder, address string) (*proxy, string) {
	t.Helper()
	// The name of a socket must be short, which t.TempDir is not.
	own, err := os.MkdirTemp("", "gwrd-proxy-")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", filepath.Join(own, socketName))
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{server: filepath.Join(folder, socketName), open: map[net.Conn]struct{}{}}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { p.serve(client) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		p.loseAll()
		serving.Wait()
		_ = os.RemoveAll(own)
	})
	return p, strings.Replace(address, url.QueryEscape(folder), url.QueryEscape(own), 1)
}

// lose says where connections are lost from now on.
func (p *proxy) lose(next loss) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loss = next
}

// left is how many connections are still to be lost.
func (p *proxy) left() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.loss.times
}

// lost gives the loss that a message of a client comes to, if it does.
func (p *proxy) lost(message []byte) (loss, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.loss.times == 0 || !bytes.Contains(message, []byte(p.loss.query)) {
		return loss{}, false
	}
	p.loss.times--
	return p.loss, true
}

// loseAll loses all connections.
func (p *proxy) loseAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn := range p.open {
		_ = conn.Close()
	}
}

func (p *proxy) serve(client net.Conn) {
	server, err := net.Dial("unix", p.server)
	if err != nil {
		_ = client.Close()
		return
	}
	p.mu.Lock()
	p.open[client], p.open[server] = struct{}{}, struct{}{}
	p.mu.Unlock()
	// An answer that is to be lost is taken by who loses it.
	var answers sync.Mutex
	var answering sync.WaitGroup
	answering.Go(func() {
		buffer := make([]byte, 64<<10)
		for {
			n, err := server.Read(buffer)
			answers.Lock()
			if n > 0 && err == nil {
				_, err = client.Write(buffer[:n])
			}
			answers.Unlock()
			if err != nil {
				_ = client.Close()
				return
			}
		}
	})
	p.forward(client, server, &answers)
	_, _ = client.Close(), server.Close()
	answering.Wait()
	p.mu.Lock()
	delete(p.open, client)
	delete(p.open, server)
	p.mu.Unlock()
}

// forward carries messages to the server until a connection is lost.
func (p *proxy) forward(client, server net.Conn, answers *sync.Mutex) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		lost, now := p.lost(buffer[:n])
		if now {
			answers.Lock()
			defer answers.Unlock()
		}
		if !now || lost.delivered {
			if _, err := server.Write(buffer[:n]); err != nil {
				return
			}
		}
		if now {
			if lost.then != nil {
				lost.then()
			}
			_ = client.Close()
			return
		}
	}
}
