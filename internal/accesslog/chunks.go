// SPDX-License-Identifier: Apache-2.0

package accesslog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

// chunkSize is about how many bytes of a log a chunk has.
const chunkSize = 512 << 10

// byteOrderMark begins logs that some tools have copied.
const byteOrderMark = "\uFEFF"

// Chunk is a part of a log: whole lines, and never the same part of two logs.
type Chunk struct {
	// First is the number of its first line, from 1.
	First int
	// Text are its lines. A line that is too long is cut behind MaxLine bytes and one more, so that the parser finds it broken.
	Text []byte
}

// Chunks reads a log, which is gzip if it begins so, in chunks, each into memory of its own. The chunks of a log are always the same.
type Chunks struct {
	reader *bufio.Reader
	// line is the number of the next line.
	line int
	// rest is the beginning of a line whose end is not read yet.
	rest []byte
	// err ends the log once rest is handed out.
	err error
}

// NewChunks prepares to read a log.
func NewChunks(r io.Reader) (*Chunks, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, err
		}
		buffered = bufio.NewReaderSize(unzipped, 64<<10)
	}
	if mark, _ := buffered.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = buffered.Discard(len(mark)) // they are there
	}
	return &Chunks{reader: buffered, line: 1}, nil
}

// Next is the next chunk, or io.EOF. Another error says why the rest of the log cannot be read; the chunks before it are good.
func (c *Chunks) Next() (Chunk, error) {
	if c.err != nil {
		return Chunk{}, c.err
	}
	text := append(make([]byte, 0, chunkSize+MaxLine/8), c.rest...)
	c.rest = nil
	for len(text) < chunkSize && c.err == nil {
		var piece []byte
		piece, c.err = c.reader.ReadSlice('\n')
		if errors.Is(c.err, bufio.ErrBufferFull) {
			c.err = nil
		}
		text = appendCut(text, piece)
	}
	// Lines are cut so short that a chunk has the end of one.
	if end := bytes.LastIndexByte(text, '\n') + 1; c.err == nil && end < len(text) {
		c.rest, text = text[end:len(text):len(text)], text[:end:end]
	}
	if len(text) == 0 {
		return Chunk{}, c.err
	}
	chunk := Chunk{First: c.line, Text: text}
	c.line += bytes.Count(text, []byte("\n"))
	return chunk, nil
}

// appendCut adds a piece of a line to lines, as far as the line is not too long.
func appendCut(lines, piece []byte) []byte {
	begun := len(lines) - (bytes.LastIndexByte(lines, '\n') + 1)
	room := MaxLine + 1 - begun
	if room >= len(piece) {
		return append(lines, piece...)
	}
	lines = append(lines, piece[:max(0, room)]...)
	if piece[len(piece)-1] == '\n' {
		lines = append(lines, '\n')
	}
	return lines
}
