// SPDX-License-Identifier: Apache-2.0

package console

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	v1 "gatewayresponses/internal/server/v1"
)

type (
	who     = v1.Who
	problem = v1.Problem
)

// apiError is a problem that the API answers with.
type apiError struct{ problem }

func (e *apiError) Error() string { return e.Title + ": " + e.Detail }

// client asks the API for whoever the context is of, within the process.
type client struct {
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

// apiPath is a path below /v1, of segments that may hold any character.
func apiPath(segments ...string) string {
	escaped := make([]string, len(segments))
	for i, s := range segments {
		escaped[i] = url.PathEscape(s)
	}
	return "/v1/" + strings.Join(escaped, "/")
}

// ask sends a request, and reads the answer into out, unless that is nil. An *apiError says what is wrong.
func (c client) ask(method, path string, query url.Values, in, out any) error {
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

// send sends a request, and gives the answer, unless an *apiError says what is wrong.
func (c client) send(method, path string, query url.Values, in any) (*answer, error) {
	var body []byte
	var err error
	if in != nil {
		if body, err = json.Marshal(in); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequestWithContext(c.ctx, method, path, bytes.NewReader(body))
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
		said := &apiError{}
		if err := json.Unmarshal(got.body.Bytes(), &said.problem); err != nil {
			return nil, fmt.Errorf("%s %s answers %d with what is no problem: %w", method, path, got.status, err)
		}
		return nil, said
	}
	return got, nil
}

// ifMatch is a client whose changes are refused when what they change has another ETag.
func (c client) ifMatch(etag string) client {
	c.etag = etag
	return c
}

// getVersion reads what is at a path, and gives its ETag.
func (c client) getVersion(out any, segments ...string) (etag string, err error) {
	got, err := c.send(http.MethodGet, apiPath(segments...), nil, nil)
	if err != nil {
		return "", err
	}
	return got.header.Get("ETag"), json.Unmarshal(got.body.Bytes(), out)
}

// get reads what is at a path.
func (c client) get(out any, segments ...string) error {
	return c.ask(http.MethodGet, apiPath(segments...), nil, nil, out)
}

// list reads what is at a path, with a query of names and values.
func (c client) list(out any, query []string, segments ...string) error {
	q := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		if query[i+1] != "" {
			q.Set(query[i], query[i+1])
		}
	}
	return c.ask(http.MethodGet, apiPath(segments...), q, nil, out)
}

// do changes what is at a path, and reads what came of it, unless out is nil.
func (c client) do(method string, in, out any, segments ...string) error {
	return c.ask(method, apiPath(segments...), nil, in, out)
}
