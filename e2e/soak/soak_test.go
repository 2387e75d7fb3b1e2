// SPDX-License-Identifier: Apache-2.0

//go:build soak

package soak

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/envoyrun"
)

// versions are the Envoys that are tested with an adapter, unless the environment names one.
var versions = map[ability.Adapter][]string{ability.Wasm: {"1.36.4", "1.40.0"}, ability.Module: {"1.39.3", "1.40.0"}}

// workers is how many workers Envoy has: with wasm each has a VM of its own, and one shows it all; in the module they share all memory.
var workers = map[ability.Adapter]string{ability.Wasm: "1", ability.Module: "4"}

const (
	// connections is how many connections send, each one request after another: enough to keep all workers busy.
	connections = 16
	// warmUp is the part of the time that passes before the memory counts.
	warmUp = 0.25
	// samples is how often the memory is measured after that.
	samples = 60
	// maxRise is by how many KiB the line through these samples may rise from the first to the last.
	maxRise = 8 << 10
)

// document rewrites everything that fails. Replies quote their request, so that each can be told from all others.
const document = `{"classification": [{"when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE"}],
	"gatewayResponses": {
		"DEFAULT_4XX": {"responseTemplates": {"application/json": "{\"path\":$context.envoy.originalPath}"}},
		"INTEGRATION_FAILURE": {"statusCode": 502, "responseTemplates": {"application/json": "{\"path\":$context.envoy.originalPath,\"was\":$context.envoy.body}"}}}}`

// kinds are the kinds of requests: a good one, an error changed in place, one without a body, and one of the upstream.
var kinds = []kind{
	{path: "/ok", status: 200, body: "ok\n"},
	{path: "/rbac", status: 403, body: `{"path":"/rbac?%d"}`},
	{path: "/nowhere", status: 404, body: `{"path":"/nowhere?%d"}`},
	{path: "/upstream-error", status: 502, body: `{"path":"/upstream-error?%d","was":"{\"error\":\"the upstream's own\"}\n"}`},
}

// TestSoak runs each Envoy under each load.
func TestSoak(t *testing.T) {
	total, err := time.ParseDuration(cmp.Or(os.Getenv("SOAK"), "30m"))
	if err != nil {
		t.Fatalf("SOAK: %v", err)
	}
	tested := versions[envoytest.Adapter]
	if os.Getenv("ENVOY")+os.Getenv("ENVOY_VERSION") != "" {
		tested = []string{os.Getenv("ENVOY_VERSION")}
	}
	file, err := os.Create("../../dist/soak.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	report := io.MultiWriter(os.Stdout, file)
	mixes := []int{1, 100}
	each := total / time.Duration(len(tested)*len(mixes))
	for _, version := range tested {
		for _, errors := range mixes {
			t.Run(fmt.Sprintf("%s with %d %% of errors", cmp.Or(version, "Envoy"), errors), func(t *testing.T) {
				soak(t, report, version, errors, each)
			})
		}
	}
}

// say writes to the report.
func say(t *testing.T, report io.Writer, format string, values ...any) {
	t.Helper()
	if _, err := fmt.Fprintf(report, format, values...); err != nil {
		t.Fatal(err)
	}
}

// soak runs one Envoy under one load, and reports.
func soak(t *testing.T, report io.Writer, version string, errors int, long time.Duration) {
	t.Helper()
	p := start(t, version)
	memory, sent := watch(t, p.Envoy.PID(), startClients(t, p.Address(t, "gateway"), errors), long)
	rise := memory.rise()
	say(t, report, "Envoy %s, %s, %s workers, %d %% of errors, %s: %d requests, %d of them errors, %.0f a second\n",
		cmp.Or(version, envoytest.EnvoyPath), envoytest.Adapter, workers[envoytest.Adapter], errors, long, sent.requests, sent.errors, float64(sent.requests)/long.Seconds())
	say(t, report, "  memory after the warm-up %d KiB, at the end %d KiB; slope %+.0f KiB per million requests, %+.0f KiB per hour\n",
		memory.first(), memory.last(), memory.perMillionRequests(), memory.perHour())
	if rise > maxRise {
		t.Errorf("the line through the memory rises by %.0f KiB, more than %d", rise, maxRise)
	}
	for _, problem := range sent.problems {
		t.Error(problem)
	}
	replaced, left := counted(t, p)
	say(t, report, "  counted: %d replaced, %d left; problems: %d\n", replaced, left, len(sent.problems))
	if replaced+left != sent.errors || left != 0 {
		t.Errorf("the counters say %d replaced and %d left, want %d and 0, the errors that clients got", replaced, left, sent.errors)
	}
}

// start runs an Envoy without companion mappers, and without keeping its access log.
func start(t *testing.T, version string) *envoytest.Proxy {
	t.Helper()
	if version != "" {
		t.Setenv("ENVOY_VERSION", version)
	}
	path, err := envoyrun.Locate(t.Context(), "../..", func(line string) { t.Log(line) })
	if err != nil {
		t.Fatal(err)
	}
	s := envoytest.Gateway(t, document)
	s.NoCompanions = true
	config := envoytest.Render(t, s)
	ctx, cancel := context.WithTimeout(t.Context(), envoytest.StartTimeout)
	defer cancel()
	envoy, err := envoyrun.Start(ctx, envoyrun.Command{
		Path: path, Config: config, Args: []string{"--concurrency", workers[envoytest.Adapter]}, Environ: envoytest.WithAdapter(s).Environ(),
		Dir: filepath.Dir(path), Stderr: os.Stderr,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := envoy.Stop(); err != nil {
			t.Error(err)
		}
	})
	return &envoytest.Proxy{Envoy: envoy}
}
