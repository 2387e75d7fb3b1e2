// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"math"
	"strconv"

	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// hostcalls is the host that Envoy is.
type hostcalls struct{}

var _ host = (*hostcalls)(nil)

func (*hostcalls) configuration() ([]byte, error) {
	text, status := abi.BufferBytes(abi.PluginConfiguration, math.MaxInt32)
	return text, refused("proxy_get_buffer_bytes", status)
}

func (*hostcalls) requestHeader(name string) ([]byte, bool, error) {
	value, status := abi.HeaderValue(abi.RequestHeaders, name)
	return value, status == abi.StatusOK, refusedUnlessAbsent("proxy_get_header_map_value", status)
}

func (*hostcalls) requestHeaders() ([]byte, error) {
	encoded, status := abi.HeaderPairs(abi.RequestHeaders)
	return encoded, refused("proxy_get_header_map_pairs", status)
}

func (*hostcalls) responseStatus() (int, error) {
	value, status := abi.HeaderValue(abi.ResponseHeaders, ":status")
	return parseStatus(value), refusedUnlessAbsent("proxy_get_header_map_value", status)
}

func (*hostcalls) responseHeader(name string) (string, error) {
	value, status := abi.HeaderValue(abi.ResponseHeaders, name)
	return string(value), refusedUnlessAbsent("proxy_get_header_map_value", status)
}

func (*hostcalls) responseHeaders() ([]byte, error) {
	encoded, status := abi.HeaderPairs(abi.ResponseHeaders)
	return encoded, refused("proxy_get_header_map_pairs", status)
}

func (*hostcalls) replaceResponseHeader(name, value string) error {
	return refused("proxy_replace_header_map_value", abi.ReplaceHeader(abi.ResponseHeaders, name, value))
}

func (*hostcalls) removeResponseHeader(name string) error {
	return refused("proxy_remove_header_map_value", abi.RemoveHeader(abi.ResponseHeaders, name))
}

func (*hostcalls) setResponseHeaders(headers facts.Headers) error {
	return refused("proxy_set_header_map_pairs", abi.SetHeaderPairs(abi.ResponseHeaders, headers))
}

func (*hostcalls) responseBody(limit int) ([]byte, error) {
	body, status := abi.BufferBytes(abi.ResponseBody, limit)
	return body, refusedUnlessAbsent("proxy_get_buffer_bytes", status)
}

func (*hostcalls) replaceResponseBody(body []byte) error {
	return refused("proxy_set_buffer_bytes", abi.ReplaceBuffer(abi.ResponseBody, body))
}

func (*hostcalls) prependResponseBody(body []byte) error {
	return refused("proxy_set_buffer_bytes", abi.PrependBuffer(abi.ResponseBody, body))
}

func (*hostcalls) removeResponseTrailers() error {
	return refused("proxy_set_header_map_pairs", abi.SetHeaderPairs(abi.ResponseTrailers, nil))
}

func (*hostcalls) sendReply(status int, details string, headers facts.Headers, body []byte) error {
	if !abi.Fits(headers) {
		return errTooManyHeaders
	}
	return refused("proxy_send_local_response", abi.SendLocalResponse(status, details, headers, body))
}

func (*hostcalls) property(path string) ([]byte, error) {
	value, status := abi.Property(path)
	if status == abi.StatusSerializationFailure {
		return nil, nil
	}
	return value, refusedUnlessAbsent("proxy_get_property", status)
}

func (*hostcalls) object(path string) ([]byte, bool, error) {
	encoded, status := abi.Property(path)
	if status == abi.StatusSerializationFailure {
		return nil, false, nil
	}
	return encoded, true, refusedUnlessAbsent("proxy_get_property", status)
}

func (*hostcalls) setFilterState(key, value string) error {
	return refused("proxy_set_property", abi.SetProperty(key, value))
}

func (*hostcalls) sharedData(key string) ([]byte, uint32, error) {
	value, version, status := abi.SharedData(key)
	if status != abi.StatusOK {
		version = 0
	}
	return value, version, refusedUnlessAbsent("proxy_get_shared_data", status)
}

func (*hostcalls) setSharedData(key string, value []byte, version uint32) error {
	status := abi.SetSharedData(key, value, version)
	if status == abi.StatusCasMismatch {
		return errVersion
	}
	return refused("proxy_set_shared_data", status)
}

func (*hostcalls) defineMetric(kind abi.Metric, name string) (uint32, error) {
	id, status := abi.DefineMetric(kind, name)
	return id, refused("proxy_define_metric", status)
}

func (*hostcalls) incrementMetric(id uint32, by int) error {
	return refused("proxy_increment_metric", abi.IncrementMetric(id, by))
}

func (*hostcalls) recordMetric(id uint32, value uint64) error {
	return refused("proxy_record_metric", abi.RecordMetric(id, value))
}

func (*hostcalls) tickEvery(milliseconds uint32) error {
	return refused("proxy_set_tick_period_milliseconds", abi.SetTickPeriod(milliseconds))
}

func (*hostcalls) log(level abi.Level, line string) { abi.Log(level, line) }

func (*hostcalls) now() int64 { return abi.Now() }

// refused is the error of a call that returned status, nil for success.
func refused(call string, status abi.Status) error {
	if status == abi.StatusOK {
		return nil
	}
	return errors.New(call + ": status " + strconv.Itoa(int(status)))
}

// refusedUnlessAbsent is refused for a call that reads what may be absent.
func refusedUnlessAbsent(call string, status abi.Status) error {
	if status == abi.StatusNotFound {
		return nil
	}
	return refused(call, status)
}
