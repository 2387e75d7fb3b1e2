// SPDX-License-Identifier: Apache-2.0

package abi

import (
	"math"
	"unsafe"

	"gatewayresponses/internal/facts"
)

// Status is the answer to a host call, numbered as the ABI does.
type Status uint32

// The statuses to tell apart.
const (
	StatusOK Status = 0
	// StatusNotFound says that there is no such thing.
	StatusNotFound Status = 1
	// StatusSerializationFailure says that there is, and Envoy cannot hand it out: a null, or a list or an object that holds one.
	StatusSerializationFailure Status = 3
	// StatusCasMismatch says that the shared value has another version.
	StatusCasMismatch Status = 8
)

// Map is a header map, numbered as the ABI does.
type Map uint32

// The maps in use. Envoy hands one out in the callback that is called with it, the headers also in Log.
const (
	RequestHeaders   Map = 0
	ResponseHeaders  Map = 2
	ResponseTrailers Map = 3
)

// Buffer is a buffer, numbered as the ABI does.
type Buffer uint32

// The buffers in use.
const (
	// ResponseBody is the chunk at hand, in ResponseBody and ResponseTrailers only.
	ResponseBody Buffer = 1
	// PluginConfiguration is that of the plugin, in Configure only.
	PluginConfiguration Buffer = 7
)

// Metric is a kind of metric, numbered as the ABI does.
type Metric uint32

// The kinds in use.
const (
	Counter Metric = 0
	Gauge   Metric = 1
)

// Level is how important a line of the log is, numbered as the ABI does.
type Level uint32

// The levels in use.
const (
	LevelWarn  Level = 3
	LevelError Level = 4
)

// noGRPCStatus tells Envoy to find the grpc-status itself, should the request be gRPC.
const noGRPCStatus = -1

// Log writes a line to Envoy's log: proxy_log.
func Log(level Level, line string) { proxyLog(uint32(level), line) }

// HeaderValue is the first value of a header: proxy_get_header_map_value. StatusNotFound says that there is no such header. The
// result is valid until the next call that returns data.
func HeaderValue(m Map, name string) ([]byte, Status) {
	expect()
	status := Status(proxyGetHeaderMapValue(uint32(m), name, &result.data, &result.size))
	return taken(), status
}

// HeaderPairs is a whole map, encoded (see DecodePairs): proxy_get_header_map_pairs. An empty map, and one that is out of reach,
// is nil. The result is valid until the next call that returns data.
func HeaderPairs(m Map) ([]byte, Status) {
	expect()
	status := Status(proxyGetHeaderMapPairs(uint32(m), &result.data, &result.size))
	return taken(), status
}

// SetHeaderPairs replaces a whole map, which has to fit (see Fits): proxy_set_header_map_pairs.
func SetHeaderPairs(m Map, headers facts.Headers) Status {
	return Status(proxySetHeaderMapPairs(uint32(m), encoded(headers)))
}

// ReplaceHeader sets the first line called name, or adds it: proxy_replace_header_map_value.
func ReplaceHeader(m Map, name, value string) Status {
	return Status(proxyReplaceHeaderMapValue(uint32(m), name, value))
}

// RemoveHeader removes all lines called name; without one it does nothing: proxy_remove_header_map_value.
func RemoveHeader(m Map, name string) Status {
	return Status(proxyRemoveHeaderMapValue(uint32(m), name))
}

// BufferBytes is up to limit bytes of a buffer, from its beginning: proxy_get_buffer_bytes. The result is the caller's.
func BufferBytes(b Buffer, limit int) ([]byte, Status) {
	expect()
	status := Status(proxyGetBufferBytes(uint32(b), 0, uint32(limit), &result.data, &result.size))
	return own(taken()), status
}

// ReplaceBuffer replaces all of a buffer: proxy_set_buffer_bytes.
func ReplaceBuffer(b Buffer, content []byte) Status {
	return Status(proxySetBufferBytes(uint32(b), 0, math.MaxInt32, text(content)))
}

// PrependBuffer puts content before what a buffer has: proxy_set_buffer_bytes.
func PrependBuffer(b Buffer, content []byte) Status {
	return Status(proxySetBufferBytes(uint32(b), 0, 0, text(content)))
}

// SendLocalResponse ends the stream with a reply, which Envoy makes after the callback has returned. Its headers have to fit (see Fits):
// proxy_send_local_response.
func SendLocalResponse(status int, details string, headers facts.Headers, body []byte) Status {
	return Status(proxySendLocalResponse(uint32(status), details, text(body), encoded(headers), noGRPCStatus))
}

// Property is an attribute, whose path has zero bytes between its pieces: proxy_get_property. StatusNotFound says that it is
// absent. The result is valid until the next call that returns data.
func Property(path string) ([]byte, Status) {
	expect()
	status := Status(proxyGetProperty(path, &result.data, &result.size))
	return taken(), status
}

// SetProperty sets the filter state "wasm.KEY", for the stream at hand: proxy_set_property. Envoy refuses an empty value.
func SetProperty(key, value string) Status { return Status(proxySetProperty(key, value)) }

// SharedData is a value that all VMs of the vm_id see, and its version: proxy_get_shared_data. StatusNotFound says that there is
// none. The result is the caller's.
func SharedData(key string) (value []byte, version uint32, status Status) {
	expect()
	status = Status(proxyGetSharedData(key, &result.data, &result.size, &result.version))
	return own(taken()), result.version, status
}

// SetSharedData replaces a value if its version still is the given one, or anyway when that is 0: proxy_set_shared_data. Another
// version is StatusCasMismatch.
func SetSharedData(key string, value []byte, version uint32) Status {
	return Status(proxySetSharedData(key, text(value), version))
}

// DefineMetric is the id of the metric called name, which Envoy makes if there is none: proxy_define_metric.
func DefineMetric(kind Metric, name string) (uint32, Status) {
	status := Status(proxyDefineMetric(uint32(kind), name, &result.id))
	return result.id, status
}

// IncrementMetric adds to a metric, to a gauge also what is below 0: proxy_increment_metric.
func IncrementMetric(id uint32, by int) Status { return Status(proxyIncrementMetric(id, int64(by))) }

// RecordMetric sets a gauge: proxy_record_metric.
func RecordMetric(id uint32, value uint64) Status { return Status(proxyRecordMetric(id, value)) }

// SetTickPeriod has Envoy call Tick for the plugin at hand, with so many milliseconds between:
// proxy_set_tick_period_milliseconds.
func SetTickPeriod(milliseconds uint32) Status {
	return Status(proxySetTickPeriodMilliseconds(milliseconds))
}

// argument is where header maps are encoded for a call. It is used again unless it has grown out of measure.
var argument []byte

// encoded is a header map as an argument of the next call.
func encoded(headers facts.Headers) string {
	if cap(argument) > resultSize {
		argument = nil
	}
	argument = appendPairs(argument[:0], headers)
	return text(argument)
}

// text passes bytes to a call without a copy.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
