// SPDX-License-Identifier: Apache-2.0

package gwrd

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"gatewayresponses/bench/load"
)

// Operation is an operation of AWS's API that callers send over and over.
type Operation struct {
	// Name is AWS's.
	Name   string
	method string
	// request gives path and body of the request with a number to an API; each is another.
	request func(api string, number int) (path string, body []byte)
}

// Operations are those that are measured.
var Operations = []Operation{
	{"PutGatewayResponse", http.MethodPut, func(api string, number int) (string, []byte) {
		return "/restapis/" + api + "/gatewayresponses/UNAUTHORIZED",
			fmt.Appendf(nil, `{"statusCode": "401", "responseTemplates": {"application/json": "{\"message\":$context.error.messageString,\"number\":%d}"}}`, number)
	}},
	{"CreateDeployment", http.MethodPost, func(api string, number int) (string, []byte) {
		return "/restapis/" + api + "/deployments", deployment(number)
	}},
	{"GetGatewayResponses", http.MethodGet, func(api string, _ int) (string, []byte) {
		return "/restapis/" + api + "/gatewayresponses", nil
	}},
	{"GetGatewayResponse", http.MethodGet, func(api string, _ int) (string, []byte) {
		return "/restapis/" + api + "/gatewayresponses/THROTTLED", nil
	}},
}

// Spec is what callers send.
type Spec struct {
	Client Client `json:"client"`
	// Operation is the name of one.
	Operation string `json:"operation"`
	// APIs has the id of an API for each caller. Each waits for an answer before it sends the next request.
	APIs []string `json:"apis"`
	// First is the number of the first request of each.
	First int `json:"first"`
	// WarmUp goes before the measured Duration.
	WarmUp   time.Duration `json:"warmUp"`
	Duration time.Duration `json:"duration"`
}

// ServeCallers is the side of the callers in a conversation like that of load.Serve: they warm up, write the line load.Ready, wait for a line,
// send, and write a load.Outcome as a line of JSON.
func ServeCallers(s Spec, in io.Reader, out io.Writer) error {
	at := slices.IndexFunc(Operations, func(o Operation) bool { return o.Name == s.Operation })
	if at < 0 {
		return fmt.Errorf("operation %q is not known", s.Operation)
	}
	callers := make([]*caller, len(s.APIs))
	for i, api := range s.APIs {
		callers[i] = &caller{client: s.Client, operation: Operations[at], api: api, number: s.First}
	}
	if _, err := sendAll(callers, s.WarmUp); err != nil {
		return fmt.Errorf("warming up: %w", err)
	}
	if _, err := fmt.Fprintln(out, load.Ready); err != nil {
		return err
	}
	if _, err := bufio.NewReader(in).ReadString('\n'); err != nil {
		return fmt.Errorf("nobody said when to begin: %w", err)
	}
	measured, err := sendAll(callers, s.Duration)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(measured)
}

// caller sends one request after the other.
type caller struct {
	client    Client
	operation Operation
	api       string
	number    int
}

// sendAll lets all callers send for a while, and sums up.
func sendAll(callers []*caller, duration time.Duration) (load.Outcome, error) {
	latencies := make([][]time.Duration, len(callers))
	group, ctx := errgroup.WithContext(context.Background())
	start := time.Now()
	for i, c := range callers {
		group.Go(func() (err error) {
			latencies[i], err = c.until(ctx, start.Add(duration))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return load.Outcome{}, err
	}
	return load.Sum(slices.Concat(latencies...), time.Since(start))
}

// until sends until a time, once at least, and gives the latencies.
func (c *caller) until(ctx context.Context, end time.Time) (latencies []time.Duration, err error) {
	for begun := time.Now(); len(latencies) == 0 || begun.Before(end); begun = time.Now() {
		c.number++
		path, body := c.operation.request(c.api, c.number)
		if err := c.client.Call(ctx, c.operation.method, path, body, nil); err != nil {
			return nil, err
		}
		latencies = append(latencies, time.Since(begun))
	}
	return latencies, nil
}
