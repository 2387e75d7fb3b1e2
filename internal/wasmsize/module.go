// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"errors"
	"fmt"
)

// Sections that are looked into. Source: WebAssembly Core Specification, 5.5.2.
const (
	codeSection = 10
	dataSection = 11
)

// wasmModule is what is read of a module.
type wasmModule struct {
	// bodies are the sizes of the functions in the section of code, in bytes, with the number that stands before each.
	bodies []int
	// memory is what the segments put into the memory, from address 0.
	memory []byte
	// segments are the pieces of the section of data.
	segments []segment
	// rest are the bytes of the file that are neither bodies nor segments.
	rest int
}

// segment is one piece of data.
type segment struct {
	address, length int
	// head is the size of what stands before the bytes: address and length.
	head int
}

// maxMemory bounds the addresses of data. The plugin's own end at 2 MB.
const maxMemory = 1 << 24

// readModule reads a module whose data have fixed addresses.
func readModule(file []byte) (*wasmModule, error) {
	if !bytes.HasPrefix(file, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("not a wasm module of version 1")
	}
	m := &wasmModule{}
	c := &cursor{text: file, at: 8}
	for c.at < len(file) && c.err == nil {
		id := c.byte()
		section := c.take(c.number())
		switch {
		case id == codeSection:
			m.readCode(section)
		case id == dataSection && section != nil:
			if err := m.readData(section); err != nil {
				return nil, err
			}
		}
	}
	m.rest = len(file)
	for _, size := range m.bodies {
		m.rest -= size
	}
	for _, s := range m.segments {
		m.rest -= s.head + s.length
	}
	return m, c.err
}

// readCode notes the size of each function.
func (m *wasmModule) readCode(section []byte) {
	c := &cursor{text: section}
	for range c.number() {
		start := c.at
		c.take(c.number())
		if c.err != nil {
			return
		}
		m.bodies = append(m.bodies, c.at-start)
	}
}

// readData puts the segments into the memory.
func (m *wasmModule) readData(section []byte) error {
	c := &cursor{text: section}
	for range c.number() {
		start := c.at
		// Mode 0, i32.const ADDRESS, end.
		mode, operator := c.number(), c.byte()
		address := c.number()
		end := c.byte()
		text := c.take(c.number())
		if c.err != nil {
			return c.err
		}
		if mode != 0 || operator != 0x41 || end != 0x0b || address+len(text) > maxMemory {
			return fmt.Errorf("a segment of data at offset %d of its section has no fixed address below %d", start, maxMemory)
		}
		if need := address + len(text); need > len(m.memory) {
			m.memory = append(m.memory, make([]byte, need-len(m.memory))...)
		}
		copy(m.memory[address:], text)
		m.segments = append(m.segments, segment{address: address, length: len(text), head: c.at - start - len(text)})
	}
	return c.err
}

// cursor reads what stands one after another. The first error stays, and what is read after it is zero.
type cursor struct {
	text []byte
	at   int
	err  error
}

var errEnds = errors.New("the module ends in the middle of a section")

// byte reads one byte.
func (c *cursor) byte() byte {
	b := c.take(1)
	if b == nil {
		return 0
	}
	return b[0]
}

// number reads an unsigned number in LEB128, and a signed one if it is not negative.
func (c *cursor) number() int {
	n := 0
	for shift := 0; shift < 35; shift += 7 {
		b := c.byte()
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	c.err = errors.New("a number has more than 32 bits")
	return 0
}

// take reads n bytes, nil after an error.
func (c *cursor) take(n int) []byte {
	if c.err == nil && (n < 0 || n > len(c.text)-c.at) {
		c.err = errEnds
	}
	if c.err != nil {
		return nil
	}
	c.at += n
	return c.text[c.at-n : c.at]
}
