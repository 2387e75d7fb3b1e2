// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/wire"
)

// fakeExchange is one exchange, whose texts are overwritten by end as Envoy does with its memory.
type fakeExchange struct {
	facts  facts.Facts
	route  *Route
	fields facts.Fields
	memory [][]byte
}

// text is a text in the memory of the exchange.
func (x *fakeExchange) text(text string) string {
	memory := []byte(text)
	x.memory = append(x.memory, memory)
	return view(memory)
}

// end overwrites the memory.
func (x *fakeExchange) end() {
	for _, memory := range x.memory {
		for i := range memory {
			memory[i] = '!'
		}
	}
}

func (x *fakeExchange) ReadHeaders(f *facts.Facts) {
	for _, line := range x.facts.Request.Headers {
		f.Request.Headers = append(f.Request.Headers, facts.Header{Name: x.text(line.Name), Value: x.text(line.Value)})
	}
	for _, line := range x.facts.Reply.Headers {
		f.Reply.Headers = append(f.Reply.Headers, facts.Header{Name: x.text(line.Name), Value: x.text(line.Value)})
	}
}

func (x *fakeExchange) ReadFields(fields facts.Fields, f *facts.Facts) {
	x.fields |= fields
	f.Reply.Flags, f.Reply.Owner = x.facts.Reply.Flags, x.text(x.facts.Reply.Owner)
	f.Route = x.facts.Route
}

func (x *fakeExchange) PerRoute() *Route { return x.route }

func (x *fakeExchange) Attribute(path string) string { return x.text(x.facts.Attributes[path]) }

// headersOf reads lines "name: value".
func headersOf(lines ...string) facts.Headers {
	var headers facts.Headers
	for _, line := range lines {
		name, value, _ := strings.Cut(line[1:], ": ")
		headers = append(headers, facts.Header{Name: line[:1] + name, Value: value})
	}
	return headers
}

// notFound is a 404 of Envoy without a body.
func notFound() *fakeExchange {
	return &fakeExchange{facts: facts.Facts{
		Request: facts.Request{Headers: headersOf(":method: GET", ":path: /pets")},
		Reply:   facts.Reply{Headers: headersOf(":status: 404")},
	}}
}

// testLog keeps lines.
type testLog struct {
	mutex sync.Mutex
	lines []string
}

func (l *testLog) line(level Level, line string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.lines = append(l.lines, fmt.Sprintf("%d %s", level, line))
}

// process returns a process, and its log.
func process(onInvalid string, validates bool) (*Process, *testLog) {
	log := &testLog{}
	return NewProcess(Host{Log: log.line, Now: time.Now, Abilities: engine.Everything(), OnInvalid: onInvalid, Validates: validates}), log
}

// load loads a document that is good.
func load(t *testing.T, p *Process, document string) *Filter {
	t.Helper()
	f, _, ok := p.Load("gateway_responses", []byte(document))
	if !ok || f.Gate().Passes {
		t.Fatal("the document is refused")
	}
	return f
}

// texts are the records of a list, a line each.
func texts(list *wire.List) []string {
	var lines []string
	for rest := list.Bytes(); len(rest) > 0; {
		number := func(i int) int { return int(binary.NativeEndian.Uint32(rest[4*i:])) }
		op, n, name, value := number(0), number(1), number(2), number(3)
		lines = append(lines, fmt.Sprintf("%d %d %s|%s", op, n, rest[16:16+name], rest[16+name:16+name+value]))
		rest = rest[16+name+value:]
	}
	return lines
}
