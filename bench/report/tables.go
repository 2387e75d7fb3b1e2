// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"slices"

	"gatewayresponses/bench/result"
)

// addedTable has what each variant adds in each scenario.
func addedTable(r *result.Run) *table {
	t := &table{}
	titles := []string{"variant"}
	for _, s := range r.Scenarios {
		titles = append(titles, "`"+s.Name+"`")
	}
	t.add(titles...)
	for _, v := range r.Variants {
		cells := []string{v.Title + " (`" + v.Name + "`)"}
		for _, s := range r.Scenarios {
			added, ok := r.Added(v.Name, result.Baseline, s.Name)
			switch {
			case !ok:
				cells = append(cells, "")
			case v.Name == result.Baseline:
				cells = append(cells, fmt.Sprintf("(%.1f)", result.Summarize(r.Cell(v.Name, s.Name).CPU).Median))
			default:
				cells = append(cells, fmt.Sprintf("%.1f", added.Median))
			}
		}
		t.add(cells...)
	}
	return t
}

// targetTable has the targets and whether they are met.
func targetTable(r *result.Run) *table {
	t := &table{}
	t.add("what", "at most", "measured", "spread", "met")
	for _, target := range r.Targets() {
		number := func(n float64) string { return quantity(n, target.Unit) }
		if target.Open {
			t.add(target.What, number(target.Limit), "", "", "open")
			continue
		}
		t.add(target.What, number(target.Limit), number(target.Value), number(target.Low)+" to "+number(target.High), choose(target.Met(), "yes", "no"))
	}
	return t
}

// choose is one of two texts.
func choose(first bool, yes, no string) string {
	if first {
		return yes
	}
	return no
}

// quantity writes a number with its unit; a ratio has none.
func quantity(n float64, unit string) string {
	if unit == "x" {
		return fmt.Sprintf("%.2f", n)
	}
	return fmt.Sprintf("%.1f %s", n, unit)
}

// scenarioTable has all figures of a scenario, and says what was not measured.
func scenarioTable(r *result.Run, s result.Scenario) (t *table, skipped []string) {
	t = &table{}
	titles := []string{"variant", "min", "median", "quartiles", "added"}
	for _, to := range result.References {
		titles = append(titles, "x `"+to+"`")
	}
	t.add(append(titles, "requests/s", "p50", "p99")...)
	for _, v := range r.Variants {
		c := r.Cell(v.Name, s.Name)
		if c != nil && c.Skipped != "" {
			skipped = append(skipped, "`"+v.Name+"`: "+c.Skipped)
		} else if c != nil {
			t.add(append([]string{"`" + v.Name + "`"}, figures(r, c)...)...)
		}
	}
	return t, skipped
}

// figures are the numbers of one cell: CPU time, what is added, the ratios, and what the generator saw.
func figures(r *result.Run, c *result.Cell) []string {
	cpu := result.Summarize(c.CPU)
	cells := []string{fmt.Sprintf("%.1f", cpu.Min), fmt.Sprintf("%.1f", cpu.Median), fmt.Sprintf("%.1f to %.1f", cpu.Q1, cpu.Q3), ""}
	added, ok := r.Added(c.Variant, result.Baseline, c.Scenario)
	if ok = ok && c.Variant != result.Baseline; ok {
		cells[3] = fmt.Sprintf("%.1f (%.1f to %.1f)", added.Median, added.Q1, added.Q3)
	}
	for _, to := range result.References {
		cell := ""
		if ratio, has := r.Ratio(c.Variant, to, result.Baseline, c.Scenario); ok && has && c.Variant != to {
			cell = fmt.Sprintf("%.2f (%.2f to %.2f)", ratio.Value, ratio.Low, ratio.High)
		}
		cells = append(cells, cell)
	}
	for _, values := range [][]float64{c.Rate, c.P50, c.P99} {
		cells = append(cells, fmt.Sprintf("%.0f", result.Summarize(values).Median))
	}
	return cells
}

// memoryWorkers are the columns of memory in the table of starts.
var memoryWorkers = []int{1, 2, 4}

// startTable has what a start costs.
func startTable(r *result.Run) *table {
	t := &table{}
	t.add("variant", "module, MB", "ready, s", "CPU, s", "on one core: ready, s", "CPU, s", "memory with 1 worker, MB", "with 2", "with 4", "with 1, after the load")
	for _, v := range r.Variants {
		cells := make([]string, 10)
		cells[0] = "`" + v.Name + "`"
		if v.ModuleBytes > 0 {
			cells[1] = fmt.Sprintf("%.2f", float64(v.ModuleBytes)/1e6)
		}
		for _, s := range r.Starts {
			if s.Variant != v.Name {
				continue
			}
			ready, cpu := fmt.Sprintf("%.2f", s.Ready), fmt.Sprintf("%.2f", s.CPU)
			if s.OneCore {
				cells[4], cells[5] = ready, cpu
				continue
			}
			if s.Workers == 1 {
				cells[2], cells[3] = ready, cpu
			}
			if at := slices.Index(memoryWorkers, s.Workers); at >= 0 {
				cells[6+at] = fmt.Sprintf("%.0f", s.MemoryMB)
			}
		}
		if v.LoadedMB > 0 {
			cells[9] = fmt.Sprintf("%.0f", v.LoadedMB)
		}
		t.add(cells...)
	}
	return t
}

// toolTable has what gwr takes for many of something.
func toolTable(r *result.Run) *table {
	t := &table{}
	t.add("gwr", "of", "many", "seconds: min", "median", "max", "a second", "memory, MB")
	for _, tool := range r.Tools {
		s := result.Summarize(tool.Seconds)
		t.add("`"+tool.Name+"`", tool.Of, fmt.Sprint(tool.Many), fmt.Sprintf("%.3f", s.Min), fmt.Sprintf("%.3f", s.Median), fmt.Sprintf("%.3f", s.Max),
			fmt.Sprintf("%.0f", float64(tool.Many)/s.Median), fmt.Sprintf("%.0f", tool.MemoryMB))
	}
	return t
}

// reloadTable has what good requests notice of documents that arrive.
func reloadTable(r *result.Run) *table {
	t := &table{}
	t.add("document", "APIs", "before, ms: median", "while it arrives, ms: min", "median", "max", "variant")
	for _, reload := range r.Reloads {
		s, before := result.Summarize(reload.During), result.Summarize(reload.Before)
		t.add(fmt.Sprintf("%d KiB, %s", reload.KiB, reload.Entries()), fmt.Sprint(reload.APIs),
			fmt.Sprintf("%.1f", before.Median), fmt.Sprintf("%.1f", s.Min), fmt.Sprintf("%.1f", s.Median), fmt.Sprintf("%.1f", s.Max), "`"+reload.Variant+"`")
	}
	return t
}
