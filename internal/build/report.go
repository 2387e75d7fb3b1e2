// SPDX-License-Identifier: Apache-2.0

package build

import (
	"strconv"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// maxFindings is how many findings of one step are told: a file can hold hundreds of thousands of mistakes.
const maxFindings = 1000

// report gathers findings.
type report struct{ found finding.List }

// fail reports what is wrong with a value, which path leads to.
func (r *report) fail(kind code.Code, at *source.Value, path, message string) {
	if len(r.found) < maxFindings {
		r.found = append(r.found, finding.Finding{Code: kind, Severity: finding.Error, Place: at.Place(), Path: path, Message: message})
	}
}

// elementOf is the path of an element of a list.
func elementOf(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
