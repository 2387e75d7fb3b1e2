// SPDX-License-Identifier: Apache-2.0

package module

// magic is what a module of version 1 begins with.
const magic = "\x00asm\x01\x00\x00\x00"

// Sections, instructions and types. Source: WebAssembly Core Specification, 5.
const (
	typeSection     = 1
	functionSection = 3
	memorySection   = 5
	exportSection   = 7
	codeSection     = 10

	i32      = 0x7f
	i32Const = 0x41
	end      = 0x0b
)

// noopFunctions are what the no-op exports: what Envoy demands, and the six callbacks of an exchange that a filter of error
// replies needs. Each returns a constant.
var noopFunctions = []struct {
	Function
	returns byte
}{
	{Function{"proxy_abi_version_0_2_0", 0, false}, 0},
	{Function{"proxy_on_memory_allocate", 1, true}, 0},
	{Function{"proxy_on_vm_start", 2, true}, 1},
	{Function{"proxy_on_configure", 2, true}, 1},
	{Function{"proxy_on_context_create", 2, false}, 0},
	{Function{"proxy_on_request_headers", 3, true}, 0},
	{Function{"proxy_on_response_headers", 3, true}, 0},
	{Function{"proxy_on_response_body", 3, true}, 0},
	{Function{"proxy_on_log", 1, false}, 0},
	{Function{"proxy_on_delete", 1, false}, 0},
}

// Noop returns a module that does nothing in its callbacks, and calls nobody.
func Noop() []byte {
	var types, functions, exports, code [][]byte
	for i, f := range noopFunctions {
		signature := append([]byte{0x60}, vector(repeat(i32, f.Parameters))...)
		body := []byte{0} // no local variables
		if f.Result {
			signature = append(signature, 1, i32)
			body = append(body, i32Const, f.returns)
		} else {
			signature = append(signature, 0)
		}
		types = append(types, signature)
		functions = append(functions, []byte{byte(i)})
		exports = append(exports, append(vector([]byte(f.Name)), 0, byte(i)))
		code = append(code, vector(append(body, end)))
	}
	exports = append(exports, append(vector([]byte("memory")), 2, 0))
	module := []byte(magic)
	for _, section := range []struct {
		id    byte
		items [][]byte
	}{
		{typeSection, types},
		{functionSection, functions},
		{memorySection, [][]byte{{0, 1}}}, // one memory of at least one page
		{exportSection, exports},
		{codeSection, code},
	} {
		content := number(len(section.items))
		for _, item := range section.items {
			content = append(content, item...)
		}
		module = append(append(module, section.id), vector(content)...)
	}
	return module
}

// vector puts the length before bytes.
func vector(bytes []byte) []byte { return append(number(len(bytes)), bytes...) }

// number encodes in LEB128.
func number(n int) []byte {
	var b []byte
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

// repeat returns a byte n times.
func repeat(b byte, n int) []byte {
	bytes := make([]byte, n)
	for i := range bytes {
		bytes[i] = b
	}
	return bytes
}
