// SPDX-License-Identifier: Apache-2.0

package result

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
)

// Baseline is the variant without a filter.
const Baseline = "none"

// References are the variants that others are compared with: what the same rewrite costs in Lua, what a Lua filter costs that
// only looks, and the least that a Go plugin costs.
var References = []string{"lua-rewrite", "lua-status", "go-minimal"}

// Compare prints each ratio to a reference in both runs, and whether that of b is within the spread of a. What only one of
// them has is left out. An error says that a ratio is not within it, or that there is nothing to compare.
func Compare(out io.Writer, a, b *Run) error {
	var lines bytes.Buffer // to which writing does not fail
	table := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "scenario\tvariant\tto\tfirst\tspread\tsecond\t")
	compared, outside := 0, 0
	for _, s := range a.Scenarios {
		for _, v := range a.Variants {
			for _, to := range References {
				first, ok := a.Ratio(v.Name, to, Baseline, s.Name)
				second, too := b.Ratio(v.Name, to, Baseline, s.Name)
				if !ok || !too || v.Name == to || v.Name == Baseline {
					continue
				}
				compared++
				verdict := ""
				if second.Value < first.Low || second.Value > first.High {
					outside++
					verdict = "outside"
				}
				_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%.2f\t%.2f to %.2f\t%.2f\t%s\n", s.Name, v.Name, to, first.Value, first.Low, first.High, second.Value, verdict)
			}
		}
	}
	_ = table.Flush()
	if compared == 0 {
		return errors.New("the two runs have no ratio in common")
	}
	fmt.Fprintf(&lines, "%d of %d ratios are within the spread\n", compared-outside, compared)
	if _, err := out.Write(lines.Bytes()); err != nil {
		return err
	}
	if outside > 0 {
		return fmt.Errorf("%d of %d ratios of the second run are outside the spread of the first", outside, compared)
	}
	return nil
}
