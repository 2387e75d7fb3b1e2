// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"

	"gatewayresponses/e2e/envoytest"
)

// writer customises gateway responses of an API of its own, and deploys them, over and over, each time with a number that is one higher.
type writer struct {
	name   string
	client *apigateway.Client
	api    *string

	mu sync.Mutex
	// deployed is the number that was deployed last, and written what each type was given last.
	deployed int
	written  map[types.GatewayResponseType]int
	// requests are the ids of the requests that were acknowledged.
	requests []string
	// failures is how often the server failed to do something, and the SDK gave up; failure is the last.
	failures int
	failure  error
}

// shown is the type whose reply clients of Envoy see.
const shown = types.GatewayResponseTypeMissingAuthenticationToken

// unseen are the types that are written beside it, one of them each time.
var unseen = []types.GatewayResponseType{
	types.GatewayResponseTypeThrottled, types.GatewayResponseTypeUnauthorized, types.GatewayResponseTypeAccessDenied, types.GatewayResponseTypeDefault5xx,
}

const (
	// pace is the time between deployments of a writer, and between the requests of a client.
	pace = 20 * time.Millisecond
	// again is how long a writer waits when the server has failed, and the SDK has given up.
	again = 100 * time.Millisecond
	// patience is how long they may be kept from it, on a machine that is busy with other tests.
	patience = 30 * time.Second
)

// newWriter makes an API whose stage prod is bound to a path of every host, and deploys number 0.
func newWriter(t *testing.T, name string, client *apigateway.Client) *writer {
	t.Helper()
	w := &writer{name: name, client: client, written: map[types.GatewayResponseType]int{}}
	api, err := client.CreateRestApi(t.Context(), &apigateway.CreateRestApiInput{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	w.api = api.Id
	if err := w.write(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	_, err = client.CreateBasePathMapping(t.Context(), &apigateway.CreateBasePathMappingInput{
		DomainName: aws.String("*"), BasePath: &name, RestApiId: w.api, Stage: aws.String("prod"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// work writes until stop is closed. What the server failed to do is done again.
func (w *writer) work(t *testing.T, stop <-chan struct{}) {
	for n := 1; ; {
		wait := pace
		switch err := w.write(t.Context(), n); {
		case t.Context().Err() != nil:
			return
		case err == nil:
			n++
		case !serverFailed(err):
			t.Errorf("%s: deployment %d: %v", w.name, n, err)
			return
		default:
			wait = again
			w.failed(err)
		}
		select {
		case <-stop:
			// The last one must be whole, so that all that is there is known.
			if wait == pace {
				return
			}
		case <-time.After(wait):
		}
	}
}

// serverFailed reports whether an error of the SDK means that the server was away, or failed.
func serverFailed(err error) bool {
	var answered *awshttp.ResponseError
	return !errors.As(err, &answered) || answered.HTTPStatusCode() == 0 || answered.HTTPStatusCode() >= http.StatusInternalServerError
}

func (w *writer) write(ctx context.Context, n int) error {
	for _, kind := range []types.GatewayResponseType{unseen[n%len(unseen)], shown} {
		out, err := w.client.PutGatewayResponse(ctx, &apigateway.PutGatewayResponseInput{
			RestApiId: w.api, ResponseType: kind, StatusCode: aws.String("404"), ResponseTemplates: map[string]string{"text/plain": w.says(n)},
		})
		if err != nil {
			return err
		}
		id, _ := middleware.GetRequestIDMetadata(out.ResultMetadata)
		w.acknowledged(id, func() { w.written[kind] = n })
	}
	out, err := w.client.CreateDeployment(ctx, &apigateway.CreateDeploymentInput{RestApiId: w.api, StageName: aws.String("prod")})
	if err == nil {
		id, _ := middleware.GetRequestIDMetadata(out.ResultMetadata)
		w.acknowledged(id, func() { w.deployed = n })
	}
	return err
}

// says is the reply of a number.
func (w *writer) says(n int) string { return fmt.Sprintf("%s %d", w.name, n) }

func (w *writer) acknowledged(request string, remember func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests = append(w.requests, request)
	remember()
}

func (w *writer) failed(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failures++
	w.failure = err
}

func (w *writer) last() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.deployed
}

// awaitProgress waits until writers have deployed some times more, and the Envoy replies as the last of these says.
func awaitProgress(t *testing.T, p *envoytest.Proxy, what string, writers ...*writer) {
	t.Helper()
	begun := time.Now()
	for _, w := range writers {
		want := w.last() + 10
		for deadline := begun.Add(patience); w.last() < want; time.Sleep(pace) {
			if time.Now().After(deadline) {
				w.mu.Lock()
				defer w.mu.Unlock()
				t.Fatalf("%s: the deployments of %s do not go on after number %d; it failed %d times, the last time: %v", what, w.name, w.deployed, w.failures, w.failure)
			}
		}
	}
	written := since(begun)
	for _, w := range writers {
		w.awaitInForce(t, p, w.last())
	}
	t.Logf("%s: deployments went on within %s, and are in force within %s", what, written, since(begun))
}

func since(begun time.Time) time.Duration { return time.Since(begun).Round(time.Millisecond) }

// awaitInForce waits until an Envoy replies as a deployment, or a later one, says.
func (w *writer) awaitInForce(t *testing.T, p *envoytest.Proxy, number int) {
	t.Helper()
	envoytest.Eventually(t, "the Envoy replies as "+w.says(number)+" says", func() bool {
		n, err := w.seen(p)
		return err == nil && n >= number
	})
}

// checkWritten holds that a server has what a writer wrote last.
func (w *writer) checkWritten(t *testing.T, server string, client *apigateway.Client) {
	t.Helper()
	for kind, n := range w.written {
		got, err := client.GetGatewayResponse(t.Context(), &apigateway.GetGatewayResponseInput{RestApiId: w.api, ResponseType: kind})
		if err != nil || got.ResponseTemplates["text/plain"] != w.says(n) {
			t.Errorf("%s has %v for %s of %s, %v, want %q", server, got, kind, w.name, err, w.says(n))
		}
	}
}

// seen is the number in the reply that clients of an Envoy get. Another reply than one of the writer is an error.
func (w *writer) seen(p *envoytest.Proxy) (n int, err error) {
	address, err := p.Envoy.Address("gateway")
	if err != nil {
		return 0, err
	}
	answer, err := envoytest.Clients[0].HTTP.Get("http://" + address + "/" + w.name + "/")
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if _, err := fmt.Sscanf(string(text), w.name+" %d", &n); err != nil || answer.StatusCode != http.StatusNotFound || string(text) != w.says(n) {
		return 0, fmt.Errorf("the reply is %d %q, which no document of %s says", answer.StatusCode, text, w.name)
	}
	return n, nil
}

// watchReplies holds that clients always get a reply of a document, until stop is closed. It gives how many there were, and how many
// of them were older than one before: a replica that an Envoy comes to may be behind for a moment.
func watchReplies(t *testing.T, p *envoytest.Proxy, writers []*writer, stop <-chan struct{}) (replies, older int) {
	newest := make([]int, len(writers))
	for {
		for i, w := range writers {
			n, err := w.seen(p)
			if err != nil {
				t.Error(err)
				return replies, older
			}
			replies++
			if n < newest[i] {
				older++
			}
			newest[i] = max(newest[i], n)
		}
		select {
		case <-stop:
			return replies, older
		case <-t.Context().Done():
			return replies, older
		case <-time.After(pace):
		}
	}
}
