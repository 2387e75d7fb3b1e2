// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// checkDoctor holds which findings gwr doctor has about the configuration of a running proxy: code and severity of each.
func checkDoctor(t *testing.T, p *proxy, want ...string) {
	t.Helper()
	dump, err := p.Envoy.Ask("/config_dump")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "config_dump.json")
	if err := os.WriteFile(path, dump, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(filepath.Join(deploytest.Dist(), "gwr"), "doctor", "-o", "json", path).Output()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	var report struct {
		Findings []struct{ Code, Severity, Message string }
	}
	if err := json.Unmarshal(said, &report); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var got []string
	for _, f := range report.Findings {
		got = append(got, f.Severity+" "+f.Code)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("gwr doctor:\n%s\n%+v", diff, report.Findings)
	}
}

// What gwr doctor finds.
const (
	notFirst   = "error GWR302"
	failsClose = "error GWR309"
	waits      = "warning GWR311"
	preflights = "warning GWR312"
)

// TestDoctor has gwr doctor find what is wrong on gateways that run with mistakes in their manifests. TestSeen, TestSidecar and
// TestDelivered have it find nothing wrong where nothing is.
func TestDoctor(t *testing.T) {
	file := "file://" + envoytest.PluginPath
	for _, tc := range []struct {
		name, file string
		// words are replaced, each by the next one.
		words []string
		want  []string
	}{
		{"a later phase", "wasmplugin.yaml", []string{"phase: AUTHN", "phase: STATS"}, []string{notFirst}},
		{"closed on failure", "wasmplugin.yaml", []string{"failStrategy: FAIL_OPEN", "failStrategy: FAIL_CLOSE"}, []string{failsClose, notFirst}},
		{"the last but one", "envoyfilter.yaml", []string{
			"operation: INSERT_FIRST", "operation: INSERT_BEFORE", "http_connection_manager}", "http_connection_manager, subFilter: {name: envoy.filters.http.router}}",
		}, []string{notFirst}},
		{"waiting for the server", "envoyfilter-ecds.yaml", []string{"without_warming: true", "without_warming: false"}, []string{waits}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			flags := []string{"--image", file}
			if tc.file == "envoyfilter-ecds.yaml" {
				flags = append(flags, "--server", "127.0.0.1:"+envoytest.FreePort(t))
			}
			manifest := emitted(t, tc.file, flags...)
			broken := strings.NewReplacer(tc.words...).Replace(manifest)
			if broken == manifest {
				t.Fatalf("the manifest has no %q", tc.words[0])
			}
			checkDoctor(t, start(t, ingressGateway, broken), tc.want...)
		})
	}
}
