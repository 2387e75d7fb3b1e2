// SPDX-License-Identifier: Apache-2.0

package page

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Client asks the API for whoever the context is of, within the process.
type Client struct {
	ctx context.Context //nolint:containedctx // a client lives as long as the request that it asks for
	api http.Handler
	// etag is what is sent as If-Match, "" for nothing.
	etag string
}

// answer is what the API answered with.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

// NewClient is a Client of the API for whoever the context is of.
func NewClient(ctx context.Context, api http.Handler) Client { return Client{ctx: ctx, api: api} }

// apiPath is a path below /v1, of segments that may hold any character.
func apiPath(segments ...string) string {
	escaped := make([]string, len(segments))
	for i, s := range segments {
		escaped[i] = url.PathEscape(s)
	}
	return "/v1/" + strings.Join(escaped, "/")
}

// ask sends a request, and reads the answer into out, unless that is nil. An *APIError says what is wrong.
func (c Client) ask(method, path string, query url.Values, in, out any) error {
	got, err := c.send(method, path, query, in)
	if err != nil {
		return err
	}
	switch out := out.(type) {
	case nil:
	case *[]byte:
		*out = got.body.Bytes()
	default:
		if err := json.Unmarshal(got.body.Bytes(), out); err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
	}
	return nil
}

// send sends a request, and gives the answer, unless an *APIError says what is wrong.
func (c Client) send(method, path string, query url.Values, in any) (*answer, error) {
	var body bytes.Buffer
	if in != nil {
		e := json.NewEncoder(&body)
		e.SetEscapeHTML(false) // it would make large texts too large
		if err := e.Encode(in); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequestWithContext(c.ctx, method, path, &body)
	if err != nil {
		return nil, err
	}
	r.URL.RawQuery = query.Encode()
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.etag != "" {
		r.Header.Set("If-Match", c.etag)
	}
	got := &answer{status: http.StatusOK, header: http.Header{}}
	c.api.ServeHTTP(got, r)
	if got.status >= http.StatusBadRequest {
		said := &APIError{}
		if err := json.Unmarshal(got.body.Bytes(), &said.Problem); err != nil {
			return nil, fmt.Errorf("%s %s answers %d with what is no problem: %w", method, path, got.status, err)
		}
		return nil, said
	}
	return got, nil
}

// IfMatch is a client whose changes are refused when what they change has another ETag. A form that does not say which it was made for, "", is
// refused as one that is out of date.
func (c Client) IfMatch(etag string) Client {
	c.etag = cmp.Or(etag, noETag)
	return c
}

// noETag is the ETag of nothing.
const noETag = `""`

// GetVersion reads what is at a path, and gives its ETag.
func (c Client) GetVersion(out any, segments ...string) (etag string, err error) {
	got, err := c.send(http.MethodGet, apiPath(segments...), nil, nil)
	if err != nil {
		return "", err
	}
	return got.header.Get("ETag"), json.Unmarshal(got.body.Bytes(), out)
}

// Get reads what is at a path.
func (c Client) Get(out any, segments ...string) error {
	return c.ask(http.MethodGet, apiPath(segments...), nil, nil, out)
}

// List reads what is at a path, with a query of names and values.
func (c Client) List(out any, query []string, segments ...string) error {
	return c.ask(http.MethodGet, apiPath(segments...), values(query), nil, out)
}

// Delete removes what is at a path, with a query of names and values.
func (c Client) Delete(query []string, segments ...string) error {
	return c.ask(http.MethodDelete, apiPath(segments...), values(query), nil, nil)
}

// values is a query of names and values, without those that are empty.
func values(query []string) url.Values {
	q := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		if query[i+1] != "" {
			q.Set(query[i], query[i+1])
		}
	}
	return q
}

// Do changes what is at a path, and reads what came of it, unless out is nil.
func (c Client) Do(method string, in, out any, segments ...string) error {
	return c.ask(method, apiPath(segments...), nil, in, out)
}

// Try carries a change out and has it undone, and reads what would come of it, a v1.DryRun.
func (c Client) Try(method string, in, out any, segments ...string) error {
	return c.ask(method, apiPath(segments...), url.Values{"dryRun": {"true"}}, in, out)
}
