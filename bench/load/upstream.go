// SPDX-License-Identifier: Apache-2.0

package load

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// The upstream's replies.
const (
	// GoodBody is that of the small reply.
	GoodBody = "ok\n"
	// ErrorBody is that of the upstream's own error.
	ErrorBody = "{\"error\":\"the upstream's own\"}\n"
	// LargeBody is the size of the large one, in bytes.
	LargeBody = 1 << 20
)

// Paths that the upstream knows besides: any other gets GoodBody with status 200, once the request is read to its end.
const (
	// PathError gets ErrorBody with status 503.
	PathError = "/upstream-error"
	// PathDownload gets LargeBody bytes.
	PathDownload = "/download"
)

// replies are the upstream's, by path.
var replies = map[string][]byte{
	PathError:    reply("503 Service Unavailable", "application/json", ErrorBody),
	PathDownload: reply("200 OK", "application/octet-stream", strings.Repeat("d", LargeBody)),
}

// good is the reply to all other paths.
var good = reply("200 OK", "text/plain", GoodBody)

// reply is the text of an HTTP/1.1 reply.
func reply(status, contentType, body string) []byte {
	return []byte("HTTP/1.1 " + status + "\r\ncontent-type: " + contentType + "\r\ncontent-length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body)
}

// ServeUpstream answers HTTP/1.1 requests until the listener is closed.
func ServeUpstream(listener net.Listener) error {
	for {
		c, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		go func() {
			defer c.Close()
			// The proxy closes connections when it ends.
			_ = answer(c)
		}()
	}
}

// answer serves one connection until it ends.
func answer(c io.ReadWriter) error {
	r := bufio.NewReaderSize(c, 64<<10)
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		words := bytes.Fields(line)
		if len(words) != 3 {
			return fmt.Errorf("the request begins with %q", line)
		}
		text, known := replies[string(words[1])]
		if !known {
			text = good
		}
		length, err := readHeaders(r)
		if err != nil {
			return err
		}
		if _, err := r.Discard(max(length, 0)); err != nil {
			return err
		}
		if _, err := c.Write(text); err != nil {
			return err
		}
	}
}
