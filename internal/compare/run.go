// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Options are how to ask, and what not to look at.
type Options struct {
	// Rate is how many requests a gateway gets in a second at most.
	Rate float64
	// IgnoreHeaders are headers that do not count; "body" is all of the body. IgnoreMembers are members of JSON bodies, by the names
	// that lead to them with dots between.
	IgnoreHeaders, IgnoreMembers []string
}

// Report is what became of all requests.
type Report struct {
	// A and B are the addresses of the gateways.
	A       string   `json:"a"`
	B       string   `json:"b"`
	Same    int      `json:"same"`
	Differ  int      `json:"differ"`
	Results []Result `json:"results"`
}

// Result is what became of one request.
type Result struct {
	Request
	// ReplyA and ReplyB are the replies, nil where there was none; ErrorA and ErrorB say why then.
	ReplyA *Reply `json:"replyA"`
	ReplyB *Reply `json:"replyB"`
	ErrorA string `json:"errorA,omitempty"`
	ErrorB string `json:"errorB,omitempty"`
	// Differences are the places in which the replies differ, none for replies that are the same.
	Differences []Difference `json:"differences"`
}

// Run sends all requests to both gateways. The error says that one of them cannot be asked at all.
func Run(ctx context.Context, a, b *Gateway, requests []Request, o Options) (*Report, error) {
	if len(requests) > MaxRequests {
		return nil, fmt.Errorf("there are %d requests; at most %d are sent", len(requests), MaxRequests)
	}
	c := newComparer(o)
	report := &Report{A: a.shown, B: b.shown, Results: make([]Result, 0, len(requests))}
	next := time.NewTicker(time.Duration(float64(time.Second) / o.Rate))
	defer next.Stop()
	for i := range requests {
		if i > 0 {
			select {
			case <-next.C:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		result, errA, errB := ask(ctx, a, b, &requests[i])
		if i == 0 && errA != nil {
			return nil, fmt.Errorf("%s cannot be asked: %w", a.shown, errA)
		}
		if i == 0 && errB != nil {
			return nil, fmt.Errorf("%s cannot be asked: %w", b.shown, errB)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		result.Differences = c.differences(&result)
		result.ReplyA.shorten()
		result.ReplyB.shorten()
		if len(result.Differences) == 0 {
			report.Same++
		} else {
			report.Differ++
		}
		report.Results = append(report.Results, result)
	}
	return report, nil
}

// ask sends a request to both at once.
func ask(ctx context.Context, a, b *Gateway, request *Request) (result Result, errA, errB error) {
	result.Request = *request
	var group sync.WaitGroup
	group.Go(func() { result.ReplyA, errA = a.send(ctx, request) })
	group.Go(func() { result.ReplyB, errB = b.send(ctx, request) })
	group.Wait()
	if errA != nil {
		result.ErrorA = errA.Error()
	}
	if errB != nil {
		result.ErrorB = errB.Error()
	}
	return result, errA, errB
}

// newComparer compares with options.
func newComparer(o Options) *comparer {
	c := &comparer{ignored: map[string]bool{}, members: map[string]bool{}}
	for _, list := range [][]string{ids, unsteady, o.IgnoreHeaders} {
		for _, name := range list {
			c.ignored[strings.ToLower(name)] = true
		}
	}
	for _, path := range o.IgnoreMembers {
		c.members[path] = true
	}
	return c
}

// differences are those of a result. A gateway that did not answer differs from one that did, and from one that did not either: nothing
// is known of it.
func (c *comparer) differences(r *Result) []Difference {
	if r.ReplyA != nil && r.ReplyB != nil {
		return append([]Difference{}, c.compare(r.ReplyA, r.ReplyB)...)
	}
	return []Difference{difference("reply", "", answered(r.ReplyA, r.ErrorA), answered(r.ReplyB, r.ErrorB))}
}

// answered says what a gateway did where one of the two did not answer.
func answered(reply *Reply, wrong string) string {
	if reply == nil {
		return "no reply: " + wrong
	}
	return fmt.Sprintf("a reply with status %d", reply.Status)
}
