// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/deliver"
)

// replica is one of the servers on a PostgreSQL. It has the same addresses whenever it runs.
type replica struct {
	*gwrdtest.Server
	listen, store, seal string
}

// newReplica makes a replica that does not run yet.
func newReplica(t *testing.T, store, seal string) *replica {
	return &replica{gwrdtest.New(t), gwrdtest.FreeAddress(t), store, seal}
}

// run starts a replica, as the program given.
func (r *replica) run(t *testing.T, program string) {
	t.Helper()
	r.Program = program
	r.Start(t, "--store", r.store, "--seal-key-file", r.seal, "--listen", r.listen, "--rate", "0", "--log-level", "warn", "--plugin-file", envoytest.PluginPath)
}

// kill ends a replica as kill -9 does.
func (r *replica) kill(t *testing.T) {
	t.Helper()
	if err := r.Process.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = r.Process.Wait()
}

// client is AWS's SDK with the key of the first start.
func (r *replica) client(t *testing.T, config string) *apigateway.Client {
	t.Helper()
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`aws_access_key_id = (\S+)\naws_secret_access_key = (\S+)\n`).FindSubmatch(text)
	return apigateway.New(apigateway.Options{
		Region: "us-east-1", BaseEndpoint: aws.String("http://" + r.listen), HTTPClient: &http.Client{Timeout: envoytest.EventTimeout},
		Credentials: credentials.NewStaticCredentialsProvider(string(key[1]), string(key[2]), ""),
	})
}

// metric is a number of /metrics.
func (r *replica) metric(t *testing.T, name string) int {
	t.Helper()
	answer, err := http.Get(r.Ops + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	found := regexp.MustCompile(`(?m)^` + name + ` (\d+)$`).FindSubmatch(text)
	if err != nil || found == nil {
		t.Fatalf("there is no %s, %v", name, err)
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// hasEnvoy reports whether the Envoy is on this replica.
func (r *replica) hasEnvoy(t *testing.T) bool {
	t.Helper()
	return r.metric(t, "gwrd_xds_streams") == 1
}

// awaitAcknowledged waits until the Envoy runs what this replica has for it.
func (r *replica) awaitAcknowledged(t *testing.T) {
	t.Helper()
	envoytest.Eventually(t, "the Envoy runs what its replica has", func() bool {
		var nodes struct{ Items []deliver.Node }
		if err := json.Unmarshal(r.Ask(t, http.MethodGet, "/gateways/default/nodes", ""), &nodes); err != nil {
			t.Fatal(err)
		}
		return len(nodes.Items) == 1 && nodes.Items[0].State == deliver.Acknowledged &&
			strings.HasSuffix(nodes.Items[0].Replica, fmt.Sprintf("/%d", r.Process.Process.Pid))
	})
}

// checkAudit holds that the audit log is whole, and has all that was acknowledged.
func (r *replica) checkAudit(t *testing.T, writers []*writer) {
	t.Helper()
	var proof struct {
		Entries int `json:"entries"`
	}
	if err := json.Unmarshal(r.Ask(t, http.MethodGet, "/audit/proof", ""), &proof); err != nil {
		t.Fatal(err)
	}
	entries := map[string]int{}
	for line := range bytes.Lines(r.Ask(t, http.MethodGet, "/audit/log", "")) {
		var entry audit.Entry
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		entries[entry.RequestID]++
	}
	requests := 0
	for _, w := range writers {
		for _, id := range w.requests {
			if entries[id] != 1 {
				t.Errorf("request %q of %s was acknowledged, and the audit log has it %d times", id, w.name, entries[id])
			}
		}
		requests += len(w.requests)
	}
	t.Logf("the audit log has %d entries, among them those of the %d requests that were acknowledged", proof.Entries, requests)
}

// replicas are two of them. With each, one of the writers works.
type replicas [2]*replica

// ofEnvoy gives the index of the replica that the Envoy is on, and that of the other one.
func (rs replicas) ofEnvoy(t *testing.T) (on, other int) {
	t.Helper()
	envoytest.Eventually(t, "Envoy is on a replica", func() bool {
		for on = range rs {
			if rs[on].hasEnvoy(t) {
				return true
			}
		}
		return false
	})
	return on, 1 - on
}

// killOfEnvoy kills the replica that the Envoy is on, and waits until it is on the other one.
func (rs replicas) killOfEnvoy(t *testing.T) (killed, other int) {
	t.Helper()
	killed, other = rs.ofEnvoy(t)
	rs[killed].kill(t)
	envoytest.Eventually(t, "Envoy is on the other replica", func() bool { return rs[other].hasEnvoy(t) })
	return killed, other
}

// config is what gwr emit envoy makes for the first replica, with the second one beside it.
func (rs replicas) config(t *testing.T) []byte {
	t.Helper()
	host, port, _ := strings.Cut(rs[0].XDS, ":")
	_, second, _ := strings.Cut(rs[1].XDS, ":")
	endpoint := regexp.MustCompile(`(?m)^ *- endpoint: \{address: \{socket_address: \{address: "?` + regexp.QuoteMeta(host) + `"?, port_value: ` + port + `\}\}\}\n`)
	config := rs[0].Emitted(t)
	line := endpoint.Find(config)
	if line == nil {
		t.Fatalf("there is no endpoint %s in\n%s", rs[0].XDS, config)
	}
	return bytes.Replace(config, line, append(line[:len(line):len(line)], bytes.Replace(line, []byte(port), []byte(second), 1)...), 1)
}
