// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// exchange is one request, the reply that Envoy makes to it, and what the plugin does.
type exchange struct {
	name string
	// document says that there is none with noProgram; else needs and decide are the program.
	noProgram bool
	needs     engine.Needs
	wants     engine.Wants
	// upstream asks for replies of the upstream.
	upstream bool
	decide   engine.Decision
	// quoting is the body of a reply that quotes the original one, for which "BODY" stands.
	quoting string
	// panicking is a program that panics.
	panicking bool

	// request and reply are header lines; the reply begins with its status.
	request, reply string
	// chunks is the body; a reply without chunks ends with its headers.
	chunks []string
	// trailers end the reply of an upstream behind the chunks.
	trailers   bool
	properties map[string]string
	// reset is a client that is gone before the body comes.
	reset bool
	// byRoute are the header lines that the route adds to a reply that is nested.
	byRoute string
	// refuse and panics hold the beginnings of calls.
	refuse, panics []string
	// panicsOnce lets only the first of those calls panic.
	panicsOnce bool
	// refuseInLog are refused from on_log on.
	refuseInLog []string
	// garbled is a reply whose header map cannot be read.
	garbled bool

	// want is what happens: callbacks, the calls they make, and what the client gets in the end.
	want string
}

// decision answers for the program of the exchange.
func (e *exchange) decision(*facts.Facts) engine.Decision {
	if e.panicking {
		panic("decide")
	}
	decision := e.decide
	if decision.Reply != nil {
		// Each exchange completes a reply of its own.
		reply := *decision.Reply
		decision.Reply = &reply
		if e.quoting != "" {
			decision.Reply.Quote = func(original []byte) []byte {
				return []byte(strings.ReplaceAll(e.quoting, "BODY", string(original)))
			}
		}
	}
	return decision
}

// streamID is the number of the stream in tests, pluginID that of its plugin.
const pluginID, streamID = 1, 2

// start makes a host that holds the exchange, and a filter that runs on it and has one plugin.
func (e *exchange) start() (*fakeHost, *fakeProgram, *filter) {
	host := &fakeHost{
		request:    headerLines(e.request),
		response:   headerLines(":status: " + e.reply),
		byRoute:    headerLines(e.byRoute),
		properties: e.properties,
		refuse:     e.refuse,
		panics:     e.panics,
		panicsOnce: e.panicsOnce,
		garbled:    e.garbled,
	}
	asked := &fakeProgram{needs: e.needs, wants: e.wants, upstream: e.upstream, decide: e.decision}
	p, loaded := newFilter(host, nil, ""), program(asked)
	if e.noProgram {
		loaded = nil
	}
	p.plugin().name = "gwr"
	p.plugin().use(loaded)
	return host, asked, p
}

// newFilter is a filter with one plugin.
func newFilter(host host, load loader, onInvalid string) *filter {
	f := &filter{vm: newVM(host, load, onInvalid)}
	f.ContextCreate(pluginID, 0)
	return f
}

// plugin is the plugin of a filter in tests.
func (f *filter) plugin() *plugin { return f.contexts.find(pluginID).plugin }

