// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// fakeHost is a host that holds one exchange, behaves as Envoy does with it, and writes down every call. A call that
// it refuses ends with " !".
type fakeHost struct {
	request, response facts.Headers
	// byRoute is what the route's response_headers_to_add adds to a nested reply.
	byRoute facts.Headers
	// chunk is the piece of the body at hand in a body callback.
	chunk string
	// properties are the attributes, by dotted path.
	properties map[string]string
	// nullInMetadata has a null in all metadata, so that Envoy hands out single values only.
	nullInMetadata bool
	document       string
	shared         map[string]sharedValue
	clock          int64
	// refuse and panics hold the beginnings of the calls that are refused, and that panic.
	refuse, panics []string
	// panicsOnce lets only the first call of panics panic.
	panicsOnce bool
	// garbled makes the host hand out a response header map that cannot be read.
	garbled     bool
	metricNames []string
	trace       []string
}

// sharedValue is one value in the shared data.
type sharedValue struct {
	text    string
	version uint32
}

// errRefused is what a refused call returns.
var errRefused = errors.New("refused")

// call writes a call down.
func (h *fakeHost) call(words ...string) error {
	line := strings.Join(words, " ")
	begins := func(beginning string) bool { return strings.HasPrefix(line, beginning) }
	if slices.ContainsFunc(h.refuse, begins) {
		h.trace = append(h.trace, "  "+line+" !")
		return errRefused
	}
	h.trace = append(h.trace, "  "+line)
	if slices.ContainsFunc(h.panics, begins) {
		if h.panicsOnce {
			h.panics = nil
		}
		panic(line)
	}
	return nil
}

// given is what a getter returns: nothing when the call was refused.
func given[T any](value T, err error) (T, error) {
	if err != nil {
		var nothing T
		return nothing, err
	}
	return value, nil
}

func (h *fakeHost) configuration() ([]byte, error) {
	return given([]byte(h.document), h.call("configuration"))
}

func (h *fakeHost) requestHeader(name string) ([]byte, bool, error) {
	if err := h.call("get request header", name); err != nil {
		return nil, false, err
	}
	value, found := h.request.First(name)
	return []byte(value), found, nil
}

func (h *fakeHost) requestHeaders() ([]byte, error) {
	return given(abi.EncodePairs(h.request), h.call("get request headers"))
}

func (h *fakeHost) responseStatus() (int, error) {
	value, _ := h.response.First(":status")
	return given(parseStatus([]byte(value)), h.call("get header :status"))
}

func (h *fakeHost) responseHeader(name string) (string, error) {
	value, _ := h.response.First(name)
	return given(value, h.call("get header", name))
}

func (h *fakeHost) responseHeaders() ([]byte, error) {
	encoded := abi.EncodePairs(h.response)
	if h.garbled {
		encoded = encoded[1:]
	}
	return given(encoded, h.call("get headers"))
}

func (h *fakeHost) replaceResponseHeader(name, value string) error {
	if err := h.call("replace", name+":", value); err != nil {
		return err
	}
	line := facts.Header{Name: name, Value: value}
	if at := slices.IndexFunc(h.response, func(old facts.Header) bool { return old.Name == name }); at >= 0 {
		h.response[at] = line
		return nil
	}
	h.response = append(h.response, line)
	return nil
}

func (h *fakeHost) removeResponseHeader(name string) error {
	if err := h.call("remove", name); err != nil {
		return err
	}
	h.response = slices.DeleteFunc(h.response, func(line facts.Header) bool { return line.Name == name })
	return nil
}

func (h *fakeHost) setResponseHeaders(headers facts.Headers) error {
	words := []string{"set headers"}
	for _, line := range headers {
		words = append(words, "["+line.Name+": "+line.Value+"]")
	}
	err := h.call(words...)
	if err == nil {
		h.response = slices.Clone(headers)
	}
	return err
}

func (h *fakeHost) responseBody(limit int) ([]byte, error) {
	return given([]byte(h.chunk[:min(limit, len(h.chunk))]), h.call("get body", strconv.Itoa(limit)))
}

func (h *fakeHost) replaceResponseBody(body []byte) error {
	err := h.call("replace body:", strconv.Quote(string(body)))
	if err == nil {
		h.chunk = string(body)
	}
	return err
}

func (h *fakeHost) prependResponseBody(body []byte) error {
	err := h.call("prepend to body:", strconv.Quote(string(body)))
	if err == nil {
		h.chunk = string(body) + h.chunk
	}
	return err
}

func (h *fakeHost) removeResponseTrailers() error { return h.call("remove trailers") }

