// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/edit"
)

// setByPrometheus are the labels and the series that no target tells.
var setByPrometheus = map[string]bool{"job": true, "instance": true, "up": true}

// TestNames: everything that the alerts and the dashboard ask for is told by an Envoy with the filter, or by gwrd.
func TestNames(t *testing.T) {
	told := append(ofEnvoy(t), ofGwrd(t)...)
	asked := 0
	for _, expression := range expressions(t) {
		for _, selector := range selectors(t, expression) {
			if setByPrometheus[selector.Name] {
				continue
			}
			asked++
			if !tells(told, selector) {
				t.Errorf("%s in %s: neither Envoy nor gwrd tells that", selector, expression)
			}
		}
	}
	if asked < 40 {
		t.Errorf("only %d selectors were found", asked)
	}
	for _, never := range []string{`gateway_responses_panic`, `gwrd_nodes{state="behind"}`, `gwrd_nodes{node="a"}`} {
		if tells(told, selectors(t, never)[0]) {
			t.Errorf("%s counts as told", never)
		}
	}
}

// expressions are those of the alerts and of the dashboard.
func expressions(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, rule := range alerts(t) {
		all = append(all, rule.Expr)
	}
	return append(all, dashboardExpressions(t)...)
}

// selectors are the series that an expression asks for.
func selectors(t *testing.T, expression string) []*parser.VectorSelector {
	t.Helper()
	parsed, err := parser.NewParser(parser.Options{}).ParseExpr(expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	var found []*parser.VectorSelector
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if selector, is := node.(*parser.VectorSelector); is {
			found = append(found, selector)
		}
		return nil
	})
	return found
}

// tells reports whether one of the series is what a selector asks for.
func tells(told []labels.Labels, selector *parser.VectorSelector) bool {
	for _, series := range told {
		matches := true
		for _, m := range selector.LabelMatchers {
			matches = matches && (setByPrometheus[m.Name] || m.Matches(series.Get(m.Name)))
		}
		if matches {
			return true
		}
	}
	return false
}

// read are the series on a page of metrics.
func read(t *testing.T, page []byte) []labels.Labels {
	t.Helper()
	reader := expfmt.NewTextParser(model.UTF8Validation)
	families, err := reader.TextToMetricFamilies(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []labels.Labels
	for name, family := range families {
		if family.Metric[0].Histogram != nil {
			name += "_bucket"
		}
		for _, metric := range family.Metric {
			pairs := map[string]string{model.MetricNameLabel: name}
			for _, label := range metric.Label {
				pairs[label.GetName()] = label.GetValue()
			}
			all = append(all, labels.FromMap(pairs))
		}
	}
	return all
}

// ofEnvoy are the series of an Envoy whose filter has replaced a reply, left one, and panicked.
func ofEnvoy(t *testing.T) []labels.Labels {
	t.Helper()
	settings := envoytest.Gateway(t, `{"revision": 7, "x-on_tick": "panic", "gatewayResponses": {"ACCESS_DENIED": {}}}`)
	// The same filter, with a fault.
	config := bytes.Replace(envoytest.Render(t, settings), []byte("plugin.wasm"), []byte("faults.wasm"), 1)
	p := envoytest.StartConfig(t, config)
	url := "http://" + p.Address(t, "gateway")
	for _, path := range []string{"/rbac", "/jwt"} {
		envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: path})
	}
	envoytest.Eventually(t, "the filter panics", func() bool { return p.Stat(t, "wasmcustom.gateway_responses.failed.panic") > 0 })
	page, err := p.Envoy.Ask("/stats/prometheus")
	if err != nil {
		t.Fatal(err)
	}
	// No Envoy that is pinned here sends an error that the table does not know; this is the name that the filter counts it under.
	unclassified := strings.ReplaceAll(edit.Unclassified, ".", "_")
	return append(read(t, page), labels.FromStrings(model.MetricNameLabel, unclassified))
}

// greeting is the line in which gwrd says where it listens.
var greeting = regexp.MustCompile(`AWS's API on (http://[^ ,]+),.* metrics on (http://[^ ,]+)`)

// ofGwrd are the series of a gwrd that has answered a request.
func ofGwrd(t *testing.T) []labels.Labels {
	t.Helper()
	server := exec.CommandContext(t.Context(), filepath.Join(filepath.Dir(envoytest.PluginPath), "gwrd"), "--data", t.TempDir(), "--files", t.TempDir(),
		"--listen", "127.0.0.1:0", "--xds-listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0")
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt) // it may be gone
		_ = server.Wait()                       // ends by the signal
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if found := greeting.FindStringSubmatch(lines.Text()); found != nil {
			get(t, found[1])
			return read(t, get(t, found[2]+"/metrics"))
		}
	}
	t.Fatal("gwrd ended before it said where it listens")
	return nil
}

// get is what a URL answers.
func get(t *testing.T, url string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
