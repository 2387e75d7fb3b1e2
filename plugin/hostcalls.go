// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unsafe"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"gatewayresponses/internal/facts"
)

// hostcalls is the host that Envoy is. It goes through the SDK where that fits, and else calls the ABI itself: the SDK
// sends replies without response code details, decodes header maps at once, panics when a metric fails, and has no name for
// a property that cannot be handed out.
type hostcalls struct{}

var _ host = hostcalls{}

// Header maps, numbered as the ABI does.
const (
	requestHeaderMap  = 0
	responseHeaderMap = 2
)

// Statuses that say there is no value, numbered as the ABI does.
const (
	statusNotFound = 1
	// statusSerializationFailure is Envoy's answer for a null, and for a list or an object that holds one.
	statusSerializationFailure = 3
)

// noGRPCStatus tells Envoy to find the grpc-status itself, should the request be gRPC.
const noGRPCStatus = -1

func (hostcalls) configuration() ([]byte, error) {
	text, err := proxywasm.GetPluginConfiguration()
	return text, failed("proxy_get_buffer_bytes", err)
}

func (hostcalls) requestHeader(name string) (string, bool, error) {
	value, err := proxywasm.GetHttpRequestHeader(name)
	if absent(err) {
		return "", false, nil
	}
	return value, err == nil, failed("proxy_get_header_map_value", err)
}

func (hostcalls) requestHeaders() ([]byte, error) { return headerMap(requestHeaderMap) }

func (hostcalls) responseHeader(name string) (string, error) {
	value, err := proxywasm.GetHttpResponseHeader(name)
	if absent(err) {
		return "", nil
	}
	return value, failed("proxy_get_header_map_value", err)
}

func (hostcalls) responseHeaders() ([]byte, error) { return headerMap(responseHeaderMap) }

func (hostcalls) replaceResponseHeader(name, value string) error {
	return failed("proxy_replace_header_map_value", proxywasm.ReplaceHttpResponseHeader(name, value))
}

func (hostcalls) addResponseHeader(name, value string) error {
	return failed("proxy_add_header_map_value", proxywasm.AddHttpResponseHeader(name, value))
}

func (hostcalls) removeResponseHeader(name string) error {
	return failed("proxy_remove_header_map_value", proxywasm.RemoveHttpResponseHeader(name))
}

func (hostcalls) responseBody(limit int) ([]byte, error) {
	body, err := proxywasm.GetHttpResponseBody(0, limit)
	if absent(err) {
		return nil, nil
	}
	return body, failed("proxy_get_buffer_bytes", err)
}

func (hostcalls) replaceResponseBody(body []byte) error {
	return failed("proxy_set_buffer_bytes", proxywasm.ReplaceHttpResponseBody(body))
}

func (hostcalls) removeResponseTrailers() error {
	return failed("proxy_set_header_map_pairs", proxywasm.ReplaceHttpResponseTrailers(nil))
}

func (hostcalls) sendReply(status int, details string, headers facts.Headers, body []byte) error {
	pairs := encodePairs(headers)
	return refused("proxy_send_local_response", proxySendLocalResponse(
		uint32(status), details,
		unsafe.SliceData(body), uint32(len(body)),
		unsafe.SliceData(pairs), uint32(len(pairs)),
		noGRPCStatus))
}

func (hostcalls) property(path []string) ([]byte, error) {
	var data *byte
	var size uint32
	status := proxyGetProperty(strings.Join(path, "\x00"), unsafe.Pointer(&data), &size)
	switch status {
	case statusNotFound, statusSerializationFailure:
		return nil, nil
	}
	return unsafe.Slice(data, size), refused("proxy_get_property", status)
}

func (hostcalls) setFilterState(key, value string) error {
	return failed("proxy_set_property", proxywasm.SetProperty([]string{key}, []byte(value)))
}

func (hostcalls) sharedData(key string) ([]byte, uint32, error) {
	value, version, err := proxywasm.GetSharedData(key)
	if absent(err) {
		return nil, 0, nil
	}
	return value, version, failed("proxy_get_shared_data", err)
}

func (hostcalls) setSharedData(key string, value []byte, version uint32) error {
	err := proxywasm.SetSharedData(key, value, version)
	if errors.Is(err, types.ErrorStatusCasMismatch) {
		return errVersion
	}
	return failed("proxy_set_shared_data", err)
}

func (hostcalls) defineMetric(kind metricKind, name string) (id uint32, err error) {
	status := proxyDefineMetric(uint32(kind), name, &id)
	return id, refused("proxy_define_metric", status)
}

func (hostcalls) incrementMetric(id uint32, by int) error {
	return refused("proxy_increment_metric", proxyIncrementMetric(id, int64(by)))
}

func (hostcalls) recordMetric(id uint32, value uint64) error {
	return refused("proxy_record_metric", proxyRecordMetric(id, value))
}

func (hostcalls) tickEvery(milliseconds uint32) error {
	return failed("proxy_set_tick_period_milliseconds", proxywasm.SetTickPeriodMilliSeconds(milliseconds))
}

func (hostcalls) log(level logLevel, line string) {
	switch level {
	case levelDebug:
		proxywasm.LogDebug(line)
	case levelWarn:
		proxywasm.LogWarn(line)
	default:
		proxywasm.LogError(line)
	}
}

func (hostcalls) now() int64 { return time.Now().UnixNano() }

// headerMap fetches a header map as it is encoded.
func headerMap(which uint32) ([]byte, error) {
	var data *byte
	var size uint32
	status := proxyGetHeaderMapPairs(which, unsafe.Pointer(&data), &size)
	if err := refused("proxy_get_header_map_pairs", status); err != nil {
		return nil, err
	}
	return unsafe.Slice(data, size), nil
}

// absent reports whether Envoy answered that there is no such thing.
func absent(err error) bool { return errors.Is(err, types.ErrorStatusNotFound) }

// failed says which call err came from.
func failed(call string, err error) error {
	if err == nil {
		return nil
	}
	return errors.New(call + ": " + err.Error())
}

// refused is the error of a call that returned status, nil for 0, which is success.
func refused(call string, status uint32) error {
	if status == 0 {
		return nil
	}
	return errors.New(call + ": status " + strconv.Itoa(int(status)))
}