func (h *fakeHost) sendReply(status int, details string, headers facts.Headers, body []byte) error {
	words := []string{"send", strconv.Itoa(status), strconv.Quote(details), strconv.Quote(string(body))}
	for _, line := range headers {
		words = append(words, "["+line.Name+": "+line.Value+"]")
	}
	if err := h.call(words...); err != nil {
		return err
	}
	h.response = slices.Concat(facts.Headers{{Name: ":status", Value: strconv.Itoa(status)}}, h.byRoute, headers)
	h.chunk = string(body)
	return nil
}

func (h *fakeHost) property(path string) ([]byte, error) {
	dotted := strings.ReplaceAll(path, "\x00", ".")
	return given([]byte(h.properties[dotted]), h.call("get property", dotted))
}

func (h *fakeHost) object(path string) ([]byte, bool, error) {
	dotted := strings.ReplaceAll(path, "\x00", ".")
	if err := h.call("get property", dotted); err != nil || h.nullInMetadata {
		return nil, false, err
	}
	return h.below(dotted + "."), true, nil
}

// below is the object that the properties below a prefix make, as Envoy encodes it.
func (h *fakeHost) below(prefix string) []byte {
	members := map[string]string{}
	for path, value := range h.properties {
		rest, below := strings.CutPrefix(path, prefix)
		if !below {
			continue
		}
		name, _, deeper := strings.Cut(rest, ".")
		if deeper {
			value = string(h.below(prefix + name + "."))
		}
		members[name] = value
	}
	var pairs facts.Headers
	for _, name := range slices.Sorted(maps.Keys(members)) {
		pairs = append(pairs, facts.Header{Name: name, Value: members[name]})
	}
	return abi.EncodePairs(pairs)
}

func (h *fakeHost) setFilterState(key, value string) error {
	return h.call("set filter state", key+":", value)
}

func (h *fakeHost) sharedData(key string) ([]byte, uint32, error) {
	value, err := given(h.shared[key], h.call("get shared", strconv.Quote(key)))
	return []byte(value.text), value.version, err
}

func (h *fakeHost) setSharedData(key string, value []byte, version uint32) error {
	if err := h.call("set shared", strconv.Quote(key)+":", strconv.Quote(string(value)), "over", strconv.Itoa(int(version))); err != nil {
		return err
	}
	old := h.shared[key]
	if version != 0 && version != old.version {
		return errVersion
	}
	if h.shared == nil {
		h.shared = map[string]sharedValue{}
	}
	h.shared[key] = sharedValue{text: string(value), version: old.version + 1}
	return nil
}

func (h *fakeHost) defineMetric(kind abi.Metric, name string) (uint32, error) {
	if err := h.call("define", map[abi.Metric]string{abi.Counter: "counter", abi.Gauge: "gauge"}[kind], name); err != nil {
		return 0, err
	}
	h.metricNames = append(h.metricNames, name)
	return uint32(len(h.metricNames)), nil
}

func (h *fakeHost) incrementMetric(id uint32, by int) error {
	return h.call("add", strconv.Itoa(by), "to", h.metricNames[id-1])
}

func (h *fakeHost) recordMetric(id uint32, value uint64) error {
	return h.call("set", h.metricNames[id-1], "to", strconv.FormatUint(value, 10))
}

func (h *fakeHost) tickEvery(milliseconds uint32) error {
	return h.call("tick every", strconv.Itoa(int(milliseconds)))
}

func (h *fakeHost) log(level abi.Level, line string) {
	_ = h.call("log", map[abi.Level]string{abi.LevelWarn: "warn", abi.LevelError: "error"}[level]+":", line)
}

func (h *fakeHost) now() int64 { return h.clock }

// fakeProgram decides what a test wants, and keeps the facts it was asked about.
type fakeProgram struct {
	needs  engine.Needs
	wants  engine.Wants
	decide func(*facts.Facts) engine.Decision
	asked  []facts.Facts
	// upstream asks for replies of the upstream.
	upstream bool
	revision int64
}

func (p *fakeProgram) Needs() engine.Needs {
	needs := p.needs
	needs.LowestStatus = 400
	return needs
}

func (p *fakeProgram) Revision() int64 { return p.revision }

func (p *fakeProgram) Wants(_ int, details string) engine.Wants {
	if details == "via_upstream" && !p.upstream {
		return engine.Wants{Left: engine.LeftUpstream}
	}
	// The details of most tests are known to no table.
	wants := p.wants
	wants.Fields |= facts.FieldFlags | facts.FieldOwner
	return wants
}

func (p *fakeProgram) Decide(f *facts.Facts) engine.Decision {
	p.asked = append(p.asked, *f)
	return p.decide(f)
}
