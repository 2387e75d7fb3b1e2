// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/doctor"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/golden"
)

// kept is where what Envoys have dumped is kept for the tests of internal/doctor; -update writes it.
const kept = "../../internal/doctor/testdata/dumps"

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestVariants starts each variant, and examines what it dumps.
func TestVariants(t *testing.T) {
	for _, v := range variants {
		t.Run(v.name, v.run)
	}
}

// run starts the variant, and examines what it dumps.
func (v *variant) run(t *testing.T) {
	p := good()
	p.plugin = "failure_policy: FAIL_OPEN, "
	v.change(t, p)
	if p.ours == nil {
		p.ours = []string{p.inline()}
	}
	config := envoytest.RenderFile(t, "testdata/envoy.yaml", p)
	proxy := envoytest.StartConfig(t, config, "--service-node", "e2e", "--service-cluster", "e2e")
	dump, err := doctor.Fetch(t.Context(), "http://"+proxy.Envoy.Admin)
	if err != nil {
		t.Fatal(err)
	}
	report := examine(t, dump)
	if got := codes(report); got != v.want {
		t.Errorf("findings = %q, want %q:\n%s", got, v.want, lines(report))
	}
	if *golden.Update {
		write(t, filepath.Join(kept, v.name+".json"), shortened(t, dump))
		write(t, filepath.Join(kept, v.name+".txt"), lines(report))
	}
	want, err := os.ReadFile(filepath.Join(kept, v.name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), lines(report)); diff != "" {
		t.Errorf("the report is not the one of the dump that is kept (-kept +this):\n%s", diff)
	}
}

// TestGwr runs gwr doctor at the admin interface of the demo, in which nothing is wrong, and at a file of another.
func TestGwr(t *testing.T) {
	proxy := envoytest.Start(t, envoytest.Gateway(t, `{"gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {}}}`))
	gwr, err := filepath.Abs("../../dist/gwr")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(gwr, "doctor", "http://"+proxy.Envoy.Admin).CombinedOutput()
	if err != nil {
		t.Errorf("gwr doctor of the demo: %v\n%s", err, out)
	}
	if !bytes.Contains(out, []byte("envoy.filters.http.local_ratelimit (by route)  seen      THROTTLED\n")) {
		t.Errorf("the table does not say that the rate limit throttles:\n%s", out)
	}
	out, err = exec.Command(gwr, "doctor", filepath.Join(kept, "not-first.json")).CombinedOutput()
	if err == nil || !bytes.Contains(out, []byte("GWR302")) {
		t.Errorf("gwr doctor of a filter that is not first: %v\n%s", err, out)
	}
}

// TestVariantIsReal holds that a variant means what it says, for one that can be seen from outside: the filter behind jwt_authn does
// not see its errors. Here it is the real filter.
func TestVariantIsReal(t *testing.T) {
	for _, tc := range []struct {
		name string
		// first reports whether the filter stands first.
		first  bool
		status int
	}{{"first", true, http.StatusTeapot}, {"behind", false, http.StatusForbidden}} {
		t.Run(tc.name, func(t *testing.T) {
			p := good()
			p.plugin, p.document = "failure_policy: FAIL_OPEN, ", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 418}}}`
			denies := typed("envoy.filters.http.rbac", "rbac.v3.RBAC", "rules: {action: ALLOW}")
			ours := strings.ReplaceAll(p.inline(), "inline_bytes: "+noop, fmt.Sprintf("filename: %q", envoytest.PluginPath))
			p.ours, p.behind = []string{ours, denies}, []string{router}
			if !tc.first {
				p.ours = []string{denies, ours}
			}
			proxy := envoytest.StartConfig(t, envoytest.RenderFile(t, "testdata/envoy.yaml", p))
			got := envoytest.Clients[0].Send(t, "http://"+proxy.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: "/"})
			if got.Status != tc.status {
				t.Errorf("status %d, want %d", got.Status, tc.status)
			}
		})
	}
}

// examine examines a dump.
func examine(t *testing.T, dump []byte) *doctor.Report {
	t.Helper()
	report, err := doctor.Examine("dump", dump, doctor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// codes are the codes of all findings.
func codes(report *doctor.Report) string {
	var all []string
	for _, f := range report.Findings {
		all = append(all, f.Code.String())
	}
	return strings.Join(all, " ")
}

// lines writes a report without lines and columns, which differ between a dump and what is kept of it, as their order does.
func lines(report *doctor.Report) string {
	var b strings.Builder
	byCode := func(a, b finding.Finding) int { return int(a.Code) - int(b.Code) }
	for _, f := range slices.SortedStableFunc(slices.Values(report.Findings), byCode) {
		fmt.Fprintf(&b, "%s %s %s\n%s\n\n", f.Code, f.Severity, f.Path, f.Message)
	}
	for i := range report.Chains {
		// A strings.Builder takes everything.
		_ = report.Chains[i].Text(&b)
	}
	return b.String()
}

// shortened is a dump without what nobody looks at, which is most of it: extensions other than runtimes for Wasm, and the bootstrap's
// own copy of the listeners.
func shortened(t *testing.T, dump []byte) string {
	t.Helper()
	var parsed struct {
		Configs []map[string]any `json:"configs"`
	}
	if err := json.Unmarshal(dump, &parsed); err != nil {
		t.Fatal(err)
	}
	node := parsed.Configs[0]["bootstrap"].(map[string]any)["node"].(map[string]any)
	var extensions []any
	for _, e := range node["extensions"].([]any) {
		if e.(map[string]any)["category"] == "envoy.wasm.runtime" {
			extensions = append(extensions, e)
		}
	}
	node["extensions"] = extensions
	delete(parsed.Configs[0]["bootstrap"].(map[string]any), "static_resources")
	for _, config := range parsed.Configs {
		steady(config)
	}
	text, err := json.MarshalIndent(parsed, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

// steady takes out what differs from run to run: when something was read, and where it lay.
func steady(value any) {
	switch value := value.(type) {
	case map[string]any:
		delete(value, "last_updated")
		if _, ok := value["path"].(string); ok {
			value["path"] = "/etc/envoy/delivered.yaml"
		}
		for _, member := range value {
			steady(member)
		}
	case []any:
		for _, element := range value {
			steady(element)
		}
	}
}
