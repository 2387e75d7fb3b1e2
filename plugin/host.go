// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"

	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// host is what the plugin asks of Envoy. Each method is one call of the proxy-wasm ABI 0.2.0, which its comment names.
// What is absent is a value, not an error: an error says that Envoy refused the call. Bytes that are returned are good until the
// next call that returns any, but for those that a comment gives to the caller.
type host interface {
	// configuration is the document, the caller's: proxy_get_buffer_bytes(PluginConfiguration). Envoy refuses it for zero bytes.
	configuration() ([]byte, error)

	// requestHeader is the first value of a request header, in the request phase and in on_log only:
	// proxy_get_header_map_value. Absent is false.
	requestHeader(name string) ([]byte, bool, error)
	// requestHeaders is the request header map, encoded (see abi.DecodePairs): proxy_get_header_map_pairs.
	requestHeaders() ([]byte, error)

	// responseStatus is the status of the reply, 0 when it has none: proxy_get_header_map_value of ":status".
	responseStatus() (int, error)

	// responseHeader is the first value of a response header: proxy_get_header_map_value. Absent is "".
	responseHeader(name string) (string, error)
	// responseHeaders is the response header map, encoded: proxy_get_header_map_pairs.
	responseHeaders() ([]byte, error)
	// replaceResponseHeader sets name, or adds it: proxy_replace_header_map_value. Envoy drops further lines of the name;
	// the ABI does not promise it, so they are removed first.
	replaceResponseHeader(name, value string) error
	// removeResponseHeader removes all lines called name: proxy_remove_header_map_value. Absent is no error.
	removeResponseHeader(name string) error

	// setResponseHeaders replaces all lines, which have to fit (see abi.Fits): proxy_set_header_map_pairs. Envoy gets all of them, or
	// refuses the call.
	setResponseHeaders(headers facts.Headers) error

	// responseBody is up to limit bytes of the chunk at hand, in the body callback only, the caller's: proxy_get_buffer_bytes.
	// Absent is nil.
	responseBody(limit int) ([]byte, error)
	// replaceResponseBody puts body in the place of the whole chunk at hand, in the body callback only:
	// proxy_set_buffer_bytes.
	replaceResponseBody(body []byte) error
	// prependResponseBody puts body before the chunk at hand, in the body callback only: proxy_set_buffer_bytes.
	prependResponseBody(body []byte) error

	// removeResponseTrailers removes all trailers, in the trailers callback only: proxy_set_header_map_pairs.
	removeResponseTrailers() error

	// sendReply ends the stream with a reply that Envoy makes after the callback has returned, with a new header map:
	// proxy_send_local_response, grpc status -1. Once for each stream. Behind the headers callback Envoy cuts the stream.
	sendReply(status int, details string, headers facts.Headers, body []byte) error

	// property is an attribute of the exchange, whose path has zero bytes between its pieces: proxy_get_property. Absent is
	// nil, and so is what Envoy has and cannot hand out, such as a null in a client's token.
	property(path string) ([]byte, error)
	// object is an attribute that is an object, encoded (see abi.Member): proxy_get_property. Absent is nil. whole is false when
	// Envoy has it and cannot hand it out, because there is a null in it.
	object(path string) (encoded []byte, whole bool, err error)
	// setFilterState sets the filter state "wasm.KEY": proxy_set_property. Envoy refuses an empty value.
	setFilterState(key, value string) error

	// sharedData is a value that all VMs of the vm_id see, with its version, the caller's: proxy_get_shared_data. Absent is
	// version 0.
	sharedData(key string) (value []byte, version uint32, err error)
	// setSharedData replaces a value if its version still is the given one, or anyway when that is 0:
	// proxy_set_shared_data. Another version is errVersion.
	setSharedData(key string, value []byte, version uint32) error

	// defineMetric returns the id of the counter or gauge called name: proxy_define_metric.
	defineMetric(kind abi.Metric, name string) (uint32, error)
	// incrementMetric adds to a counter or gauge, to the latter also what is below 0: proxy_increment_metric.
	incrementMetric(id uint32, by int) error

	// recordMetric sets a gauge: proxy_record_metric.
	recordMetric(id uint32, value uint64) error

	// tickEvery has Envoy call the plugin again and again, with so many milliseconds between:
	// proxy_set_tick_period_milliseconds.
	tickEvery(milliseconds uint32) error

	// log writes a line to Envoy's log: proxy_log.
	log(level abi.Level, line string)
	// now is the time in nanoseconds since 1970: clock_time_get of WASI.
	now() int64
}

// errVersion says that another VM replaced a shared value in the meantime.
var errVersion = errors.New("proxy_set_shared_data: the value was replaced by another VM")

// errTooManyHeaders says that Envoy would send a reply without any of its headers.
var errTooManyHeaders = errors.New("proxy_send_local_response: the reply has more headers than one call takes")

// errUnsupported says that an edit is none that Envoy is asked for (see asEnvoy).
var errUnsupported = errors.New("an edit for another host")
