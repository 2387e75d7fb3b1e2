// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"

	"gatewayresponses/bench/result"
)

// callTable has what each operation takes on each store, and how the stores compare.
func callTable(s *result.Server) *table {
	t := &table{}
	t.add("operation", "store", "callers", "a second: median", "quartiles", "x SQLite", "CPU of gwrd, µs", "p50, ms", "p99, ms")
	for _, c := range s.Calls {
		rate := result.Summarize(c.Rate)
		cells := []string{"`" + c.Operation + "`", c.Store, fmt.Sprint(c.Callers), fmt.Sprintf("%.0f", rate.Median), fmt.Sprintf("%.0f to %.0f", rate.Q1, rate.Q3), ""}
		if ratio, ok := s.ToFirst(c); ok {
			cells[5] = fmt.Sprintf("%.2f (%.2f to %.2f)", ratio.Value, ratio.Low, ratio.High)
		}
		cells = append(cells, fmt.Sprintf("%.0f", result.Summarize(c.CPU).Median))
		for _, values := range [][]float64{c.P50, c.P99} {
			cells = append(cells, fmt.Sprintf("%.2f", result.Summarize(values).Median/1000))
		}
		t.add(cells...)
	}
	return t
}

// fillTable has what memory many APIs take.
func fillTable(s *result.Server) *table {
	t := &table{}
	t.add("store", "APIs", "imported in, s", "empty, MB", "filled", "after a list of all", "restarted", "x empty")
	for _, f := range s.Fills {
		t.add(f.Store, fmt.Sprint(f.APIs), fmt.Sprintf("%.1f", f.Seconds), fmt.Sprintf("%.0f", f.EmptyMB), fmt.Sprintf("%.0f", f.FilledMB),
			fmt.Sprintf("%.0f", f.ListedMB), fmt.Sprintf("%.0f", f.RestartedMB), fmt.Sprintf("%.1f", f.ListedMB/f.EmptyMB))
	}
	return t
}

// updateTable has how a change of one of many stages becomes a revision.
func updateTable(s *result.Server) *table {
	t := &table{}
	t.add("store", "stages", "document, KiB", "until, ms", "min", "median", "max")
	for _, u := range s.Updates {
		first := []string{u.Store, fmt.Sprint(u.Stages), fmt.Sprintf("%.0f", float64(u.Bytes)/(1<<10))}
		for _, part := range []struct {
			what    string
			seconds []float64
		}{{"the answer", u.Answered}, {"the revision is listed", u.Listed}, {"of it, to compile", u.Compiled}} {
			sum := result.Summarize(part.seconds)
			t.add(append(first, part.what, milliseconds(sum.Min), milliseconds(sum.Median), milliseconds(sum.Max))...)
			first = []string{"", "", ""}
		}
	}
	return t
}

// deliveryTable has how deployments reach an Envoy.
func deliveryTable(s *result.Server) *table {
	t := &table{}
	t.add("other streams", "deployments", "from, ms", "min", "median", "p99", "max", "median, x alone")
	for _, d := range s.Deliveries {
		first := []string{fmt.Sprint(d.Streams), fmt.Sprint(len(d.Sent))}
		for _, part := range []struct {
			what           string
			seconds, alone []float64
		}{{"the request", d.Sent, s.Deliveries[0].Sent}, {"its answer", d.Answered, nil}} {
			sum := result.Summarize(part.seconds)
			ratio := ""
			if part.alone != nil && d.Streams > 0 {
				ratio = fmt.Sprintf("%.2f", sum.Median/result.Summarize(part.alone).Median)
			}
			t.add(append(first, part.what, milliseconds(sum.Min), milliseconds(sum.Median), milliseconds(result.Percentile(part.seconds, 0.99)), milliseconds(sum.Max), ratio)...)
			first = []string{"", ""}
		}
	}
	return t
}

// milliseconds writes seconds as these.
func milliseconds(seconds float64) string { return fmt.Sprintf("%.1f", seconds*1000) }

// serverText is what gwrd takes, for a terminal.
func serverText(s *result.Server) string {
	text := "\nwhat callers of gwrd get\n" + callTable(s).text() + "\nmemory of gwrd\n" + fillTable(s).text() +
		"\nfrom UpdateStage to the revision\n" + updateTable(s).text() + "\nfrom CreateDeployment to the first new reply\n" + deliveryTable(s).text()
	if s.Missing != "" {
		text += "\n" + s.Missing + "\n"
	}
	return text
}

// ServerBlocks are the parts of the page that follow from what gwrd takes.
func ServerBlocks(r *result.Run) map[string]string {
	return map[string]string{
		"gwrd-machine":    serverMachine(r),
		"gwrd-calls":      callTable(r.Server).markdown(),
		"gwrd-memory":     fillTable(r.Server).markdown(),
		"gwrd-updates":    updateTable(r.Server).markdown(),
		"gwrd-deliveries": deliveryTable(r.Server).markdown(),
	}
}
