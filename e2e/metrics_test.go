// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"os"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestMetrics reads the counters as Prometheus does, after one request of each kind.
func TestMetrics(t *testing.T) {
	document, err := os.ReadFile("../config/aws.json")
	if err != nil {
		t.Fatal(err)
	}
	p := envoytest.Start(t, envoytest.Gateway(t, string(document)))
	url := "http://" + p.Address(t, "gateway")
	errors := 0
	for _, path := range []string{"/ok", "/upstream-error", "/direct", "/rbac", "/rbac", "/jwt", "/no-host", "/nowhere"} {
		if envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: path}).Status >= 400 {
			errors++
		}
	}
	read, err := p.Envoy.Ask("/stats/prometheus")
	if err != nil {
		t.Fatal(err)
	}
	page := strings.ReplaceAll(string(read), "\n"+envoytest.Prometheus()+"gateway_responses", "\ngateway_responses")
	for _, want := range []string{
		`gateway_responses{gateway_response_type="ACCESS_DENIED",gateway_response_status="403"} 2`,
		`gateway_responses{gateway_response_type="UNAUTHORIZED",gateway_response_status="401"} 1`,
		`gateway_responses{gateway_response_type="INTEGRATION_FAILURE",gateway_response_status="504"} 1`,
		`gateway_responses{gateway_response_type="MISSING_AUTHENTICATION_TOKEN",gateway_response_status="404"} 1`,
		`gateway_responses_left{gateway_response_left="upstream"} 1`,
		`gateway_responses_left{gateway_response_left="deliberate"} 1`,
		`gateway_responses_config_invalid{} 0`,
		`envoy_server_concurrency{} 1`,
	} {
		if !strings.Contains(page, "\n"+want+"\n") {
			t.Errorf("/stats/prometheus has no line %s", want)
		}
	}
	t.Run("heartbeat", func(t *testing.T) {
		envoytest.Holds(t)
		if !strings.Contains(page, "\ngateway_responses_heartbeat{} ") {
			t.Error("/stats/prometheus has no gateway_responses_heartbeat without labels, which the alert compares with envoy_server_concurrency")
		}
	})
	if t.Failed() {
		t.Logf("/stats/prometheus:\n%s", linesWith(page, "gateway_response"))
	}
	if got := repliesCounted(t, p); got != errors {
		t.Errorf("types and reasons to leave add up to %d, want the %d replies with status 400 or above", got, errors)
	}
}

// repliesCounted adds up the counters of which each reply with status 400 or above moves one.
func repliesCounted(t *testing.T, p *envoytest.Proxy) int {
	t.Helper()
	sum := 0
	for name, value := range p.Counters(t) {
		if strings.HasPrefix(name, "left.") || name == strings.ToUpper(name) {
			sum += value
		}
	}
	return sum
}

// linesWith are the lines of text that contain a word.
func linesWith(text, word string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.Contains(line, word) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestChangedStatusInEnvoysMetrics shows which of Envoy's own counters see the new status: those of the listener do, those
// of the cluster keep what the router saw.
func TestChangedStatusInEnvoysMetrics(t *testing.T) {
	p := envoytest.Start(t, envoytest.Gateway(t, `{"gatewayResponses": {"INTEGRATION_FAILURE": {"statusCode": 404}, "ACCESS_DENIED": {"statusCode": 500}}}`))
	url := "http://" + p.Address(t, "gateway")
	for _, path := range []string{"/down", "/rbac"} {
		envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: path})
	}
	for name, want := range map[string]int{
		"http.gateway.downstream_rq_4xx": 1, // /down
		"http.gateway.downstream_rq_5xx": 1, // /rbac
		"cluster.down.upstream_rq_503":   1, // /down, as the router saw it
	} {
		if got := p.Stat(t, name); got != want {
			t.Errorf("%s = %d, want %d", name, got, want)
		}
	}
}
