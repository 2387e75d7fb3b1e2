// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	texttemplate "text/template"
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
type provokedRoute struct{ Name, Action, Filter, PerRoute string }

// provokedConfig is what the test writes into testdata/provoke/envoy.yaml.
type provokedConfig struct {
	Plugin    string
	Listeners []struct{ Name, Document string }
	Filters   []provokedFilter
	Rows      []provokedRoute
	Ports     map[string]int
	minor     int
}

// Since tells whether the version is a minor version of Envoy 1, or later.
func (c provokedConfig) Since(minor int) bool { return c.minor >= minor }

// HTTP2 tells which upstreams speak it.
func (provokedConfig) HTTP2(cluster string) bool {
	switch cluster {
	case "hangs-h2", "resets", "refuses-h2", "over-limit", "authz-invalid":
		return true
	}
	return false
}

// startProvoked runs an Envoy with a listener for each dialect.
func startProvoked(t *testing.T, minor int) *proxy {
	t.Helper()
	const entries = `"gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {}}, "grpc": {"message": "$context.error.message"}}`
	c := provokedConfig{Plugin: pluginPath, Ports: startMisbehaviours(t), minor: minor}
	c.Listeners = []struct{ Name, Document string }{{"envoy", "{" + entries}, {"aws", `{"emulate": "aws", ` + entries}}
	for _, f := range slices.Concat(provokedFilters, loginFilters, grpcFilters) {
		if minor >= f.since {
			c.Filters = append(c.Filters, f)
		}
	}
	for _, row := range provocations() {
		if row.on(minor) && row.action != noRoute {
			c.Rows = append(c.Rows, row.route())
		}
	}
	text, err := os.ReadFile("testdata/provoke/envoy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	functions := texttemplate.FuncMap{"indent": func(n int, text string) string {
		return strings.Repeat(" ", n) + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", n))
	}}
	parsed, err := texttemplate.New("envoy.yaml").Funcs(functions).Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	var config bytes.Buffer
	if err := parsed.Execute(&config, c); err != nil {
		t.Fatal(err)
	}
	return startConfig(t, config.Bytes())
}

// noRoute is the action of a row that has no route.
const noRoute = "none"

// route fills in what most rows leave out.
func (p provocation) route() provokedRoute {
	r := provokedRoute{p.name, p.action, p.filter, p.perRoute}
	if r.Action == "" {
		r.Action = "route: {cluster: down}"
	}
	if r.PerRoute == "" {
		r.PerRoute = onlyEnabled
	}
	return r
}

// hold sends the head of a POST and the partial body of a row, over a connection that stays open until the returned
// function is called.
func (p provocation) hold(t *testing.T, address, id string) func() {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	head := "POST /" + p.name + " HTTP/1.1\r\nHost: " + host + "\r\nX-Request-Id: " + id + "\r\n"
	if _, err := io.WriteString(connection, head+p.partial); err != nil {
		t.Fatal(err)
	}
	return func() { _ = connection.Close() }
}
