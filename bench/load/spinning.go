// SPDX-License-Identifier: Apache-2.0

package load

import (
	"errors"
	"net"
	"runtime"
	"syscall"

	"gatewayresponses/bench/process"
)

// spinning is a connection whose reader asks for bytes again and again. One that slept would be woken by each reply, at the cost of
// the proxy, and only by a proxy that is slower than the generator: the dearer a variant is, the more often.
type spinning struct {
	net.Conn
	raw syscall.RawConn
}

// dial connects. A generator that sends at a given rate sleeps anyway.
func dial(s Spec) (net.Conn, error) {
	c, err := net.Dial("tcp", s.Address)
	if err != nil || s.Rate > 0 {
		return c, err
	}
	raw, err := c.(*net.TCPConn).SyscallConn() //nolint:forcetypeassert // it has been dialed as one
	return &spinning{c, raw}, err
}

// Read reads what has come, as soon as something has. The upstream may be on the same core, and goes first.
func (s *spinning) Read(into []byte) (n int, err error) {
	for {
		var failed error
		if err := s.raw.Control(func(fd uintptr) { n, failed = syscall.Read(int(fd), into) }); err != nil {
			return 0, err
		}
		switch {
		case errors.Is(failed, syscall.EAGAIN), errors.Is(failed, syscall.EINTR):
			process.Yield()
			runtime.Gosched()
		case failed != nil:
			return 0, failed
		case n == 0:
			return s.Conn.Read(into) // what the end is called
		default:
			return n, nil
		}
	}
}
