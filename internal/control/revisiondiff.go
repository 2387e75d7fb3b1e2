// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"fmt"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/diff"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/source"
)

// CompareRevisions says which stages, and which of their gateway responses, differ between two revisions of a gateway. Number 0 is a
// gateway on which nothing was ever put.
func (c *Control) CompareRevisions(ctx context.Context, by Caller, gateway string, before, after int64) (assemble.Changes, error) {
	a, b, err := c.two(ctx, by, gateway, before, after)
	if err != nil {
		return assemble.Changes{}, err
	}
	return assemble.Compare(a.Text, b.Text)
}

// DiffRevisions says what changes for clients from one revision of a gateway to another: the replies to the same errors. It takes longer
// than CompareRevisions, as all replies are made, so one is made at a time.
func (c *Control) DiffRevisions(ctx context.Context, by Caller, gateway string, before, after int64) (*diff.Report, error) {
	a, b, err := c.two(ctx, by, gateway, before, after)
	if err != nil {
		return nil, err
	}
	if err := c.comparing.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer c.comparing.Release(1)
	old, err := a.compile()
	if err != nil {
		return nil, err
	}
	next, err := b.compile()
	if err != nil {
		return nil, err
	}
	report, ok := diff.Within(old, next, maxReplies)
	if !ok {
		return nil, apigateway.BadRequest("the replies of revisions %d and %d have more than %d MiB together; compare what differs in the documents instead", before, after, maxReplies>>20)
	}
	return report, nil
}

// maxReplies is how many bytes the replies may have that are compared at once: a small document can make very many large ones.
const maxReplies = 64 << 20

// two reads two revisions.
func (c *Control) two(ctx context.Context, by Caller, gateway string, before, after int64) (a, b Revision, err error) {
	read := func(number int64) (Revision, error) {
		if number == 0 {
			_, err := c.Gateway(ctx, by, gateway)
			return Revision{Gateway: gateway, Text: []byte(nothing)}, err
		}
		return c.Revision(ctx, by, gateway, number)
	}
	if a, err = read(before); err != nil {
		return a, b, err
	}
	b, err = read(after)
	return a, b, err
}

// compile compiles the document of a revision.
func (r Revision) compile() (exchange.Document, error) {
	name := fmt.Sprintf("revision %d of %s", r.Number, r.Gateway)
	read, found := source.Read(name, r.Text)
	if read == nil {
		return exchange.Document{}, &Problem{Gateway: r.Gateway, Findings: found}
	}
	checked := check.Read(read)
	if checked.Program == nil {
		return exchange.Document{}, &Problem{Gateway: r.Gateway, Findings: checked.Findings}
	}
	return exchange.Document{Config: checked.Document, Program: checked.Program}, nil
}
