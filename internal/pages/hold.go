// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"fmt"
	"strings"
)

// Hold holds what steps led to, by their numbers, to what the page shows: their output, in lines that alike has made comparable, and exit
// codes up to most. It gives what is wrong, and the text of the page with what is printed now.
func (p *Page) Hold(results map[int]Result, most int, alike func([]string) []string) (wrong []error, anew string) {
	shown := make([][]string, len(p.Steps))
	for i, step := range p.Steps {
		result, ran := results[i]
		if !ran {
			continue
		}
		printed := strings.Join(result.Printed, "\n")
		if result.Code > most {
			wrong = append(wrong, fmt.Errorf("%s:%d: %s%s: exit code %d\n%s", p.Path, step.Line, step.Command, step.File, result.Code, printed))
		}
		if step.Command == "" || Matches(alike(step.Shown), alike(result.Printed)) {
			continue
		}
		shown[i] = Reshape(step.Shown, result.Printed)
		wrong = append(wrong, fmt.Errorf("%s:%d: %s prints something else than the page shows:\n%s", p.Path, step.Line, step.Command, printed))
	}
	return wrong, p.Replace(shown)
}
