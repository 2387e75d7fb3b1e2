// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
)

// TestCorpus runs every case of the corpus through the engine alone.
func TestCorpus(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			program, findings := Load(c.Document, Everything())
			if program == nil {
				t.Fatalf("the document is refused:\n%s", findings)
			}
			status, headers, body, trace := answerCase(program, c)
			if diff := c.Want.Diff(status, headers, body, true); diff != "" {
				t.Error(diff)
			}
			if diff := c.Trace.Diff(trace); diff != "" {
				t.Error(diff)
			}
			if c.Want.Untouched && !slices.Equal(headers, c.Facts.Reply.Headers) {
				// Want leaves headers free that it does not list.
				t.Errorf("headers %v of an untouched reply %v", headers, c.Facts.Reply.Headers)
			}
		})
	}
}

// answer is what a client sees: the host's part of the job, done on plain data. As a host, it keeps the body back until
// it is asked for.
func answer(program *Program, f facts.Facts) (int, facts.Headers, []byte, cases.Trace) {
	reply := f.Reply
	if reply.Status < program.Needs().LowestStatus {
		return reply.Status, reply.Headers, reply.Body, cases.Trace{}
	}
	if left := program.Wants(reply.Status, reply.Details).Left; left != "" {
		return reply.Status, reply.Headers, reply.Body, cases.Trace{Left: string(left)}
	}
	f.Reply.Body = nil
	decision := program.Decide(&f)
	trace := traceOf(decision.Trace)
	if decision.Reply == nil {
		return reply.Status, merge(reply.Headers, decision.Headers), reply.Body, trace
	}
	decision.Reply.Complete(reply.Body)
	headers := merge(reply.Headers, decision.Headers)
	if decision.Reply.GRPC == "" && decision.Reply.Framing() != Bare {
		headers = append(headers, facts.Header{Name: "content-length", Value: strconv.Itoa(len(decision.Reply.Body))})
	}
	return decision.Reply.Status, headers, decision.Reply.Body, trace
}

// traceOf is a trace as cases hold it.
func traceOf(trace Trace) cases.Trace {
	return cases.Trace{
		Type: string(trace.Class.Type), Reason: string(trace.Class.Reason),
		Entry: trace.Entry, Left: string(trace.Left), Dropped: strings.Join(trace.Dropped, " "),
	}
}

// merge is the header map of the old reply after some changes.
func merge(old facts.Headers, changes HeaderChanges) facts.Headers {
	merged := slices.DeleteFunc(slices.Clone(old), func(line facts.Header) bool {
		_, set := changes.Set.First(line.Name)
		return set || slices.Contains(changes.Remove, line.Name)
	})
	return append(merged, changes.Set...)
}
