// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/tryrequest"
)

// lineTime is how long Try waits for the line of the access log after the reply has ended.
const lineTime = 2 * time.Second

// Try is a request that somebody sends through an Envoy.
type Try struct {
	// Gateway is whose document the Envoy runs, and Envoy its name among those that the operator allowed.
	Gateway, Envoy string
	Request        tryrequest.Request
}

// Tried is what came of a Try.
type Tried struct {
	// URL is where the request went.
	URL   string
	Reply tryrequest.Reply
	// Line is the line of the access log, nil if none has come.
	Line *deliver.LogLine
}

// Envoys are the Envoys that Try can send requests through, by gateway and name. They are for those who may use them.
func (c *Control) Envoys(_ context.Context, by Caller) ([]tryrequest.Target, error) {
	if err := onGateways(by, auth.Deploy); err != nil {
		return nil, err
	}
	if c.options.Tries == nil {
		return nil, nil
	}
	return c.options.Tries.Targets(), nil
}

// AllowEnvoy lets Try send requests through another Envoy. It is for the operator, and asks for no rights.
func (c *Control) AllowEnvoy(t tryrequest.Target) error { return c.options.Tries.Allow(t) }

// Try sends a request through an Envoy that the operator allowed, and gives the reply with its line of the access log. It is traffic on the
// gateway, so it takes the role that deploys to it, and is in the audit log: with the names of its headers, and neither values nor
// query.
func (c *Control) Try(ctx context.Context, by Caller, t Try) (Tried, error) {
	to, err := c.mayTry(by, t)
	if err != nil {
		return Tried{}, err
	}
	if err := c.auditTry(ctx, by, t); err != nil {
		return Tried{}, err
	}
	expected := c.lines.Expect(t.Gateway)
	defer expected.Forget()
	reply, err := c.options.Tries.Send(ctx, to, t.Request, expected.Word)
	if errors.Is(err, tryrequest.ErrBusy) {
		return Tried{}, apigateway.TooMany(time.Second)
	}
	if err != nil {
		return Tried{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lineTime)
	defer cancel()
	line, err := expected.Wait(ctx)
	return Tried{to.URL, reply, line}, err
}

// mayTry is where a request goes, if the caller may send it.
func (c *Control) mayTry(by Caller, t Try) (to tryrequest.Target, err error) {
	if err := onGateways(by, auth.Deploy); err != nil {
		return to, err
	}
	if by.DryRun {
		return to, apigateway.BadRequest("a request that is sent cannot be undone: it has no dry run")
	}
	if c.options.Tries != nil {
		to, err = c.options.Tries.Target(t.Gateway, t.Envoy)
	}
	if c.options.Tries == nil || err != nil {
		return to, apigateway.NotFound("no request may be sent through an Envoy %q of the gateway %q; gwrd --try %[2]s/%[1]s=URL allows it", t.Envoy, t.Gateway)
	}
	if err := t.Request.Check(); err != nil {
		return to, apigateway.BadRequest("%s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return to, nil
}

// auditTry notes who sends a request.
func (c *Control) auditTry(ctx context.Context, by Caller, t Try) error {
	path, _, _ := strings.Cut(t.Request.Path, "?")
	var names []string
	for _, h := range t.Request.Headers {
		names = append(names, strings.ToLower(h.Name))
	}
	slices.Sort(names)
	body, err := json.Marshal(struct {
		Method  string   `json:"method"`
		Host    string   `json:"host,omitempty"`
		Path    string   `json:"path"`
		Headers []string `json:"headers,omitempty"`
		Bytes   int      `json:"bytes,omitempty"`
	}{t.Request.Method, t.Request.Host, path, slices.Compact(names), len(t.Request.Body)})
	if err != nil {
		return err
	}
	return c.change(ctx, by, "Try", func(w *change) error {
		if _, err := lookupGateway(w, t.Gateway); err != nil {
			return err
		}
		w.note(store.Key{Kind: "try", Scope: t.Gateway, Name: t.Envoy}, nil, body)
		return nil
	})
}

// Logged implements deliver.LogReader.
func (c *Control) Logged(ctx context.Context, gateway, word string, line deliver.LogLine) {
	c.lines.Logged(ctx, gateway, word, line)
}
