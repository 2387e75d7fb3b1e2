// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
)

// clientPreface is what a client begins HTTP/2 with.
const clientPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

// Types of frames, flags and error codes of RFC 9113.
const (
	frameData, frameHeaders, frameReset, frameSettings = 0, 1, 3, 4

	flagAck, flagEndStream, flagEndHeaders = 1, 1, 4

	codeInternal, codeRefused, codeConnect = 2, 7, 10
)

// resetStream resets each stream over HTTP/2 with a code.
func resetStream(code byte) func(net.Conn) {
	return serveStreams(func(c net.Conn, stream []byte) {
		writeFrame(c, frameReset, 0, stream, "\x00\x00\x00"+string([]byte{code}))
	})
}

// grpcAnswer answers each call over HTTP/2 with one message.
func grpcAnswer(message string) func(net.Conn) {
	// HPACK: 0x88 is ":status: 200".
	headers := "\x88" + literal("content-type", "application/grpc")
	trailers := literal("grpc-status", "0")
	data := fmt.Sprintf("\x00\x00\x00\x00%c%s", len(message), message)
	return serveStreams(func(c net.Conn, stream []byte) {
		writeFrame(c, frameHeaders, flagEndHeaders, stream, headers)
		writeFrame(c, frameData, 0, stream, data)
		writeFrame(c, frameHeaders, flagEndHeaders|flagEndStream, stream, trailers)
	})
}

// literal is a header as HPACK writes it without indexing and Huffman coding: each text with its length before it.
func literal(name, value string) string {
	return fmt.Sprintf("\x00%c%s%c%s", len(name), name, len(value), value)
}

// writeFrame writes a frame. When the client has gone, the next read says so.
func writeFrame(c net.Conn, kind, flags byte, stream []byte, payload string) {
	frame := append([]byte{0, 0, byte(len(payload)), kind, flags}, stream...)
	_, _ = c.Write(append(frame, payload...))
}

// serveStreams speaks HTTP/2 with prior knowledge, and calls reply when a request without a body or the first data of
// another is there.
func serveStreams(reply func(c net.Conn, stream []byte)) func(net.Conn) {
	return func(c net.Conn) {
		if _, err := io.ReadFull(c, make([]byte, len(clientPreface))); err != nil {
			return
		}
		writeFrame(c, frameSettings, 0, make([]byte, 4), "")
		for {
			header := make([]byte, 9)
			if _, err := io.ReadFull(c, header); err != nil {
				return
			}
			size := int64(binary.BigEndian.Uint32([]byte{0, header[0], header[1], header[2]}))
			if _, err := io.CopyN(io.Discard, c, size); err != nil {
				return
			}
			switch kind, flags := header[3], header[4]; {
			case kind == frameSettings && flags&flagAck == 0:
				writeFrame(c, frameSettings, flagAck, make([]byte, 4), "")
			case kind == frameHeaders && flags&flagEndStream != 0, kind == frameData && size > 0:
				reply(c, header[5:])
			}
		}
	}
}
