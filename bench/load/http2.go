// SPDX-License-Identifier: Apache-2.0

package load

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strconv"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// window is the flow control window of a connection and of each stream, in bytes: more than a run can receive before the next
// update.
const window = 1 << 30

// h2 is a connection with several requests at a time. Requests have no body.
type h2 struct {
	conn    net.Conn
	writer  *bufio.Writer
	framer  *http2.Framer
	block   []byte
	streams int
	next    uint32
	// open are the streams whose reply is not complete.
	open map[uint32]*stream
	// received are bytes of bodies that the window was not yet opened for.
	received uint32
}

// stream is one request.
type stream struct {
	sent           time.Time
	status, length int
}

// dialHTTP2 connects, with prior knowledge.
func dialHTTP2(s Spec) (connection, error) {
	c, err := dial(s)
	if err != nil {
		return nil, err
	}
	h := &h2{conn: c, writer: bufio.NewWriterSize(c, 64<<10), block: headerBlock(s), streams: s.Streams, next: 1, open: map[uint32]*stream{}}
	h.framer = http2.NewFramer(h.writer, bufio.NewReaderSize(c, 64<<10))
	h.framer.SetReuseFrames()
	h.framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	// What the writer refuses, flush reports.
	_, _ = h.writer.WriteString(http2.ClientPreface)
	_ = h.framer.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: window}, http2.Setting{ID: http2.SettingEnablePush, Val: 0})
	_ = h.framer.WriteWindowUpdate(0, window)
	return h, h.writer.Flush()
}

// headerBlock encodes the headers of all requests without the dynamic table, so that the same bytes serve each of them.
func headerBlock(s Spec) []byte {
	var block bytes.Buffer
	encoder := hpack.NewEncoder(&block)
	encoder.SetMaxDynamicTableSize(0)
	all := [][2]string{{":method", s.Method}, {":scheme", "http"}, {":authority", Host}, {":path", s.Path}}
	for _, h := range append(all, headers...) {
		// A write to a buffer does not fail.
		_ = encoder.WriteField(hpack.HeaderField{Name: h[0], Value: h[1], Sensitive: true})
	}
	return block.Bytes()
}

func (h *h2) close() { _ = h.conn.Close() }

func (h *h2) run(until time.Time, r *recorder) error {
	for range h.streams {
		if err := h.send(); err != nil {
			return err
		}
	}
	for len(h.open) > 0 {
		if err := h.writer.Flush(); err != nil {
			return err
		}
		done, err := h.read()
		if err != nil {
			return err
		}
		if done == nil {
			continue
		}
		now := time.Now()
		if err := r.note(done.status, done.length, now.Sub(done.sent)); err != nil {
			return err
		}
		if now.Before(until) {
			if err := h.send(); err != nil {
				return err
			}
		}
	}
	return nil
}

// send starts a stream.
func (h *h2) send() error {
	h.open[h.next] = &stream{sent: time.Now()}
	err := h.framer.WriteHeaders(http2.HeadersFrameParam{StreamID: h.next, BlockFragment: h.block, EndStream: true, EndHeaders: true})
	h.next += 2
	return err
}

// read reads a frame and returns the stream that it ends, nil if it ends none.
func (h *h2) read() (*stream, error) {
	frame, err := h.framer.ReadFrame()
	if err != nil {
		return nil, err
	}
	id := frame.Header().StreamID
	s := h.open[id]
	switch frame := frame.(type) {
	case *http2.MetaHeadersFrame:
		if s == nil {
			return nil, fmt.Errorf("headers on stream %d, which is not open", id)
		}
		if s.status == 0 {
			if s.status, err = strconv.Atoi(frame.PseudoValue("status")); err != nil {
				return nil, fmt.Errorf("a reply has the status %q", frame.PseudoValue("status"))
			}
		}
		return h.ended(id, frame.StreamEnded()), nil
	case *http2.DataFrame:
		if s == nil {
			return nil, fmt.Errorf("data on stream %d, which is not open", id)
		}
		s.length += len(frame.Data())
		return h.ended(id, frame.StreamEnded()), h.consumed(frame.Length)
	case *http2.SettingsFrame:
		if !frame.IsAck() {
			return nil, h.framer.WriteSettingsAck()
		}
	case *http2.PingFrame:
		if !frame.IsAck() {
			return nil, h.framer.WritePing(true, frame.Data)
		}
	case *http2.RSTStreamFrame, *http2.GoAwayFrame:
		return nil, fmt.Errorf("the proxy sent %v", frame)
	}
	return nil, nil
}

// ended closes a stream if this was its end.
func (h *h2) ended(id uint32, end bool) *stream {
	if !end {
		return nil
	}
	s := h.open[id]
	delete(h.open, id)
	return s
}

// consumed opens the window of the connection again.
func (h *h2) consumed(n uint32) error {
	h.received += n
	if h.received < window/2 {
		return nil
	}
	n, h.received = h.received, 0
	return h.framer.WriteWindowUpdate(0, n)
}
