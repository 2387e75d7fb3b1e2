// SPDX-License-Identifier: Apache-2.0

// Package report shows a result: as text for a terminal, as the tables of a page, and as a chart.
package report

import (
	"fmt"
	"strings"

	"gatewayresponses/bench/result"
)

// legend says what the columns of a scenario are.
const legend = `min, median, quartiles: CPU time of the Envoy process for a request, in µs; half of the rounds lie between the quartiles.
added: to that without a filter in the same round. x: times what the other variant adds; empty where that one adds nothing that
can be told from noise. p50, p99: latency under full load, in µs.
`

// Text is a result for a terminal.
func Text(r *result.Run) string {
	var b strings.Builder
	b.WriteString(machine(r))
	if len(r.Cells) > 0 {
		b.WriteString("\n" + legend)
		for _, s := range r.Scenarios {
			t, skipped := scenarioTable(r, s)
			b.WriteString("\n" + s.Name + ": " + s.Title + "\n" + t.text())
			for _, why := range skipped {
				b.WriteString("  not measured: " + strings.ReplaceAll(why, "`", "") + "\n")
			}
		}
	}
	if len(r.Starts) > 0 {
		b.WriteString("\nstarts\n" + startTable(r).text())
	}
	if len(r.Reloads) > 0 {
		b.WriteString("\nworst latency of a good request when a document arrives\n" + reloadTable(r).text())
	}
	if len(r.Tools) > 0 {
		b.WriteString("\nwhat gwr takes\n" + toolTable(r).text())
	}
	if r.Server != nil {
		b.WriteString(serverText(r.Server))
	}
	if len(r.Cells) > 0 {
		b.WriteString("\ntargets\n" + targetTable(r).text())
	}
	return b.String()
}

// machine says where, when and how the run was made.
func machine(r *result.Run) string {
	return fmt.Sprintf("%s %s. %d rounds of %g s, processes of each variant: %d. %s\n", where(r), r.Machine.Pinning, r.Rounds, r.Seconds, r.Processes, busy(r))
}

// serverMachine is the same for what was measured of gwrd.
func serverMachine(r *result.Run) string {
	return fmt.Sprintf("%s %d rounds of %g s. %s\n", where(r), r.Rounds, r.Seconds, busy(r))
}

// where says when, with what and on which machine.
func where(r *result.Run) string {
	m := r.Machine
	return fmt.Sprintf("%s, Envoy %s: %s, %d cores, %d MB, Linux %s, %s, commit %s.", m.Date, m.Envoy, m.Processor, m.Cores, m.MemoryMB, m.Kernel, m.Go, m.Commit)
}

// busy says what else the machine did.
func busy(r *result.Run) string {
	return fmt.Sprintf("Load average %.2f before, %.2f at the end.", r.Machine.LoadBefore, r.Machine.LoadAfter)
}

// Blocks are the parts of the page that follow from a result, by the name that stands in their markers.
func Blocks(r *result.Run) map[string]string {
	var scenarios strings.Builder
	for i, s := range r.Scenarios {
		if i > 0 {
			scenarios.WriteByte('\n')
		}
		t, skipped := scenarioTable(r, s)
		scenarios.WriteString("### `" + s.Name + "`: " + s.Title + "\n\n" + t.markdown())
		if len(skipped) > 0 {
			scenarios.WriteString("\nNot measured: " + strings.Join(skipped, "; ") + ".\n")
		}
	}
	return map[string]string{
		"machine":   machine(r),
		"added":     addedTable(r).markdown(),
		"targets":   targetTable(r).markdown(),
		"scenarios": legend + "\n" + scenarios.String(),
		"starts":    startTable(r).markdown(),
		"reloads":   reloadTable(r).markdown(),
	}
}

// Fill puts blocks between their markers in a page, <!-- begin NAME --> and <!-- end NAME -->.
func Fill(page string, blocks map[string]string) (string, error) {
	for name, block := range blocks {
		begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
		before, rest, ok := strings.Cut(page, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			return "", fmt.Errorf("the page has no lines %q and %q", begin, end)
		}
		page = before + begin + "\n" + block + "\n" + end + after
	}
	return page, nil
}
