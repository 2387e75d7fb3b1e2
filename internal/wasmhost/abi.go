// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tetratelabs/wazero/api"
)

// function is a host call of proxy-wasm. All of them return a status.
type function struct {
	// params lists the parameters, a letter each:
	//
	//	s  pointer and size of a text
	//	i  i32
	//	l  i64
	//	d  where to store pointer and size of the data that is the result
	//	u  where to store the u32 that is the result
	//	v  where to store the u64 that is the result
	params string
	run    func(*vm, args) (result, Status)
}

// args are the arguments of a host call, by kind in their order.
type args struct {
	texts   []string
	numbers []uint64
}

// result is what a host call stores in the guest's memory when its status is ok.
type result struct {
	data   []byte
	number uint64
}

// functions are the calls of the ABI that are modelled. Source: cpp-host exports.cc.
var functions = map[string]function{
	"proxy_log":                          {"is", (*vm).log},
	"proxy_get_log_level":                {"u", (*vm).getLogLevel},
	"proxy_get_current_time_nanoseconds": {"v", (*vm).getCurrentTime},

	"proxy_get_header_map_value":     {"isd", (*vm).getHeader},
	"proxy_get_header_map_pairs":     {"id", (*vm).getHeaders},
	"proxy_get_header_map_size":      {"iu", (*vm).getHeadersSize},
	"proxy_set_header_map_pairs":     {"is", (*vm).setHeaders},
	"proxy_add_header_map_value":     {"iss", (*vm).addHeader},
	"proxy_replace_header_map_value": {"iss", (*vm).replaceHeader},
	"proxy_remove_header_map_value":  {"is", (*vm).removeHeader},

	"proxy_get_buffer_bytes": {"iiid", (*vm).getBuffer},
	"proxy_set_buffer_bytes": {"iiis", (*vm).setBuffer},

	"proxy_send_local_response": {"isssi", (*vm).sendLocalResponse},

	"proxy_get_property": {"sd", (*vm).getProperty},
	"proxy_set_property": {"ss", (*vm).setProperty},

	"proxy_define_metric":    {"isu", (*vm).defineMetric},
	"proxy_increment_metric": {"il", (*vm).incrementMetric},
	"proxy_record_metric":    {"il", (*vm).recordMetric},
	"proxy_get_metric":       {"iv", (*vm).getMetric},

	"proxy_get_shared_data": {"sdu", (*vm).getSharedData},
	"proxy_set_shared_data": {"ssi", (*vm).setSharedData},

	"proxy_set_tick_period_milliseconds": {"i", (*vm).setTickPeriod},
}

// signatures are the WebAssembly types of the letters of function.params.
var signatures = strings.NewReplacer("s", "ii", "d", "ii", "u", "i", "v", "i")

// hostFunction returns what the module gets for an import. A call that is not modelled answers Unimplemented.
func hostFunction(module, name string, imported api.FunctionDefinition) (api.GoModuleFunc, error) {
	proxy, isProxy := functions[name]
	wasi, isWASI := wasiFunctions[name]
	switch {
	case module == "env" && isProxy:
		return proxy.host(name), matches(name, imported, signatures.Replace(proxy.params))
	case module == "wasi_snapshot_preview1" && isWASI:
		return wasi.host(name), matches(name, imported, wasi.params)
	}
	answer := uint64(StatusUnimplemented)
	if module == "wasi_snapshot_preview1" {
		answer = errnoNoSys
	}
	return unmodelled(name, answer, len(imported.ResultTypes())), nil
}

// matches compares the parameters of an import with those of the host call, "i" for an i32 and "l" for an i64.
func matches(name string, imported api.FunctionDefinition, want string) error {
	var types []api.ValueType
	for _, letter := range want {
		types = append(types, map[rune]api.ValueType{'i': api.ValueTypeI32, 'l': api.ValueTypeI64}[letter])
	}
	if !slices.Equal(types, imported.ParamTypes()) {
		return fmt.Errorf("import %s has parameters %v, the ABI has %v", name, imported.ParamTypes(), types)
	}
	return nil
}

