// SPDX-License-Identifier: Apache-2.0

//go:build soak

package soak

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// kind is a kind of request and what must come back. %d in body is the number of the request.
type kind struct {
	path   string
	status int
	body   string
}

// clients send requests and look at each reply.
type clients struct {
	address string
	// errorsOfHundred is how many of a hundred requests fail.
	errorsOfHundred int
	stop            atomic.Bool
	group           sync.WaitGroup
	requests, fails atomic.Int64
	mu              sync.Mutex
	problems        []string
}

// maxProblems is how many problems are kept; with so many nobody needs more.
const maxProblems = 20

// outcome is what clients have sent and seen.
type outcome struct {
	requests, errors int
	problems         []string
}

// startClients begins a load.
func startClients(t *testing.T, address string, errorsOfHundred int) *clients {
	t.Helper()
	c := &clients{address: address, errorsOfHundred: errorsOfHundred}
	for n := range connections {
		c.group.Go(func() { c.run(n) })
	}
	t.Cleanup(func() { c.finish() })
	return c
}

// finish ends the load.
func (c *clients) finish() outcome {
	c.stop.Store(true)
	c.group.Wait()
	return outcome{int(c.requests.Load()), int(c.fails.Load()), c.problems}
}

// run sends over one connection after another: Envoy may close one at any time, but only behind a reply.
func (c *clients) run(first int) {
	for n := first; !c.stop.Load(); {
		connection, err := net.Dial("tcp", c.address)
		if err != nil {
			c.note(err)
			return
		}
		reader := bufio.NewReaderSize(connection, 16<<10)
		for closing := false; !closing && !c.stop.Load(); n += connections {
			if closing, err = c.exchange(connection, reader, n); err != nil {
				c.note(err)
				break
			}
		}
		_ = connection.Close()
		if err != nil {
			return
		}
	}
}

// note keeps a problem.
func (c *clients) note(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, err.Error())
	}
}

// kindOf is the kind of the request with a number: of a hundred, the last ones fail, in all ways in turn.
func (c *clients) kindOf(n int) kind {
	if n%100 < 100-c.errorsOfHundred {
		return kinds[0]
	}
	if c.errorsOfHundred == 1 {
		n /= 100
	}
	return kinds[1+n%(len(kinds)-1)]
}

// exchange sends one request, and reports whether Envoy closes the connection.
func (c *clients) exchange(connection net.Conn, reader *bufio.Reader, n int) (closing bool, err error) {
	k := c.kindOf(n)
	if err := connection.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return false, err
	}
	if _, err := fmt.Fprintf(connection, "GET %s?%d HTTP/1.1\r\nhost: gateway.example.com\r\nuser-agent: soak\r\n\r\n", k.path, n); err != nil {
		return false, err
	}
	reply, err := http.ReadResponse(reader, nil)
	if err != nil {
		return false, fmt.Errorf("%s: %w", k.path, err)
	}
	body, err := io.ReadAll(reply.Body)
	if err = errors.Join(err, reply.Body.Close()); err != nil {
		return false, fmt.Errorf("%s: the body: %w", k.path, err)
	}
	c.requests.Add(1)
	if reply.StatusCode >= http.StatusBadRequest {
		c.fails.Add(1)
	}
	want := k.body
	if strings.Contains(want, "%d") {
		want = fmt.Sprintf(want, n)
	}
	if reply.StatusCode != k.status || string(body) != want {
		return false, fmt.Errorf("%s?%d: %d %q, want %d %q", k.path, n, reply.StatusCode, body, k.status, want)
	}
	return reply.Close, nil
}
