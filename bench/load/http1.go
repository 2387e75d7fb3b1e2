// SPDX-License-Identifier: Apache-2.0

package load

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// connection is one connection to the proxy. run sends requests until a time, and then awaits the replies that are due.
type connection interface {
	run(until time.Time, r *recorder) error
	close()
}

// http1 is a connection with one request at a time.
type http1 struct {
	net.Conn
	reader   *bufio.Reader
	request  []byte
	bodiless bool
	interval time.Duration
}

// dialHTTP1 connects.
func dialHTTP1(s Spec) (connection, error) {
	c, err := dial(s)
	if err != nil {
		return nil, err
	}
	h := &http1{Conn: c, reader: bufio.NewReaderSize(c, 64<<10), request: s.request(), bodiless: s.Method == http.MethodHead}
	if s.Rate > 0 {
		h.interval = time.Second / time.Duration(s.Rate)
	}
	return h, nil
}

func (h *http1) close() { _ = h.Close() }

func (h *http1) run(until time.Time, r *recorder) error {
	for due := time.Now(); due.Before(until); {
		if _, err := h.Write(h.request); err != nil {
			return err
		}
		status, length, err := readReply(h.reader, h.bodiless)
		if err != nil {
			return err
		}
		now := time.Now()
		if err := r.note(status, length, now.Sub(due)); err != nil {
			return err
		}
		if h.interval == 0 {
			due = now
			continue
		}
		// A request that could not be sent in time has waited since it was due.
		due = due.Add(h.interval)
		time.Sleep(time.Until(due))
	}
	return nil
}

// readReply reads one reply: its status, and how many bytes its body has. bodiless says that it is one to HEAD. The reply
// must have a content-length, since all replies that are compared have one.
func readReply(r *bufio.Reader, bodiless bool) (status, length int, err error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(line) < len("HTTP/1.1 200") || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return 0, 0, fmt.Errorf("the reply begins with %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, fmt.Errorf("the reply begins with %q", line)
	}
	length, err = readHeaders(r)
	if err != nil || bodiless {
		return status, 0, err
	}
	if length < 0 {
		return 0, 0, errors.New("a reply has no content-length")
	}
	_, err = r.Discard(length)
	return status, length, err
}

// readHeaders reads up to the empty line and returns the content-length, -1 if there is none.
func readHeaders(r *bufio.Reader) (length int, err error) {
	const name = "content-length:"
	length = -1
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, errors.Join(err, io.ErrUnexpectedEOF)
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return length, nil
		}
		if len(line) > len(name) && bytes.EqualFold(line[:len(name)], []byte(name)) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(name):]))); err != nil || length < 0 {
				return 0, fmt.Errorf("a message has the header %q", line)
			}
		}
	}
}