// unmodelled is a host call that answers the same whatever it is asked.
func unmodelled(name string, answer uint64, results int) api.GoModuleFunc {
	return func(ctx context.Context, _ api.Module, stack []uint64) {
		v := vmOf(ctx)
		v.enter(name)
		v.trace(name, "", Status(answer))
		if results > 0 {
			stack[0] = answer
		}
	}
}

// host is the function for the guest: it fetches the arguments, makes the call, and stores the result.
func (f function) host(name string) api.GoModuleFunc {
	return func(ctx context.Context, _ api.Module, stack []uint64) {
		v := vmOf(ctx)
		v.enter(name)
		in, to, ok := f.fetch(v, stack)
		status := StatusInvalidMemoryAccess
		var out result
		if ok {
			out, status = f.run(v, in)
		}
		if status == StatusOK && !f.store(v, to, out) {
			status = StatusInvalidMemoryAccess
		}
		v.trace(name, f.describe(in, out, status), status)
		stack[0] = uint64(status)
	}
}

// fetch reads the arguments. to are the places for results.
func (f function) fetch(v *vm, stack []uint64) (in args, to []uint32, ok bool) {
	for _, letter := range f.params {
		switch letter {
		case 's':
			text, ok := v.memory().Read(uint32(stack[0]), uint32(stack[1]))
			if !ok {
				return in, to, false
			}
			in.texts = append(in.texts, string(text))
			stack = stack[2:]
		case 'd':
			to = append(to, uint32(stack[0]), uint32(stack[1]))
			stack = stack[2:]
		case 'i':
			in.numbers = append(in.numbers, uint64(uint32(stack[0])))
			stack = stack[1:]
		case 'l':
			in.numbers = append(in.numbers, stack[0])
			stack = stack[1:]
		default:
			to = append(to, uint32(stack[0]))
			stack = stack[1:]
		}
	}
	return in, to, true
}

// store writes the result to its places. Data is put into memory that the guest allocates; no data is a null pointer.
func (f function) store(v *vm, to []uint32, out result) bool {
	for _, letter := range f.params {
		ok := true
		switch letter {
		case 'd':
			at := v.allocate(out.data)
			ok = v.memory().WriteUint32Le(to[0], at) && v.memory().WriteUint32Le(to[1], uint32(len(out.data)))
			to = to[2:]
		case 'u':
			ok = v.memory().WriteUint32Le(to[0], uint32(out.number))
			to = to[1:]
		case 'v':
			ok = v.memory().WriteUint64Le(to[0], out.number)
			to = to[1:]
		}
		if !ok {
			return false
		}
	}
	return true
}

// describe prints a call for the trace: the arguments in the order of the ABI, and after "=" what was answered.
func (f function) describe(in args, out result, status Status) string {
	var asked, answered []string
	for _, letter := range f.params {
		switch {
		case letter == 's' && len(in.texts) > 0:
			asked, in.texts = append(asked, strconv.Quote(in.texts[0])), in.texts[1:]
		case letter == 'i' && len(in.numbers) > 0:
			asked, in.numbers = append(asked, strconv.Itoa(int(int32(in.numbers[0])))), in.numbers[1:]
		case letter == 'l' && len(in.numbers) > 0:
			asked, in.numbers = append(asked, strconv.FormatInt(int64(in.numbers[0]), 10)), in.numbers[1:]
		case letter == 'd':
			answered = append(answered, strconv.Quote(string(out.data)))
		case letter == 'u' || letter == 'v':
			answered = append(answered, strconv.FormatUint(out.number, 10))
		}
	}
	text := strings.Join(asked, ", ")
	if status == StatusOK && answered != nil {
		text += " = " + strings.Join(answered, ", ")
	}
	return text
}
