// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/quote"
)

// secretMarks begin the tokens of services that many use.
var secretMarks = []string{"AKIA", "ASIA", "AIza", "ghp_", "github_pat_", "glpat-", "sk_live_", "xoxb-", "xoxp-", "Bearer eyJ"}

const (
	// minSecret is how many characters stand behind a mark in a token.
	minSecret = 12
	// privateKey stands in the first line of a key in PEM.
	privateKey = "PRIVATE KEY-----"
)

// secrets looks for credentials in replies: variables that hold those of the client, and texts that are some of the owner. Replies
// stand in logs, in caches and on screens.
func secrets(s *subject, report report) {
	for e := range s.entries {
		for name, at := range e.quotes {
			if isSecret(name) {
				report(at, quote.Text("$"+name)+" is likely to be a credential, and replies stand in logs, in caches and on screens; leave it out")
			}
		}
		for _, template := range e.Templates {
			reportSecret(template.Value, report)
		}
		for _, member := range e.Headers {
			reportSecret(member.Value, report)
		}
		for _, parameter := range e.Parameters {
			reportSecret(parameter.Value, report)
		}
	}
	for _, scope := range s.scopes {
		variables := s.document.StageVariables
		if scope.route != nil {
			variables = scope.route.StageVariables
		}
		for _, variable := range variables {
			reportSecret(variable.Value, report)
		}
	}
}

// reportSecret reports the first credential in a text.
func reportSecret(text config.Text, report report) {
	const advice = " looks like a credential, and replies are public; leave it out, and replace it where it is in use"
	if at := strings.Index(text.Value, privateKey); at >= 0 {
		report(place{text, at}, "what contains "+quote.Text(privateKey)+advice)
		return
	}
	for _, mark := range secretMarks {
		_, rest, found := strings.Cut(text.Value, mark)
		if found && tokenLength(rest) >= minSecret {
			report(place{text, len(text.Value) - len(rest) - len(mark)}, "what begins with "+quote.Text(mark)+advice)
			return
		}
	}
}

// tokenLength measures the letters, digits and hyphens that a text begins with.
func tokenLength(text string) int {
	return len(text) - len(strings.TrimLeft(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-."))
}
