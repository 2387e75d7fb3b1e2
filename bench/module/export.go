// SPDX-License-Identifier: Apache-2.0

package module

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Sections that are looked into. Source: WebAssembly Core Specification, 5.5.2.
const (
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	exportSection   = 7
	codeSection     = 10
)

// Function is an exported function. All its parameters, and the result if it has one, are of type i32.
type Function struct {
	Name       string
	Parameters int
	Result     bool
}

const magic = "\x00asm\x01\x00\x00\x00"

// Callbacks returns the exported functions whose name begins with proxy_on_, in the order of the module.
func Callbacks(file []byte) ([]Function, error) {
	if !bytes.HasPrefix(file, []byte(magic)) {
		return nil, errors.New("not a wasm module of version 1")
	}
	r := &reader{text: file, at: len(magic)}
	// The types, and the number of the type of each function; imported functions come first.
	var types []Function
	var functions []int
	var callbacks []Function
	for r.at < len(file) && r.err == nil {
		id := r.byte()
		section := &reader{text: r.take(r.number())}
		switch id {
		case typeSection:
			types = section.types()
		case importSection:
			functions = section.imports()
		case functionSection:
			for range section.number() {
				functions = append(functions, section.number())
				if section.err != nil {
					break
				}
			}
		case exportSection:
			for range section.number() {
				name, kind, index := section.name(), section.byte(), section.number()
				if section.err != nil {
					break
				}
				if kind != 0 || !strings.HasPrefix(name, "proxy_on_") {
					continue
				}
				if index >= len(functions) || functions[index] >= len(types) {
					return nil, fmt.Errorf("export %q: the module has no function %d", name, index)
				}
				f := types[functions[index]]
				if f.Parameters < 0 {
					return nil, fmt.Errorf("export %q has parameters or results that are not i32", name)
				}
				f.Name = name
				callbacks = append(callbacks, f)
			}
		}
		if section.err != nil {
			return nil, fmt.Errorf("section %d: %w", id, section.err)
		}
	}
	return callbacks, r.err
}

// types reads the section of types. One that is not of i32 alone has -1 parameters.
func (r *reader) types() []Function {
	var types []Function
	for range r.number() {
		r.byte() // 0x60, a function
		parameters, results := r.take(r.number()), r.take(r.number())
		if r.err != nil {
			return nil
		}
		f := Function{Parameters: len(parameters), Result: len(results) == 1}
		if len(results) > 1 || len(bytes.Trim(parameters, "\x7f"))+len(bytes.Trim(results, "\x7f")) > 0 {
			f.Parameters = -1
		}
		types = append(types, f)
	}
	return types
}

// imports reads the section of imports and returns the types of the functions in it.
func (r *reader) imports() []int {
	var functions []int
	for range r.number() {
		module, name, kind := r.name(), r.name(), r.byte()
		if r.err != nil {
			return nil
		}
		if kind != 0 {
			r.err = fmt.Errorf("%s.%s is imported and no function", module, name)
			return nil
		}
		functions = append(functions, r.number())
	}
	return functions
}

// reader reads what stands one after another. The first error stays, and what is read after it is zero.
type reader struct {
	text []byte
	at   int
	err  error
}

// byte reads one byte.
func (r *reader) byte() byte {
	b := r.take(1)
	if b == nil {
		return 0
	}
	return b[0]
}

// number reads an unsigned number in LEB128.
func (r *reader) number() int {
	n := 0
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	r.err = errors.New("a number has more than 32 bits")
	return 0
}

// name reads a text behind its length.
func (r *reader) name() string { return string(r.take(r.number())) }

// take reads n bytes, nil after an error.
func (r *reader) take(n int) []byte {
	if r.err == nil && (n < 0 || n > len(r.text)-r.at) {
		r.err = errors.New("the module ends in the middle of a section")
	}
	if r.err != nil {
		return nil
	}
	r.at += n
	return r.text[r.at-n : r.at]
}
