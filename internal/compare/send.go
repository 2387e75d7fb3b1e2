// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/version"
)

const (
	// maxBody is how much of a body is read and compared, in bytes: 1 MiB.
	maxBody = 1 << 20
	// maxHeaders is how much all headers of a reply may have, in bytes: 64 KiB. The report keeps them.
	maxHeaders = 64 << 10
	// maxError is how much of the reason of a failure is kept, in bytes: it may quote what a server sent.
	maxError = 300
	// maxKept is how much of it the report keeps, in bytes: 16 KiB.
	maxKept = 16 << 10
)

// Gateway is one of the two.
type Gateway struct {
	address string
	// shown is the address without a password.
	shown  string
	client *http.Client
}

// Reply is what a gateway answered.
type Reply struct {
	Status int `json:"status"`
	// Headers are in the order of their names, which are in lower case.
	Headers facts.Headers `json:"headers"`
	Body    string        `json:"body"`
	// Cut reports that the body is longer than Body.
	Cut bool `json:"cut,omitempty"`
}

// NewGateway is the gateway at an address. The paths of requests go behind its path, which on AWS has the stage.
func NewGateway(address string, timeout time.Duration) (*Gateway, error) {
	parsed, err := url.Parse(address)
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return nil, fmt.Errorf("%q is no address of a gateway, %w; write http://HOST or https://HOST/STAGE", address, failed.Err)
	}
	if parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Host == "" {
		return nil, fmt.Errorf("%q is no address of a gateway; write http://HOST or https://HOST/STAGE", address)
	}
	if parsed.RawQuery != "" || parsed.Fragment != "" {
		return nil, fmt.Errorf("%q has a query or a fragment; those are the requests' own", address)
	}
	return &Gateway{
		address: strings.TrimSuffix(parsed.String(), "/"),
		shown:   strings.TrimSuffix(parsed.Redacted(), "/"),
		client: &http.Client{
			Transport: &http.Transport{
				Proxy: http.ProxyFromEnvironment, DisableCompression: true, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: maxHeaders,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Timeout:       timeout,
		},
	}, nil
}

// send asks the gateway.
func (g *Gateway) send(ctx context.Context, r *Request) (*Reply, error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, g.address+r.Path, strings.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	request.Host = r.Host
	request.Header.Set("user-agent", "gwr/"+version.Number)
	for _, h := range r.Headers {
		if http.CanonicalHeaderKey(h.Name) == "User-Agent" {
			request.Header.Del("user-agent")
		}
	}
	for _, h := range r.Headers {
		request.Header.Add(h.Name, h.Value)
	}
	response, err := g.client.Do(request)
	if err != nil {
		return nil, withoutAddress(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if err != nil {
		return nil, err
	}
	reply := &Reply{Status: response.StatusCode, Headers: facts.HeadersOf(response.Header)}
	if reply.Cut = len(body) > maxBody; reply.Cut {
		body = body[:maxBody]
	}
	reply.Body = string(body)
	return reply, nil
}

// shorten lets go of what the report does not keep.
func (r *Reply) shorten() {
	if r != nil && len(r.Body) > maxKept {
		r.Body, r.Cut = strings.Clone(r.Body[:maxKept]), true
	}
}

// withoutAddress is an error without the request in front, which the report has anyway, and not longer than maxError.
func withoutAddress(err error) error {
	if of, ok := errors.AsType[*url.Error](err); ok {
		err = of.Err
	}
	if text := err.Error(); len(text) > maxError {
		return errors.New(strings.ToValidUTF8(text[:maxError], "") + "...")
	}
	return err
}
