// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/internal/facts"
)

// idPrefix begins the x-request-id of our own requests.
const idPrefix = "gwr-try-"

// logTimeout is how long the access log may take to have the line of a request.
const logTimeout = 10 * time.Second

// Reply is what one request led to.
type Reply struct {
	// About says what is special about the request.
	About string `json:"about"`
	// ID is the x-request-id that was sent.
	ID string `json:"requestId"`
	// Method and Path are those of the request.
	Method string `json:"method"`
	Path   string `json:"path"`
	// Type, OriginalStatus and Entry are what the filter says: the gateway response type, the status before, and the entry that
	// answered. Type is "" and OriginalStatus 0 for a reply that the filter left alone.
	Type           string `json:"type,omitempty"`
	OriginalStatus int    `json:"originalStatus,omitempty"`
	Entry          string `json:"entry,omitempty"`
	// Details and Flags are Envoy's reason, Flags "" for none.
	Details string `json:"details"`
	Flags   string `json:"flags,omitempty"`
	// Status, Headers and Body are what the client sees. Headers are in the order of their names, which are in lower case.
	Status  int           `json:"status"`
	Headers facts.Headers `json:"headers"`
	Body    string        `json:"body"`
}

// client shows redirects, and leaves bodies as they are.
var client = &http.Client{
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Timeout:       30 * time.Second,
}

// Replies sends all requests, one after another, and returns what came back.
func (g *Gateway) Replies(ctx context.Context) ([]Reply, error) {
	replies := make([]Reply, len(requests))
	for i, r := range requests {
		for range r.before {
			if _, err := g.send(ctx, r); err != nil {
				return nil, err
			}
		}
		var err error
		if replies[i], err = g.send(ctx, r); err != nil {
			return nil, err
		}
	}
	return replies, nil
}

// send sends a request and waits for its line in the access log.
func (g *Gateway) send(ctx context.Context, r request) (Reply, error) {
	g.lastID++
	id := idPrefix + strconv.Itoa(g.lastID)
	sent, err := http.NewRequestWithContext(ctx, r.method(), "http://"+g.address+r.path, strings.NewReader(r.body()))
	if err != nil {
		return Reply{}, err
	}
	sent.Host = "localhost" + g.address[strings.LastIndexByte(g.address, ':'):]
	sent.Header.Set("x-request-id", id)
	sent.Header.Set("accept", "*/*")
	if r.header != "" {
		sent.Header.Set(r.header, r.value)
	}
	if name, password, ok := strings.Cut(r.user, ":"); ok {
		sent.SetBasicAuth(name, password)
	}
	received, err := client.Do(sent)
	if err != nil {
		return Reply{}, err
	}
	defer received.Body.Close()
	body, err := io.ReadAll(received.Body)
	if err != nil {
		return Reply{}, err
	}
	reply := Reply{
		About: r.about, ID: id, Method: sent.Method, Path: r.path,
		Status: received.StatusCode, Headers: facts.HeadersOf(received.Header), Body: string(body),
	}
	return reply, g.readLog(ctx, id, &reply)
}

// readLog adds what the access log says of a request.
func (g *Gateway) readLog(ctx context.Context, id string, reply *Reply) error {
	ctx, cancel := context.WithTimeout(ctx, logTimeout)
	defer cancel()
	for {
		if line := g.access.take(id); line != nil {
			logged := line.Logged()
			reply.Details, reply.Flags = line.Details, line.Flags()
			reply.Type, reply.Entry, reply.OriginalStatus = logged.Type, logged.Entry, line.Original
			return nil
		}
		if err := sleep(ctx, pollInterval); err != nil {
			return fmt.Errorf("%s %s: the access log does not have the request: %w", reply.Method, reply.Path, err)
		}
	}
}
