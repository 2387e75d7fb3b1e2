// SPDX-License-Identifier: Apache-2.0

package result

import (
	"math"
	"slices"
)

// Summary is what the values of several rounds come to.
type Summary struct {
	Min, Median, Max float64
	// Q1 and Q3 are the quartiles: half of the values lie between them.
	Q1, Q3 float64
}

// Summarize sums values up. There must be one at least.
func Summarize(values []float64) Summary {
	sorted := slices.Sorted(slices.Values(values))
	return Summary{
		Min: sorted[0], Max: sorted[len(sorted)-1],
		Q1: quantile(sorted, 0.25), Median: quantile(sorted, 0.5), Q3: quantile(sorted, 0.75),
	}
}

// Percentile is the value that a share of the values, such as 0.99, lies below. There must be one at least.
func Percentile(values []float64, share float64) float64 {
	return quantile(slices.Sorted(slices.Values(values)), share)
}

// quantile is the value that a share of the sorted values lies below. Between two values it is interpolated, as R does by
// default (type 7).
func quantile(sorted []float64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

// Added sums up what a variant adds to the CPU time of the baseline, in microseconds for each request. Each round is compared
// with the baseline of the same round, since the processor drifts. False if one of them was not measured.
func (r *Run) Added(variant, baseline, scenario string) (Summary, bool) {
	values := r.differences(variant, baseline, scenario)
	if len(values) == 0 {
		return Summary{}, false
	}
	return Summarize(values), true
}

// differences are those of the CPU times in each round.
func (r *Run) differences(variant, baseline, scenario string) []float64 {
	of, base := r.Cell(variant, scenario), r.Cell(baseline, scenario)
	if of == nil || base == nil || len(of.CPU) != len(base.CPU) {
		return nil
	}
	var values []float64
	for i := range of.CPU {
		values = append(values, of.CPU[i]-base.CPU[i])
	}
	return values
}

// Ratio is what a variant adds, as a multiple of what another one adds.
type Ratio struct {
	// Value is that of the medians.
	Value float64
	// Low and High are the lowest and the highest that the rounds of either allow within their quartiles: the ratio's
	// spread.
	Low, High float64
}

// Ratio compares what two variants add to the baseline. False if one was not measured, or if the other one adds so little
// that its quartiles leave open whether it adds anything.
func (r *Run) Ratio(variant, to, baseline, scenario string) (Ratio, bool) {
	of, ok := r.Added(variant, baseline, scenario)
	other, too := r.Added(to, baseline, scenario)
	ratio, positive := divide(of, other)
	return ratio, ok && too && positive
}

// divide is the ratio of two summaries; false if the quartiles of the second are not above zero.
func divide(of, to Summary) (Ratio, bool) {
	if to.Q1 <= 0 {
		return Ratio{}, false
	}
	// A negative quantity is the lower, the less it is divided by.
	low, high := of.Q1/to.Q3, of.Q3/to.Q1
	if of.Q1 < 0 {
		low = of.Q1 / to.Q1
	}
	if of.Q3 < 0 {
		high = of.Q3 / to.Q3
	}
	return Ratio{Value: of.Median / to.Median, Low: low, High: high}, true
}
