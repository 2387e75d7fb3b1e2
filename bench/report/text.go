// SPDX-License-Identifier: Apache-2.0

// Package report shows a result: as text for a terminal, as a page, and as a chart.
package report

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"gatewayresponses/bench/result"
)

// Text is a result for a terminal.
func Text(r *result.Run) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Envoy %s, %s, %d cores; %s; %d rounds of %gs\n", r.Machine.Envoy, r.Machine.Processor, r.Machine.Cores, r.Machine.Pinning, r.Rounds, r.Seconds)
	b.WriteString("us: CPU of the Envoy process per request; quartiles: half of the rounds lie between; added: to no filter, median of the rounds;\nx: times what the other variant adds; p50 and p99 in us under full load\n")
	for _, s := range r.Scenarios {
		fmt.Fprintf(&b, "\n%s: %s\n", s.Name, s.Title)
		table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintf(table, "us min\tmedian\tquartiles\tadded\tquartiles\t%s\trequests/s\tp50\tp99\t \n", "x "+strings.Join(result.References, "\tx "))
		for _, v := range r.Variants {
			c := r.Cell(v.Name, s.Name)
			if c == nil || c.Skipped != "" {
				continue
			}
			cpu := result.Summarize(c.CPU)
			fmt.Fprintf(table, "%.1f\t%.1f\t%.1f-%.1f\t", cpu.Min, cpu.Median, cpu.Q1, cpu.Q3)
			if added, ok := r.Added(v.Name, result.Baseline, s.Name); ok && v.Name != result.Baseline {
				fmt.Fprintf(table, "%.1f\t%.1f-%.1f\t", added.Median, added.Q1, added.Q3)
			} else {
				table.Write([]byte("\t\t"))
			}
			for _, to := range result.References {
				if ratio, ok := r.Ratio(v.Name, to, result.Baseline, s.Name); ok && v.Name != result.Baseline && v.Name != to {
					fmt.Fprintf(table, "%.2f", ratio.Value)
				}
				table.Write([]byte("\t"))
			}
			fmt.Fprintf(table, "%.0f\t%.0f\t%.0f\t  %s\n", result.Summarize(c.Rate).Median, result.Summarize(c.P50).Median, result.Summarize(c.P99).Median, v.Name)
		}
		table.Flush()
		for _, v := range r.Variants {
			if c := r.Cell(v.Name, s.Name); c != nil && c.Skipped != "" {
				fmt.Fprintf(&b, "  not measured: %s: %s\n", v.Name, c.Skipped)
			}
		}
	}
	return b.String()
}
