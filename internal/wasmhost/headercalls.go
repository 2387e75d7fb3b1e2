// SPDX-License-Identifier: Apache-2.0

package wasmhost

import "gatewayresponses/internal/facts"

// Header maps, numbered as the ABI does. The trailers of requests and the maps of calls to other services are never there.
const (
	mapRequestHeaders   = 0
	mapResponseHeaders  = 2
	mapResponseTrailers = 3
	mapLast             = 7
)

// writable returns the map that the callback may change, nil when there is none. Source: envoy
// extensions/common/wasm/context.cc, Context::getMap.
func (s *Stream) writable(kind uint64) *headerMap {
	switch {
	case s == nil:
		return nil
	case kind == mapRequestHeaders:
		return s.requestMap
	case kind == mapResponseHeaders:
		return s.responseMap
	case kind == mapResponseTrailers:
		return s.trailerMap
	}
	return nil
}

// readable returns the map that the callback may read, nil when there is none. Source: Context::getConstMap.
func (s *Stream) readable(kind uint64) *headerMap {
	switch {
	case s == nil || !s.logging:
		return s.writable(kind)
	case kind == mapRequestHeaders:
		return s.request
	case kind == mapResponseHeaders:
		return s.response
	}
	return nil
}

// getHeader tells a map that is out of reach from a header that is not there; not so in on_log.
func (v *vm) getHeader(in args) (result, Status) {
	if in.numbers[0] > mapLast {
		return result{}, StatusBadArgument
	}
	s := v.at.stream
	headers := s.readable(in.numbers[0])
	if headers == nil {
		if s != nil && s.logging {
			return result{}, StatusNotFound
		}
		return result{}, StatusBadArgument
	}
	value, ok := headers.get(in.texts[0])
	if !ok {
		return result{}, StatusNotFound
	}
	return result{data: []byte(value)}, StatusOK
}

// getHeaders answers ok and no data when the map is empty or out of reach.
func (v *vm) getHeaders(in args) (result, Status) {
	if in.numbers[0] > mapLast {
		return result{}, StatusBadArgument
	}
	headers := v.at.stream.readable(in.numbers[0])
	if headers == nil || len(headers.lines) == 0 {
		return result{}, StatusOK
	}
	return result{data: encodePairs(headers.lines)}, StatusOK
}

func (v *vm) getHeadersSize(in args) (result, Status) {
	headers := v.at.stream.writable(in.numbers[0])
	if headers == nil {
		return result{}, StatusBadArgument
	}
	return result{number: uint64(headers.size())}, StatusOK
}

// setHeaders replaces the whole map. Pairs that cannot be read are no pairs at all.
func (v *vm) setHeaders(in args) (result, Status) {
	headers := v.at.stream.writable(in.numbers[0])
	if headers == nil {
		return result{}, StatusBadArgument
	}
	headers.lines = nil
	for _, line := range v.pairs(in.texts[0]) {
		headers.add(line.Name, line.Value)
	}
	return result{}, StatusOK
}

// pairs reads a header map of the guest. What cannot be read is a fault, since Envoy goes on with none.
func (v *vm) pairs(text string) facts.Headers {
	lines, err := decodePairs(text)
	if err != nil {
		v.fault("a header map of the plugin counts as empty: " + err.Error())
	}
	return lines
}

func (v *vm) addHeader(in args) (result, Status) {
	return v.change(in, func(m *headerMap) { m.add(in.texts[0], in.texts[1]) })
}

func (v *vm) replaceHeader(in args) (result, Status) {
	return v.change(in, func(m *headerMap) { m.replace(in.texts[0], in.texts[1]) })
}

func (v *vm) removeHeader(in args) (result, Status) {
	return v.change(in, func(m *headerMap) { m.remove(in.texts[0]) })
}

func (v *vm) change(in args, edit func(*headerMap)) (result, Status) {
	headers := v.at.stream.writable(in.numbers[0])
	if headers == nil {
		return result{}, StatusBadArgument
	}
	edit(headers)
	return result{}, StatusOK
}
