// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/bench/result"
)

// sample is a run in which plugin-capture adds 20 to none's 20, and lua-rewrite 10.
func sample() *result.Run {
	cell := func(variant string, cpu ...float64) result.Cell {
		return result.Cell{Variant: variant, Scenario: "error", CPU: cpu, Rate: []float64{1000, 1100}, P50: []float64{10, 10}, P99: []float64{20, 30}}
	}
	return &result.Run{
		Rounds: 2, Seconds: 0.5,
		Machine: result.Machine{Processor: "a processor", Cores: 2, Envoy: "1.40.0"},
		Variants: []result.Variant{
			{Name: "none", Title: "no filter", LoadedMB: 64},
			{Name: "lua-rewrite", Title: "Lua"},
			{Name: "plugin-capture", Title: "this filter <&>", ModuleBytes: 4_100_000},
			{Name: "other", Title: "other"},
		},
		Scenarios: []result.Scenario{{Name: "error", Title: "an error"}},
		Cells: []result.Cell{
			cell("none", 20, 22), cell("lua-rewrite", 30, 32), cell("plugin-capture", 40, 42),
			{Variant: "other", Scenario: "error", Skipped: "it sees none"},
		},
		Starts: []result.Start{
			{Variant: "none", Workers: 1, Ready: 0.1, CPU: 0.05, MemoryMB: 64},
			{Variant: "none", Workers: 4, MemoryMB: 66},
			{Variant: "none", Workers: 1, OneCore: true, Ready: 0.2, CPU: 0.06, MemoryMB: 63},
		},
		Reloads: []result.Reload{{Variant: "plugin-capture", KiB: 500, Equal: true, APIs: 1040, Before: []float64{1, 2, 1}, During: []float64{50, 40, 70}}},
	}
}

func TestTables(t *testing.T) {
	scenario, skipped := scenarioTable(sample(), sample().Scenarios[0])
	for _, tc := range []struct{ name, got, want string }{
		{"added", addedTable(sample()).markdown(), "" +
			"| variant | `error` |\n|---|---:|\n| no filter (`none`) | (21.0) |\n| Lua (`lua-rewrite`) | 10.0 |\n| this filter <&> (`plugin-capture`) | 20.0 |\n| other (`other`) |  |\n"},
		{"scenario", strings.SplitAfter(scenario.markdown(), "\n")[4], "| `plugin-capture` | 40.0 | 41.0 | 40.5 to 41.5 | 20.0 (20.0 to 20.0) | 2.00 (2.00 to 2.00) |  |  | 1050 | 10 | 25 |\n"},
		{"text", (&table{lines: [][]string{{"what", "µs", "n"}, {"`a`", "1.0", "10"}, {"longer", "12.5", ""}}}).text(), "" +
			"  what      µs   n\n" +
			"  a        1.0  10\n" +
			"  longer  12.5    \n"},
		{"skipped", strings.Join(skipped, "; "), "`other`: it sees none"},
		{"starts", strings.SplitAfter(startTable(sample()).markdown(), "\n")[2], "| `none` |  | 0.10 | 0.05 | 0.20 | 0.06 | 64 |  | 66 | 64 |\n"},
		{"reloads", strings.SplitAfter(reloadTable(sample()).markdown(), "\n")[2], "| 500 KiB, equal entries | 1040 | 1.0 | 40.0 | 50.0 | 70.0 | `plugin-capture` |\n"},
		{"targets", strings.SplitAfter(targetTable(sample()).markdown(), "\n")[2], "| an error changed in place, to the same rewrite in Lua | 1.00 | 2.00 | 2.00 to 2.00 | no |\n"},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

func TestFill(t *testing.T) {
	page := "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n"
	got, err := Fill(page, map[string]string{"x": "new\n"})
	if want := "a\n<!-- begin x -->\n\nnew\n\n<!-- end x -->\nb\n"; got != want || err != nil {
		t.Errorf("Fill = %q, %v", got, err)
	}
	if again, err := Fill(got, map[string]string{"x": "new\n"}); again != got || err != nil {
		t.Errorf("Fill changes what is filled: %q, %v", again, err)
	}
	if _, err := Fill(page, map[string]string{"y": ""}); err == nil {
		t.Error("Fill takes a page without the block")
	}
}

// TestChart reads the chart as XML: bars in the right ratio, nothing from elsewhere, colors for both kinds of pages.
func TestChart(t *testing.T) {
	chart := Chart(sample())
	widths := map[string]string{}
	decoder := xml.NewDecoder(strings.NewReader(chart))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, chart)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "rect" {
			attributes := map[string]string{}
			for _, a := range start.Attr {
				attributes[a.Name.Local] = a.Value
			}
			widths[attributes["class"]] = attributes["width"]
		}
	}
	if want := map[string]string{"paper": "100%", "lua": "250.0", "ours": "500.0"}; cmp.Diff(want, widths) != "" {
		t.Errorf("bars (-want +got):\n%s", cmp.Diff(want, widths))
	}
	if !strings.Contains(chart, "prefers-color-scheme: dark") || strings.Count(chart, "http") != 1 {
		t.Error("the chart is for one kind of page, or needs something from elsewhere")
	}
}

