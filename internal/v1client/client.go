// SPDX-License-Identifier: Apache-2.0

// Package v1client asks the server of gateway responses what gwr needs of it, by the server's own API.
//
// It shares no code with the server, so that gwr holds nothing of it: docs/openapi.json is what both keep to.
package v1client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/version"
)

const (
	// timeout is how long an answer may take.
	timeout = 30 * time.Second
	// maxAnswer is the size of the largest answer, in bytes: 8 MiB. A document has 1 MiB at most.
	maxAnswer = 8 << 20
)

// Client asks one server. It is safe for concurrent use.
type Client struct {
	server *url.URL
	key    string
	http   http.Client
}

// New makes a client of the server at a URL, with the bearer form of an access key. Over plain HTTP the key goes to this machine alone,
// unless insecure says that it may go anywhere.
func New(server, key string, insecure bool) (*Client, error) {
	u, err := url.Parse(server)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Host == "", u.RawQuery != "", u.Fragment != "", u.User != nil:
		return nil, fmt.Errorf("%s is not the address of a server, such as http://127.0.0.1:8400", quote.Text(server))
	case u.Scheme == "http" && !insecure && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("the key would go to %s unencrypted; use https, or --insecure where nobody can listen", quote.Text(u.Host))
	case strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }):
		return nil, errors.New("the key is none: it has white space or characters that no key has")
	}
	return &Client{server: u, key: key, http: http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// isLoopback reports whether a host is this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// ask sends a request to a path of segments below /v1, and reads the answer: into out, as JSON, or as it is if out is a *[]byte; nil
// drops it.
func (c *Client) ask(ctx context.Context, method string, segments []string, in, out any) error {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.url(segments), body)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.key)
	request.Header.Set("User-Agent", "gwr/"+version.Number)
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return c.unreachable(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case err != nil:
		return c.unreachable(err)
	case len(text) > maxAnswer:
		return fmt.Errorf("the answer of %s has more than %d MiB", c.server, maxAnswer>>20)
	}
	return c.read(answer, text, out)
}

// url is the address of a path.
func (c *Client) url(segments []string) string {
	address := strings.TrimSuffix(c.server.String(), "/") + "/v1"
	for _, s := range segments {
		address += "/" + url.PathEscape(s)
	}
	return address
}

// read reads an answer, or the problem that it is.
func (c *Client) read(answer *http.Response, text []byte, out any) error {
	media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if answer.StatusCode >= http.StatusBadRequest && media == "application/problem+json" {
		problem := Problem{Status: answer.StatusCode}
		if json.Unmarshal(text, &problem) == nil {
			return &problem
		}
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s answers with the status %d, and not as a server of gateway responses does; is --server right?", c.server, answer.StatusCode)
	}
	switch out := out.(type) {
	case nil:
		return nil
	case *[]byte:
		*out = text
		return nil
	}
	if err := json.Unmarshal(text, out); err != nil {
		return fmt.Errorf("%s answers with something else than was asked for: %w; is --server right?", c.server, err)
	}
	return nil
}

// unreachable says that the server does not answer, without what net/http puts around the reason.
func (c *Client) unreachable(err error) error {
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("the server at %s has not answered within %s", c.server, timeout)
	}
	return fmt.Errorf("the server at %s cannot be reached: %w", c.server, err)
}

// Problem is what the server answers when something is wrong.
type Problem struct {
	// Type links to what this kind of problem is.
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	RequestID string `json:"requestId"`
}

func (p *Problem) Error() string {
	switch p.Status {
	case http.StatusUnauthorized:
		return "the server does not know the key: " + p.Detail
	case http.StatusInternalServerError:
		return p.Detail + " (request " + p.RequestID + ")"
	default:
		return p.Detail
	}
}

// isNotFound reports whether the server says that something is not there.
func isNotFound(err error) bool {
	var p *Problem
	return errors.As(err, &p) && strings.HasSuffix(p.Type, "/not-found")
}

// isDenied reports whether the server says that the key is not for something.
func isDenied(err error) bool {
	var p *Problem
	return errors.As(err, &p) && strings.HasSuffix(p.Type, "/access-denied")
}
