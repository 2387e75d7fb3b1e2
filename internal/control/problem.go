// SPDX-License-Identifier: Apache-2.0

package control

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/finding"
)

// Problem says that a change was undone because a document would not work with it. It is an apigateway.Error, too.
type Problem struct {
	// Gateway is whose document it is; "" for one that belongs to none.
	Gateway string
	// Findings are all that was found, the warnings included. At least one is an error.
	Findings finding.List
}

func (p *Problem) Error() string { return p.aws().Error() }

// Unwrap is the error that callers of AWS's API get.
func (p *Problem) Unwrap() error { return p.aws() }

// maxTold is how many findings the message of a Problem tells.
const maxTold = 10

// aws is the problem in AWS's words, and the findings in ours.
func (p *Problem) aws() *apigateway.Error {
	var told []string
	untold := 0
	for _, f := range p.Findings {
		switch {
		case f.Severity != finding.Error:
		case len(told) < maxTold:
			told = append(told, inWords(f))
		default:
			untold++
		}
	}
	message := strings.Join(told, "; ")
	if untold > 0 {
		message += fmt.Sprintf("; and %d more", untold)
	}
	if p.Gateway == "" {
		return apigateway.BadRequest("The document does not work: %s", message)
	}
	return apigateway.BadRequest("The document of the gateway %q would not work with this: %s", p.Gateway, message)
}

// inWords is a finding in a line: where, and what.
func inWords(f finding.Finding) string {
	if place := f.String(); place != "" {
		return finding.Printable(place + ": " + f.Words())
	}
	return finding.Printable(f.Words())
}