// run makes the callbacks that Envoy would make, and returns the trace and the facts of the decisions.
func (e *exchange) run() (string, []facts.Facts) {
	host, asked, f := e.start()
	f.ContextCreate(streamID, pluginID)
	step := func(callback string, run func() abi.Action) bool {
		host.trace = append(host.trace, callback)
		action := run()
		if action == abi.Pause {
			host.trace = append(host.trace, "  -> pause")
		}
		return action == abi.Continue
	}
	step("request headers", func() abi.Action { return f.RequestHeaders(streamID) })
	var body strings.Builder
	if step("response headers", func() abi.Action { return f.ResponseHeaders(streamID, len(e.chunks) == 0 && !e.trailers) }) {
		for i, chunk := range e.chunks {
			if e.reset {
				break
			}
			host.chunk = chunk
			end := i == len(e.chunks)-1 && !e.trailers
			step("response body", func() abi.Action { return f.ResponseBody(streamID, len(chunk), end) })
			body.WriteString(host.chunk)
		}
		if e.trailers {
			host.chunk = ""
			step("response trailers", func() abi.Action { return f.ResponseTrailers(streamID) })
			body.WriteString(host.chunk)
		}
	} else {
		body.WriteString(host.chunk)
	}
	host.trace = append(host.trace, "log")
	host.refuse = append(host.refuse, e.refuseInLog...)
	f.Log(streamID)
	f.Delete(streamID)
	host.trace = append(host.trace, "client")
	for _, line := range host.response {
		host.trace = append(host.trace, "  "+line.Name+": "+line.Value)
	}
	host.trace = append(host.trace, "  "+strconv.Quote(body.String()))
	return strings.Join(host.trace, "\n"), asked.asked
}

// runAll runs the exchanges and compares what happens.
func runAll(t *testing.T, exchanges []exchange) {
	t.Helper()
	for _, e := range exchanges {
		t.Run(e.name, func(t *testing.T) {
			got, _ := e.run()
			if diff := cmp.Diff(splitTrace(e.want), splitTrace(got)); diff != "" {
				t.Errorf("what happens (-want +got):\n%s\ngot:\n%s", diff, got)
			}
		})
	}
}

// splitTrace cuts a trace into lines and drops the names of metrics being defined, which only first uses have, and the version.
func splitTrace(trace string) []string {
	lines := strings.Split(strings.TrimSpace(trace), "\n")
	return slices.DeleteFunc(lines, func(line string) bool {
		return (strings.HasPrefix(line, "  define ") || strings.HasPrefix(line, "  set gateway_responses.build.")) &&
			!strings.HasSuffix(line, "!")
	})
}

// headerLines reads header lines, "name: value", one each line.
func headerLines(text string) facts.Headers {
	var headers facts.Headers
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			continue
		}
		at := strings.Index(line[1:], ":") + 1
		headers = append(headers, facts.Header{Name: line[:at], Value: strings.TrimPrefix(line[at+1:], " ")})
	}
	return headers
}

// classOf is the result of classification that the tests use.
func classOf(t config.ResponseType) classify.Result {
	return classify.Result{Type: t, Reason: classify.ByDetails, Row: "row", Known: true}
}

// newReply is a reply with the changes of headers that go with it.
type newReply struct {
	Status        int
	GRPC          string
	Set           facts.Headers
	Remove        []string
	AddedByRoutes []string
	Body          []byte
	// Quotes makes a body that quotes the original one, see exchange.quoting.
	Quotes bool
}

// replaceBy is a decision to replace a THROTTLED reply.
func replaceBy(reply newReply) engine.Decision {
	decided := &engine.Reply{Status: reply.Status, GRPC: reply.GRPC, AddedByRoutes: reply.AddedByRoutes, Body: reply.Body}
	if reply.Quotes {
		decided.Quote = func([]byte) []byte { return nil }
	}
	return engine.Decision{
		Reply:   decided,
		Headers: engine.HeaderChanges{Set: reply.Set, Remove: reply.Remove},
		Trace:   engine.Trace{Class: classOf(config.Throttled), Entry: "DEFAULT_4XX"},
	}
}

// jsonReply is a reply with a JSON body.
func jsonReply(status int, body string) newReply {
	return newReply{Status: status, Set: facts.Headers{{Name: "content-type", Value: "application/json"}}, Body: []byte(body)}
}

// localReply are the attributes of a local rate limit.
var localReply = map[string]string{
	"response.code_details": "local_rate_limited",
	"response.flags":        "\x00\x08\x00\x00\x00\x00\x00\x00",
	"filter_state.envoy.filters.network.http_connection_manager.local_reply_owner": "limit",
}
