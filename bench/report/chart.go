// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"html"
	"math"
	"strings"

	"gatewayresponses/bench/result"
)

// charted are the scenarios that the chart shows, as far as the run has them.
var charted = []string{"error", "header-only", "good"}

// Measures of the chart, in pixels.
const (
	chartWidth  = 860
	labelWidth  = 270
	plotWidth   = 500
	lineHeight  = 22
	barHeight   = 14
	panelHead   = 44
	chartMargin = 16
)

// style makes the chart readable on white and on black. A page that shows it as an image passes on what the reader prefers.
const style = `<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 14px }
.quiet { fill: #59636e }
.ours { fill: #0969da } .other { fill: #8c959f } .lua { fill: #bf8700 }
.spread { stroke: #1f2328; stroke-width: 1.2 } .grid { stroke: #d1d9e0 }
.paper { fill: #ffffff }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .quiet { fill: #9198a1 }
.ours { fill: #4493f8 } .other { fill: #656c76 } .lua { fill: #d29922 }
.spread { stroke: #f0f6fc } .grid { stroke: #3d444d }
.paper { fill: #0d1117 }
}
</style>
`

// Chart draws what each variant adds to the CPU time of a request: a panel for each scenario, a bar for each variant, and a line
// from quartile to quartile. It is an SVG that needs nothing else.
func Chart(r *result.Run) string {
	var panels strings.Builder
	y := chartMargin
	for _, name := range charted {
		for _, s := range r.Scenarios {
			if s.Name == name {
				y = panel(&panels, r, s, y)
			}
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-label="CPU time that each variant adds to a request">`+"\n",
		chartWidth, y) + style + `<rect class="paper" width="100%" height="100%"/>` + "\n" + panels.String() + "</svg>\n"
}

// panel draws a scenario from y on and returns where it ends.
func panel(b *strings.Builder, r *result.Run, s result.Scenario, y int) int {
	highest := 0.0
	for _, v := range r.Variants {
		if added, ok := r.Added(v.Name, result.Baseline, s.Name); ok {
			highest = max(highest, added.Median, added.Q3)
		}
	}
	step := niceStep(highest)
	top := step * math.Max(1, math.Ceil(highest/step))
	x := func(n float64) float64 { return labelWidth + math.Max(0, n)/top*plotWidth }
	text(b, "title", "start", chartMargin, float64(y+14), s.Title)
	text(b, "quiet", "start", labelWidth, float64(y+32), "added CPU per request, µs")
	first := y + panelHead
	end := first
	for _, v := range r.Variants {
		added, ok := r.Added(v.Name, result.Baseline, s.Name)
		if !ok || v.Name == result.Baseline {
			continue
		}
		middle := float64(end) + lineHeight/2
		text(b, "", "end", labelWidth-8, middle+4, v.Title)
		fmt.Fprintf(b, `<rect class="%s" x="%d" y="%.0f" width="%.1f" height="%d" rx="2"/>`+"\n", color(v.Name), labelWidth, middle-barHeight/2, x(added.Median)-labelWidth, barHeight)
		fmt.Fprintf(b, `<line class="spread" x1="%.1f" x2="%.1f" y1="%.0f" y2="%[3]g"/>`+"\n", x(added.Q1), x(added.Q3), middle)
		text(b, "", "start", x(math.Max(added.Median, added.Q3))+6, middle+4, fmt.Sprintf("%.1f", added.Median))
		end += lineHeight
	}
	for n := 0.0; n <= top; n += step {
		fmt.Fprintf(b, `<line class="grid" x1="%.1f" x2="%[1]g" y1="%d" y2="%d"/>`+"\n", x(n), end, end+4)
		text(b, "quiet", "middle", x(n), float64(end+16), fmt.Sprintf("%g", n))
	}
	return end + 36
}

// text writes a word.
func text(b *strings.Builder, class, anchor string, x, y float64, words string) {
	fmt.Fprintf(b, `<text class="%s" text-anchor="%s" x="%.1f" y="%.1f">%s</text>`+"\n", class, anchor, x, y, html.EscapeString(words))
}

// color is the class of a variant's bars.
func color(variant string) string {
	switch {
	case strings.HasPrefix(variant, "plugin-") || strings.HasPrefix(variant, "module-"):
		return "ours"
	case strings.HasPrefix(variant, "lua-"):
		return "lua"
	default:
		return "other"
	}
}

// niceStep is the distance of marks on an axis up to highest: 1, 2 or 5 times a power of ten, so that there are 4 to 10.
func niceStep(highest float64) float64 {
	if highest <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(highest)))
	for _, factor := range []float64{0.1, 0.2, 0.5} {
		if highest/(factor*power) <= 10 {
			return factor * power
		}
	}
	return power
}
