// SPDX-License-Identifier: Apache-2.0

// Package lint finds what is right in a document and unwise all the same.
//
// A lint looks at the document, at what the engine made of it, or at the replies that it gives to the errors that Envoy makes most
// often (package exchange). Nothing here decides anything that the engine decides.
//
//	lint.go      all lints, and how they run
//	subject.go   what they look at
//	replies.go   the replies to Envoy's errors, by the entry that answers
//	names.go     whose values variables are
//	allow.go     findings that an owner allows, with a reason
//
// Every other file holds a lint.
package lint

import (
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// lint is one thing to look for.
type lint struct {
	code     code.Code
	severity finding.Severity
	look     func(s *subject, report report)
}

// lints are all lints, in the order of their codes.
var lints = []lint{
	{code.JSONForSomeValues, finding.Warning, jsonForSomeValues},
	{code.UnreachableRule, finding.Warning, unreachableRules},
	{code.UnreachableRoute, finding.Warning, unreachableRoutes},
	{code.UnusedEntry, finding.Warning, unusedEntries},
	{code.MissingTokenAs404, finding.Warning, missingTokenAs404},
	{code.NoChallenge, finding.Warning, noChallenge},
	{code.NoRetryAfter, finding.Warning, noRetryAfter},
	{code.ClosingStatus, finding.Warning, closingStatus},
	{code.CacheablePerRequest, finding.Warning, cacheablePerRequest},
	{code.SecretInReply, finding.Warning, secrets},
	{code.LargeBody, finding.Warning, largeBodies},
	{code.FailureAsSuccess, finding.Error, failureAsSuccess},
	{code.ServerErrorAsClientError, finding.Error, serverErrorAsClientError},
	{code.RedirectOfWrites, finding.Error, redirectOfWrites},
	{code.RawClientValue, finding.Error, rawClientValues},
	{code.EchoedOriginWithCredentials, finding.Error, echoedOriginWithCredentials},
	{code.DeclaredByAnybody, finding.Error, declaredByAnybody},
	{code.DeclaredDespiteFilter, finding.Warning, declaredDespiteFilter},
	{code.HashOfNothing, finding.Warning, hashesOfNothing},
}

// Check finds what is unwise in a document. What the engine finds is among it; of a document that the engine refuses there is
// nothing else. Findings that the document allows are left out.
func Check(checked check.Checked) finding.List {
	if checked.Program == nil {
		return checked.Findings
	}
	s := newSubject(checked)
	found := checked.Findings
	for _, l := range lints {
		l.look(s, func(at place, message string) {
			found = append(found, finding.Finding{
				Code: l.code, Severity: l.severity, Place: s.written(at), Path: s.document.Path(at.text), Message: message,
			})
		})
	}
	found = allowed(s, found)
	found.Sort()
	return found
}
