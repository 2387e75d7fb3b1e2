// SPDX-License-Identifier: Apache-2.0

package framing

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// outcome is what came of an exchange.
type outcome struct {
	status  int
	headers textproto.MIMEHeader
	body    string
	// tunnel says that the client has to take the connection, or the stream, for a tunnel now.
	tunnel bool
	// closing says that the proxy takes no further request on the connection, over HTTP/2.
	closing bool
	// problem is the rule of HTTP that was broken, "" for none; next the one that the reply to a second request broke.
	problem, next string
	// hangs says that something never came, abrupt that it is only that the connection or the stream was closed too early.
	hangs, abrupt bool
}

// patience is how long a reply may take, and the end of a connection.
const patience = 8 * time.Second

// askHTTP1 sends a request over a connection of its own, and a second one when the first leaves the connection open.
func askHTTP1(address string, w way, to target, again bool) outcome {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return outcome{problem: err.Error()}
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(patience))
	if _, err := io.WriteString(connection, w.http1(to)); err != nil {
		return outcome{problem: "the request cannot be sent: " + err.Error()}
	}
	reader := bufio.NewReader(connection)
	got, open := readHTTP1(reader, w.method, w.protocol != "")
	switch {
	case got.problem != "" || got.tunnel:
	case reader.Buffered() > 0:
		rest, _ := reader.Peek(reader.Buffered())
		got.problem = fmt.Sprintf("%d bytes after the end of the reply: %.60q", len(rest), rest)
	case !open:
		got.problem = atEnd(reader)
	case w.sent < w.size || !again:
		// Without the rest of its body a request cannot be followed by another one.
	default:
		_ = connection.SetDeadline(time.Now().Add(patience))
		got.next, got.abrupt = askSecond(connection, reader)
	}
	return got
}

// askSecond sends the second request and compares its reply.
func askSecond(connection net.Conn, reader *bufio.Reader) (problem string, abrupt bool) {
	if _, err := io.WriteString(connection, "GET "+second+" HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"); err != nil {
		return "the second request cannot be sent: " + err.Error(), true
	}
	got, open := readHTTP1(reader, http.MethodGet, false)
	if got.problem != "" {
		return "the second reply: " + got.problem, got.abrupt
	}
	if got.status != http.StatusOK || got.body != secondBody || open {
		return fmt.Sprintf("the second reply is %d %.60q, and open = %v", got.status, got.body, open), false
	}
	return atEnd(reader), false
}

// atEnd is what is wrong with the end of a connection that should have nothing more to say.
func atEnd(reader io.Reader) string {
	rest, err := io.ReadAll(reader)
	switch {
	case len(rest) > 0:
		return fmt.Sprintf("%d bytes after the end of the last reply: %.60q", len(rest), rest)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "the connection was said to close, and stays open"
	}
	return "" // closed, or reset because a request body was not read
}

// readHTTP1 reads a reply by RFC 9112, section 6.3, and reports whether the connection stays open after it.
func readHTTP1(reader *bufio.Reader, method string, upgrade bool) (got outcome, open bool) {
	text := textproto.NewReader(reader)
	version := ""
	for {
		line, err := text.ReadLine()
		if err != nil {
			return failed(got, "the status line", err), false
		}
		var code string
		version, code, _ = strings.Cut(line, " ")
		code, _, _ = strings.Cut(code, " ")
		if got.status, err = strconv.Atoi(code); err != nil || !strings.HasPrefix(version, "HTTP/1.") {
			return failed(got, "the status line", fmt.Errorf("%.60q", line)), false
		}
		if got.headers, err = text.ReadMIMEHeader(); err != nil {
			return failed(got, "the headers", err), false
		}
		if got.status >= 200 || got.status == http.StatusSwitchingProtocols {
			break
		}
	}
	if got.status == http.StatusSwitchingProtocols || method == http.MethodConnect && got.status < 300 {
		got.tunnel = true
		if got.status == http.StatusSwitchingProtocols && !upgrade {
			got.problem = "101 to a request that asked for no upgrade"
		}
		return got, false
	}
	closes := strings.EqualFold(got.headers.Get("Connection"), "close") ||
		version == "HTTP/1.0" && !strings.EqualFold(got.headers.Get("Connection"), "keep-alive")
	delimited, err := got.readBody(reader, method)
	if err != nil {
		return failed(got, "the body", err), false
	}
	return got, delimited && !closes
}

// failed is an outcome with a part that could not be read.
func failed(got outcome, part string, err error) outcome {
	got.abrupt = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET)
	if got.hangs = errors.Is(err, os.ErrDeadlineExceeded); got.hangs {
		err = errors.New("it hangs")
	}
	got.problem = part + ": " + err.Error()
	return got
}

// readBody reads the body, and reports whether anything but the end of the connection delimits it.
func (o *outcome) readBody(reader *bufio.Reader, method string) (delimited bool, err error) {
	lengths, codings := o.headers["Content-Length"], o.headers["Transfer-Encoding"]
	switch {
	case len(lengths) > 1, len(lengths) == 1 && len(codings) > 0:
		return true, fmt.Errorf("content-length %q with transfer-encoding %q", lengths, codings)
	case o.status == http.StatusNoContent && len(lengths)+len(codings) > 0:
		return true, fmt.Errorf("a 204 with content-length %q, transfer-encoding %q", lengths, codings)
	case method == http.MethodHead, o.status == http.StatusNoContent, o.status == http.StatusNotModified:
		return true, nil
	case len(codings) > 0:
		if codings[0] != "chunked" {
			return true, fmt.Errorf("transfer-encoding %q", codings)
		}
		o.body, err = readChunks(reader)
		return true, err
	case len(lengths) == 1:
		length, err := strconv.Atoi(lengths[0])
		if err != nil {
			return true, err
		}
		body := make([]byte, length)
		n, err := io.ReadFull(reader, body)
		o.body = string(body[:n])
		return true, err
	}
	body, err := io.ReadAll(reader)
	o.body = string(body)
	return false, err
}

// readChunks reads a chunked body with its trailers.
func readChunks(reader *bufio.Reader) (string, error) {
	text := textproto.NewReader(reader)
	var body strings.Builder
	for {
		line, err := text.ReadLine()
		if err != nil {
			return body.String(), err
		}
		size, err := strconv.ParseInt(line, 16, 32)
		if err != nil {
			return body.String(), fmt.Errorf("a chunk of size %.60q", line)
		}
		if size == 0 {
			_, err := text.ReadMIMEHeader()
			return body.String(), err
		}
		if _, err := io.CopyN(&body, reader, size); err != nil {
			return body.String(), err
		}
		if end, err := text.ReadLine(); err != nil || end != "" {
			return body.String(), fmt.Errorf("%.60q after a chunk, %w", end, err)
		}
	}
}
