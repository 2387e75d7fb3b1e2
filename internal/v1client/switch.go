// SPDX-License-Identifier: Apache-2.0

package v1client

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"gatewayresponses/internal/quote"
)

// Target is what can be switched: a gateway or an API.
type Target struct {
	// Kind is Gateways or APIs, Name the name or id.
	Kind, Name string
}

// The kinds of targets, as paths have them.
const (
	Gateways = "gateways"
	APIs     = "apis"
)

func (t Target) String() string {
	if t.Kind == APIs {
		return "the API " + quote.Text(t.Name)
	}
	return "the gateway " + quote.Text(t.Name)
}

// Switch turns the filter off for a while, or lets it only observe.
type Switch struct {
	Mode  string    `json:"mode"`
	Until time.Time `json:"until"`
	Why   string    `json:"why,omitempty"`
	By    string    `json:"by"`
}

// Find finds what a word means: "gateway/NAME", "api/ID", or a name or id alone where that is one thing only.
func (c *Client) Find(ctx context.Context, word string) (Target, error) {
	if name, ok := strings.CutPrefix(word, "gateway/"); ok {
		return Target{Gateways, name}, nil
	}
	if name, ok := strings.CutPrefix(word, "api/"); ok {
		return Target{APIs, name}, nil
	}
	var found []Target
	for _, kind := range []string{Gateways, APIs} {
		switch err := c.ask(ctx, http.MethodGet, []string{kind, word}, nil, nil); {
		case err == nil:
			found = append(found, Target{kind, word})
		case !isNotFound(err) && !isDenied(err):
			return Target{}, err
		}
	}
	switch len(found) {
	case 0:
		return Target{}, fmt.Errorf("there is no gateway and no API called %s that the key is for", quote.Text(word))
	case 1:
		return found[0], nil
	default:
		return Target{}, fmt.Errorf("%s is both a gateway and an API; write gateway/%s or api/%s", quote.Text(word), word, word)
	}
}

// Off puts a switch on a target that ends by itself after some time.
func (c *Client) Off(ctx context.Context, target Target, mode string, after time.Duration, why string) (s Switch, err error) {
	in := struct {
		Mode    string `json:"mode"`
		Seconds int64  `json:"seconds"`
		Why     string `json:"why,omitempty"`
	}{mode, int64(after / time.Second), why}
	return s, c.ask(ctx, http.MethodPut, []string{target.Kind, target.Name, "switch"}, in, &s)
}

// On ends the switch of a target.
func (c *Client) On(ctx context.Context, target Target) error {
	return c.ask(ctx, http.MethodDelete, []string{target.Kind, target.Name, "switch"}, nil, nil)
}
