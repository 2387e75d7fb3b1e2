// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"io"
	"net"
	"slices"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
)

// onlyEnabled turns a filter on that is off by default.
const onlyEnabled = `{"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, config: {}}`

// provokedFilter is a filter that rows name.
type provokedFilter struct {
	Name string
	// Kind is the type of the configuration without the package that all filters share, Config its fields as YAML.
	Kind, Config string
	// since is the first minor version of Envoy 1 that has the filter.
	since int
}

// provokedRoute is the route of a row.
type provokedRoute struct{ Match, Action, Filter, Also, PerRoute string }

// provokedListener is a listener for a dialect and for the rows with a certain last filter.
type provokedListener struct {
	Name, Document, Last string
	Filter               string   // ours, as YAML without indent
	Plugins              []string // filters that run the replier, each in a virtual machine of its own
	Filters              []provokedFilter
	Rows                 []provokedRoute
}

// provokedConfig is what the test writes into testdata/envoy.yaml.
type provokedConfig struct {
	Minor     int
	Replier   string
	Pressure  string // the file of the overload manager
	Listeners []provokedListener
	Ports     map[string]int
}

// Since reports whether the version is a minor version of Envoy 1, or later.
func (c provokedConfig) Since(minor int) bool { return c.Minor >= minor }

// OnlyEnabled is what turns a filter on.
func (provokedConfig) OnlyEnabled() string { return onlyEnabled }

// HTTP2 tells which upstreams speak it.
func (provokedConfig) HTTP2(cluster string) bool {
	switch cluster {
	case "hangs-h2", "resets", "refuses-h2", "over-limit", "authz-invalid", "resets-connect",
		"processor-denies", "processor-streams":
		return true
	}
	return false
}

// provokedListeners are a listener for each dialect, and where Envoy has the filter for MCP two more that end with it.
func provokedListeners(minor int) []provokedListener {
	const entries = `"gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {}}, "grpc": {"message": "$context.error.message"}}`
	lasts := []string{""}
	if minor >= toolRouterSince {
		lasts = append(lasts, toolRouter)
	}
	var listeners []provokedListener
	for _, last := range lasts {
		l := provokedListener{Last: last}
		if last == "" {
			l.Plugins = []string{"replier", "trap"}
		}
		for _, row := range provocations() {
			if row.on(minor) && row.action != noRoute && row.last == last {
				l.Rows = append(l.Rows, row.route())
			}
		}
		for _, f := range slices.Concat(provokedFilters, loginFilters, grpcFilters, toolFilters, forwardFilters, processorFilters, extensionFilters) {
			if minor >= f.since && (last == "" || l.uses(f.Name)) {
				l.Filters = append(l.Filters, f)
			}
		}
		l.Name, l.Document = "envoy"+last, "{"+entries
		listeners = append(listeners, l)
		l.Name, l.Document = "aws"+last, `{"emulate": "aws", `+entries
		listeners = append(listeners, l)
	}
	return listeners
}

// uses reports whether a row of the listener turns a filter on.
func (l provokedListener) uses(filter string) bool {
	return slices.ContainsFunc(l.Rows, func(r provokedRoute) bool { return filter == r.Filter || filter == r.Also })
}

// startProvoked runs an Envoy with the listeners.
func startProvoked(t *testing.T, minor int) *provokedProxy {
	t.Helper()
	c := provokedConfig{
		Minor: minor, Replier: envoytest.ReplierPath, Pressure: newPressure(t),
		Listeners: provokedListeners(minor), Ports: startMisbehaviours(t),
	}
	for i := range c.Listeners {
		l := &c.Listeners[i]
		l.Filter = envoytest.Filter(t, l.Name, l.Document)
	}
	return &provokedProxy{envoytest.StartConfig(t, envoytest.RenderFile(t, "testdata/envoy.yaml", c)), c.Pressure}
}

// noRoute is the action of a row that has no route.
const noRoute = "none"

// route fills in what most rows leave out.
func (p provocation) route() provokedRoute {
	r := provokedRoute{p.match, p.action, p.filter, p.also, p.perRoute}
	if r.Match == "" {
		r.Match = "path: /" + p.name
	}
	if r.Action == "" {
		r.Action = "route: {cluster: down}"
	}
	if r.PerRoute == "" {
		r.PerRoute = onlyEnabled
	}
	return r
}

// hold sends the first lines of a request and the partial body of a row, over a connection that stays open until the
// returned function is called.
func (p provocation) hold(t *testing.T, address, id string) func() {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	line := "POST /" + p.name
	if p.request.Method != "" {
		line = p.request.Method + " " + p.request.Path
	}
	partial := p.partial
	if partial == "" {
		partial = "\r\n"
	}
	head := line + " HTTP/1.1\r\nHost: " + envoytest.Host + "\r\nX-Request-Id: " + id + "\r\n"
	if _, err := io.WriteString(connection, head+partial); err != nil {
		t.Fatal(err)
	}
	if p.rest != "" {
		time.Sleep(restDelay)
		_, _ = io.WriteString(connection, p.rest) // when Envoy has answered already, the access log shows what
	}
	return func() { _ = connection.Close() }
}

// restDelay is when the rest of a request follows: later than a connection that is refused.
const restDelay = 200 * time.Millisecond
