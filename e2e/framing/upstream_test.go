// SPDX-License-Identifier: Apache-2.0

package framing

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// find returns the answer that a request asks for: by the last part of its path, or for CONNECT by the first part of the host.
func find(path, authority string) (answer, bool) {
	name, _, _ := strings.Cut(authority, ".")
	if path != "" {
		name = path[strings.LastIndex(path, "/")+1:]
	}
	for _, a := range answers {
		if a.name == name {
			return a, true
		}
	}
	return answer{}, false
}

// answerHTTP1 answers the requests of a connection, until an answer ends with it.
func answerHTTP1(c net.Conn) {
	reader := bufio.NewReader(c)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		a, found := find(request.URL.Path, request.Host)
		if !found {
			return
		}
		_, _ = io.WriteString(c, a.http1(request.Method == http.MethodHead))
		if a.framed == closed || a.missing > 0 {
			return
		}
		if _, err := io.Copy(io.Discard, request.Body); err != nil {
			return
		}
	}
}

// answerHTTP2 answers every request of a connection over HTTP/2 with prior knowledge.
func answerHTTP2(c net.Conn) {
	if _, err := io.ReadFull(c, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	framer := http2.NewFramer(c, c)
	framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	if framer.WriteSettings(http2.Setting{ID: http2.SettingEnableConnectProtocol, Val: 1}) != nil {
		return
	}
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				_ = framer.WriteSettingsAck()
			}
		case *http2.PingFrame:
			if !frame.IsAck() {
				_ = framer.WritePing(true, frame.Data)
			}
		case *http2.MetaHeadersFrame:
			if a, found := find(frame.PseudoValue("path"), frame.PseudoValue("authority")); found {
				a.writeHTTP2(framer, frame.StreamID, frame.PseudoValue("method") == http.MethodHead)
			}
		}
	}
}

// writeHTTP2 writes the answer as frames. What HTTP/1.1 delimits by chunks or the connection has no content-length. Large bodies
// do not wait for the window: those of the answers fit into what Envoy offers.
func (a answer) writeHTTP2(framer *http2.Framer, stream uint32, head bool) {
	status, _, _ := strings.Cut(a.status, " ")
	for _, interim := range a.before {
		_ = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block([]string{":status: " + interim[:3]}), EndHeaders: true})
	}
	lines := []string{":status: " + status}
	for _, line := range a.headers {
		if !strings.HasPrefix(line, "connection:") && !strings.HasPrefix(line, "upgrade:") {
			lines = append(lines, line)
		}
	}
	if a.framed == sized {
		lines = append(lines, "content-length: "+strconv.Itoa(len(a.text())+a.missing))
	}
	var data []string
	if !head {
		data = a.body
	}
	atHead := len(data) == 0 && len(a.trailers) == 0 && a.framed != chunked && a.missing == 0 || head && a.missing > 0
	_ = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block(lines), EndHeaders: true, EndStream: atHead})
	if atHead {
		return
	}
	for _, piece := range data {
		for len(piece) > 16<<10 {
			_ = framer.WriteData(stream, false, []byte(piece[:16<<10]))
			piece = piece[16<<10:]
		}
		_ = framer.WriteData(stream, false, []byte(piece))
	}
	switch {
	case a.missing > 0:
		_ = framer.WriteRSTStream(stream, http2.ErrCodeInternal)
	case len(a.trailers) > 0 && !head:
		_ = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block(a.trailers), EndHeaders: true, EndStream: true})
	default:
		_ = framer.WriteData(stream, true, nil)
	}
}

// block encodes lines, "name: value".
func block(lines []string) []byte {
	var b bytes.Buffer
	encoder := hpack.NewEncoder(&b)
	for _, line := range lines {
		at := strings.Index(line[1:], ":") + 1
		_ = encoder.WriteField(hpack.HeaderField{Name: line[:at], Value: strings.TrimSpace(line[at+1:])})
	}
	return b.Bytes()
}
