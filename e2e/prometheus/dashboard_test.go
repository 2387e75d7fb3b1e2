// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// variables are those that Grafana puts into expressions.
var variables = strings.NewReplacer("$__rate_interval", "5m", "$instance", ".*")

// grafanaDashboard is a dashboard as every Grafana imports it.
type grafanaDashboard = dashboard.Dashboard //nolint:staticcheck // the newer form needs Grafana 12

// readDashboard reads the dashboard strictly, by Grafana's own types.
func readDashboard(t *testing.T) grafanaDashboard {
	t.Helper()
	plugins.RegisterDefaultPlugins()
	text, err := os.ReadFile(dashboardFile)
	if err != nil {
		t.Fatal(err)
	}
	// The strict reader says what is wrong, and drops what it has read: it takes a list without errors for an error.
	var strict, read grafanaDashboard
	if err := strict.UnmarshalJSONStrict(text); err != nil && err.Error() != "" {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return read
}

// dashboardExpressions are those of all panels, and of the variable that lists Envoys.
func dashboardExpressions(t *testing.T) []string {
	t.Helper()
	all := []string{"gateway_responses_heartbeat"}
	for _, panel := range readDashboard(t).Panels {
		if panel.Panel == nil {
			continue
		}
		for _, target := range panel.Panel.Targets {
			query, is := target.(*prometheus.Dataquery)
			if !is {
				t.Fatalf("a target of %q is a %T", *panel.Panel.Title, target)
			}
			all = append(all, variables.Replace(query.Expr))
		}
	}
	return all
}

// TestDashboard: each panel asks something, says what it shows, and has its place; no two have the same.
func TestDashboard(t *testing.T) {
	type cell struct{ x, y uint32 }
	taken := map[cell]string{}
	for _, panel := range readDashboard(t).Panels {
		p := panel.Panel
		if p == nil {
			continue
		}
		title := *p.Title
		if p.Type != "row" && (len(p.Targets) == 0 || p.Description == nil || *p.Description == "") {
			t.Errorf("%s asks nothing, or does not say what it shows", title)
		}
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other := taken[cell{x, y}]; other != "" && other != title {
					t.Errorf("%s stands where %s does", title, other)
				}
				taken[cell{x, y}] = title
			}
		}
		if p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("%s is wider than the dashboard", title)
		}
	}
}