// TestServerTables holds what stands in the tables of gwrd.
func TestServerTables(t *testing.T) {
	s := &result.Server{
		Calls: []result.Call{
			{Store: "SQLite", Operation: "PutGatewayResponse", Callers: 1, CPU: []float64{500, 600}, Rate: []float64{100, 120}, P50: []float64{900, 1100}, P99: []float64{2000, 4000}},
			{Store: "PostgreSQL", Operation: "PutGatewayResponse", Callers: 1, CPU: []float64{800, 800}, Rate: []float64{55, 55}, P50: []float64{2000, 2000}, P99: []float64{5000, 5000}},
		},
		Fills:   []result.Fill{{Store: "SQLite", APIs: 10_000, Seconds: 20.04, EmptyMB: 30, FilledMB: 50, ListedMB: 60, RestartedMB: 31}},
		Updates: []result.Update{{Store: "SQLite", Stages: 1000, Bytes: 512 << 10, Answered: []float64{0.1, 0.3}, Listed: []float64{0.2, 0.4}, Compiled: []float64{0.02}}},
		Deliveries: []result.Delivery{
			{Streams: 0, Sent: []float64{0.02, 0.04}, Answered: []float64{-0.001, 0.02}},
			{Streams: 1000, Sent: []float64{0.06, 0.06}, Answered: []float64{0.05, 0.05}},
		},
	}
	for _, tc := range []struct {
		name string
		got  *table
		line int
		want string
	}{
		{"the first store", callTable(s), 2, "| `PutGatewayResponse` | SQLite | 1 | 110 | 105 to 115 |  | 550 | 1.00 | 3.00 |\n"},
		{"another store", callTable(s), 3, "| `PutGatewayResponse` | PostgreSQL | 1 | 55 | 55 to 55 | 0.50 (0.48 to 0.52) | 800 | 2.00 | 5.00 |\n"},
		{"memory", fillTable(s), 2, "| SQLite | 10000 | 20.0 | 30 | 50 | 60 | 31 | 2.0 |\n"},
		{"update", updateTable(s), 3, "|  |  |  | the revision is listed | 200.0 | 300.0 | 400.0 |\n"},
		{"alone", deliveryTable(s), 3, "|  |  | its answer | -1.0 | 9.5 | 19.8 | 20.0 |  |\n"},
		{"among others", deliveryTable(s), 4, "| 1000 | 2 | the request | 60.0 | 60.0 | 60.0 | 60.0 | 2.00 |\n"},
	} {
		if diff := cmp.Diff(tc.want, strings.SplitAfter(tc.got.markdown(), "\n")[tc.line]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}
