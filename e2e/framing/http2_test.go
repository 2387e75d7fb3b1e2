// SPDX-License-Identifier: Apache-2.0

package framing

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// askHTTP2 sends a request over a connection of its own, and a second one when the first has been answered.
func askHTTP2(address string, w way, to target, again bool) outcome {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return outcome{problem: err.Error()}
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(patience))
	framer := http2.NewFramer(connection, connection)
	framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	const window = 1 << 24
	_, err = io.WriteString(connection, http2.ClientPreface)
	if err := errors.Join(err, framer.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: window}), framer.WriteWindowUpdate(0, window)); err != nil {
		return outcome{problem: err.Error()}
	}
	whole := w.sent == w.size && !w.tunnels()
	_ = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block(w.http2Lines(to)), EndHeaders: true, EndStream: whole && w.size == 0})
	if w.sent > 0 {
		_ = framer.WriteData(1, whole, []byte(strings.Repeat("b", w.sent)))
	}
	got := readHTTP2(framer, 1, w)
	if got.problem != "" || got.tunnel || got.closing || !again {
		return got
	}
	_ = connection.SetDeadline(time.Now().Add(patience))
	next := way{method: http.MethodGet}
	_ = framer.WriteHeaders(http2.HeadersFrameParam{
		StreamID: 3, EndHeaders: true, EndStream: true,
		BlockFragment: block([]string{":method: GET", ":scheme: http", ":authority: a", ":path: " + second}),
	})
	after := readHTTP2(framer, 3, next)
	if after.problem != "" || after.status != http.StatusOK || after.body != secondBody {
		got.next = fmt.Sprintf("the second reply is %d %.60q %s", after.status, after.body, after.problem)
	}
	return got
}

// http2Lines are the headers of a request over HTTP/2.
func (w way) http2Lines(to target) []string {
	lines := []string{":method: " + w.method}
	if w.plainConnect() {
		return append(lines, ":authority: "+to.authority())
	}
	if w.protocol != "" {
		lines = append(lines, ":protocol: "+w.protocol)
	}
	lines = append(lines, ":scheme: http", ":authority: a", ":path: "+to.path())
	if w.protocol != "" {
		lines = append(lines, "sec-websocket-version: 13")
	}
	if w.size > 0 {
		lines = append(lines, "content-length: "+strconv.Itoa(w.size))
	}
	return append(lines, w.headers...)
}

// readHTTP2 reads the reply on a stream to its end. Frames of another stream are a problem: nothing else is asked for.
func readHTTP2(framer *http2.Framer, stream uint32, w way) outcome {
	var got outcome
	for {
		frame, err := framer.ReadFrame()
		if got.hangs = errors.Is(err, os.ErrDeadlineExceeded); got.hangs {
			err = errors.New("it hangs")
		}
		if err != nil {
			got.problem = fmt.Sprintf("after status %d and %d bytes: %v", got.status, len(got.body), err)
			return got
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				_ = framer.WriteSettingsAck()
			}
		case *http2.GoAwayFrame:
			got.closing = true
			if frame.ErrCode != http2.ErrCodeNo {
				got.problem = fmt.Sprintf("GOAWAY %s %q", frame.ErrCode, frame.DebugData())
				return got
			}
		case *http2.RSTStreamFrame:
			if frame.StreamID == stream {
				got.problem = fmt.Sprintf("after status %d and %d bytes: RST_STREAM %s", got.status, len(got.body), frame.ErrCode)
				got.abrupt = true
				return got
			}
			if frame.ErrCode != http2.ErrCodeNo {
				got.problem = fmt.Sprintf("RST_STREAM %s of the stream before", frame.ErrCode)
				return got
			}
		case *http2.MetaHeadersFrame:
			if got.head(frame, w) || frame.StreamEnded() {
				return got.atEnd(w)
			}
		case *http2.DataFrame:
			got.body += string(frame.Data())
			if frame.StreamEnded() {
				return got.atEnd(w)
			}
		}
	}
}

// head takes the headers of a reply, or its trailers, and reports whether they make the stream a tunnel.
func (o *outcome) head(frame *http2.MetaHeadersFrame, w way) bool {
	if o.status >= 200 {
		return false // trailers
	}
	o.status, _ = strconv.Atoi(frame.PseudoValue("status"))
	o.headers = textproto.MIMEHeader{}
	for _, field := range frame.RegularFields() {
		o.headers.Add(field.Name, field.Value)
	}
	o.tunnel = w.method == http.MethodConnect && o.status >= 200 && o.status < 300
	return o.tunnel
}

// atEnd compares the body that came with the length that was announced.
func (o outcome) atEnd(w way) outcome {
	lengths := o.headers["Content-Length"]
	switch {
	case o.tunnel || o.problem != "":
	case len(lengths) > 1:
		o.problem = fmt.Sprintf("content-length %q", lengths)
	case w.method == http.MethodHead, o.status == http.StatusNotModified, o.status == http.StatusNoContent:
		if o.body != "" {
			o.problem = fmt.Sprintf("%d bytes of a body that must not be", len(o.body))
		}
	case len(lengths) == 1 && lengths[0] != strconv.Itoa(len(o.body)):
		o.problem = fmt.Sprintf("content-length %s before %d bytes", lengths[0], len(o.body))
	}
	return o
}
