// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// function is one row of the runtime's table of functions.
type function struct {
	// name is as stack traces print it, "gatewayresponses/internal/glob.Match".
	name string
	// body is its number in the section of code.
	body int
	// tables are the parts of the memory that are there for it.
	tables []span
}

// span is a part of the memory.
type span struct{ from, to int }

// Words of runtime.pcHeader and runtime.moduledata, of 8 bytes.
const (
	headerFunctions = 1 // nfunc
	headerNames     = 4 // funcnameOffset
	headerTables    = 7 // pctabOffset
	headerRows      = 8 // pclnOffset

	moduleIndex = 19 // findfunctab
)

const (
	// firstCode is the number that the first function has in the table. Source: funcValueOffset in cmd/link/internal/wasm.
	firstCode = 0x1000
	// indexSize is what the index by address has for a function: 16 buckets of 20 bytes.
	indexSize = 16 * 20
)

// headerMagic begins runtime.pcHeader: the version, two zeroes, one byte as the smallest step of code, and 8 bytes in a pointer.
var headerMagic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

var errNoFunctions = errors.New("the runtime's table of functions is not found, or its layout is not that of Go 1.26")

// readFunctions reads the table of functions out of the memory.
func readFunctions(text []byte) ([]function, error) {
	header := bytes.Index(text, headerMagic)
	if header < 0 {
		return nil, errNoFunctions
	}
	m := memory{text: text}
	names := header + m.word(header+8*headerNames)
	// The module's description begins with the addresses of the header and of the names.
	start := binary.LittleEndian.AppendUint64(nil, uint64(header))
	description := bytes.Index(text, binary.LittleEndian.AppendUint64(start, uint64(names)))
	if description < 0 {
		return nil, errNoFunctions
	}
	var (
		count  = m.word(header + 8*headerFunctions)
		tables = header + m.word(header+8*headerTables)
		rows   = header + m.word(header+8*headerRows)
		index  = m.word(description + 8*moduleIndex)
	)
	if m.failed || count > len(text)/8 {
		return nil, errNoFunctions
	}
	var functions []function
	for i := range count {
		f := function{body: m.half(rows+8*i) - firstCode}
		row := rows + m.half(rows+8*i+4)
		name := names + m.half(row+4)
		f.name = m.string(name)
		f.tables = append(f.tables, span{rows + 8*i, rows + 8*i + 8}, span{name, name + len(f.name) + 1})
		f.tables = append(f.tables, m.rowSpans(row, tables)...)
		f.tables = append(f.tables, span{index + f.body*indexSize, index + (f.body+1)*indexSize})
		if m.failed {
			return nil, errNoFunctions
		}
		functions = append(functions, f)
	}
	return functions, nil
}

// Fields of runtime._func, by their offsets. The numbers of the tables of pcdata and of funcdata follow it.
const (
	rowFirstTable  = 16 // pcsp, pcfile, pcln
	rowOtherTables = 28 // npcdata
	rowFuncdata    = 43 // nfuncdata
	rowSize        = 44
)

// rowSpans are the row of a function and its tables by address: stack, file, line, and those of pcdata.
func (m *memory) rowSpans(row, tables int) []span {
	others := m.half(row + rowOtherTables)
	size := rowSize + 4*others + 4*int(m.byte(row+rowFuncdata))
	if m.failed || size > len(m.text) {
		m.failed = true
		return nil
	}
	spans := []span{{row, row + size}}
	for i := range 3 + others {
		at := row + rowFirstTable + 4*i
		if i >= 3 {
			at = row + rowSize + 4*(i-3)
		}
		if offset := m.half(at); offset != 0 {
			spans = append(spans, m.table(tables+offset))
		}
	}
	return spans
}

// table is a table by address: pairs of numbers, to the first 0 that is not the first number.
func (m *memory) table(from int) span {
	at := from
	for first := true; ; first = false {
		value := m.byte(at)
		if value == 0 && !first || m.failed {
			return span{from, at + 1}
		}
		for range 2 {
			for m.byte(at) >= 0x80 {
				at++
			}
			at++
		}
	}
}

// memory reads what stands at addresses. What is outside is zero, and is noted.
type memory struct {
	text   []byte
	failed bool
}

// at is n bytes at an address.
func (m *memory) at(address, n int) []byte {
	if address < 0 || address > len(m.text)-n {
		m.failed = true
		return make([]byte, n)
	}
	return m.text[address : address+n]
}

func (m *memory) byte(address int) byte { return m.at(address, 1)[0] }

// half is a number of 4 bytes.
func (m *memory) half(address int) int { return int(binary.LittleEndian.Uint32(m.at(address, 4))) }

// word is a number of 8 bytes that is an address or an offset.
func (m *memory) word(address int) int {
	n := binary.LittleEndian.Uint64(m.at(address, 8))
	if n > maxMemory {
		m.failed = true
		return 0
	}
	return int(n)
}

// string is a text that ends with a zero.
func (m *memory) string(address int) string {
	if address < 0 || address >= len(m.text) {
		m.failed = true
		return ""
	}
	text, _, _ := bytes.Cut(m.text[address:], []byte{0})
	return string(text)
}
