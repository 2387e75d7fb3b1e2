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

// What a ratio of a second run can be to that of the first, as Compare prints it.
const (
	within  = ""
	outside = "outside"
	apart   = "apart"
)

// verdict says what second is to the ratio of the first run.
func (r Ratio) verdict(second Ratio) string {
	switch {
	case second.High < r.Low || second.Low > r.High:
		return apart
	case second.Value < r.Low || second.Value > r.High:
		return outside
	}
	return within
}

// Compare prints each ratio to a reference in both runs, and whether that of b is within the spread of a, or outside of it, or apart: so
// far that the spreads of both have nothing in common. Some are outside by chance, since a spread is what quartiles allow. What only one
// of the runs has is left out. An error says that ratios are apart, or that there is nothing to compare.
func Compare(out io.Writer, a, b *Run) error {
	var lines bytes.Buffer // to which writing does not fail
	table := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "scenario\tvariant\tto\tfirst\tspread\tsecond\tspread\t")
	counts := map[string]int{}
	compared := 0
	for _, s := range a.Scenarios {
		for _, v := range a.Variants {
			for _, to := range References {
				first, ok := a.Ratio(v.Name, to, Baseline, s.Name)
				second, too := b.Ratio(v.Name, to, Baseline, s.Name)
				if !ok || !too || v.Name == to || v.Name == Baseline {
					continue
				}
				compared++
				verdict := first.verdict(second)
				counts[verdict]++
				_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%.2f\t%.2f to %.2f\t%.2f\t%.2f to %.2f\t%s\n",
					s.Name, v.Name, to, first.Value, first.Low, first.High, second.Value, second.Low, second.High, verdict)
			}
		}
	}
	_ = table.Flush()
	if compared == 0 {
		return errors.New("the two runs have no ratio in common")
	}
	fmt.Fprintf(&lines, "of %d ratios, %d are within the spread of the first run, %d outside, %d apart\n", compared, counts[within], counts[outside], counts[apart])
	if _, err := out.Write(lines.Bytes()); err != nil {
		return err
	}
	if counts[apart] > 0 {
		return fmt.Errorf("%d of %d ratios of the second run are apart from those of the first", counts[apart], compared)
	}
	return nil
}
