// SPDX-License-Identifier: Apache-2.0

package control

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
	"gatewayresponses/internal/waittest"
)

// world is a server without its HTTP, with a clock that stands still.
type world struct {
	testing.TB
	*Control
	store store.Store
	clock *clock
	by    Caller
}

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newWorld(t testing.TB) *world {
	w := &world{TB: t, store: storetest.New(t), clock: &clock{now: time.Now().UTC()}} // notes expire by the clock of the store
	w.by = Caller{Name: "ann", Rights: auth.Rights{Role: auth.Admin}}
	w.Control = New(w.store, Options{Account: "123456789012", Region: "eu-central-1", Now: w.clock.Now})
	return w
}

// must ends a test where something fails that should work.
func must[T any](w *world, value T, err error) T {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
	return value
}

// api makes an API with one gateway response, and gives its id.
func (w *world) api(name, responseType, template string) string {
	w.Helper()
	api, err := w.CreateRestAPI(w.Context(), w.by, apigateway.CreateRestAPIInput{Name: &name})
	must(w, api, err)
	w.respond(api.ID, responseType, template)
	return api.ID
}

// respond customises a gateway response.
func (w *world) respond(api, responseType, template string) {
	w.Helper()
	out, err := w.PutGatewayResponse(w.Context(), w.by, apigateway.PutGatewayResponseInput{
		RestAPIID: api, ResponseType: responseType, ResponseTemplates: map[string]string{"application/json": template},
	})
	must(w, out, err)
}

// toProd deploys an API to the stage prod.
func (w *world) toProd(api string) error {
	stage := "prod"
	_, err := w.CreateDeployment(w.Context(), w.by, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: &stage})
	return err
}

// bind binds the stage prod of an API to a path of a host, which is made.
func (w *world) bind(host, path, api string) {
	w.Helper()
	stage := "prod"
	if _, err := w.CreateDomainName(w.Context(), w.by, apigateway.CreateDomainNameInput{DomainName: &host}); err != nil {
		var known *apigateway.Error
		if !errors.As(err, &known) || known.Type != "ConflictException" && known.Type != "BadRequestException" {
			w.Fatal(err)
		}
	}
	out, err := w.CreateBasePathMapping(w.Context(), w.by, apigateway.CreateBasePathMappingInput{DomainName: host, BasePath: &path, RestAPIID: &api, Stage: &stage})
	must(w, out, err)
}

// shop makes an API that is deployed to prod and bound to shop.example.com, and lets the second pass in which its revisions share one.
func (w *world) shop() string {
	w.Helper()
	api := w.api("shop", "THROTTLED", `{"n":0}`)
	must(w, 0, w.toProd(api))
	w.bind("shop.example.com", "", api)
	w.clock.pass(together)
	return api
}

// redeploy changes the reply of an API, and deploys that.
func (w *world) redeploy(api, template string) {
	w.Helper()
	w.respond(api, "THROTTLED", template)
	must(w, 0, w.toProd(api))
}

// fleet is what the nodes of a gateway should run.
func (w *world) fleetOf(gateway string) deliver.Fleet {
	w.Helper()
	fleets, err := w.Fleets(w.Context())
	must(w, fleets, err)
	for _, f := range fleets {
		if f.Gateway == gateway {
			return f
		}
	}
	w.Fatalf("no fleet %s among %d", gateway, len(fleets))
	return deliver.Fleet{}
}

// written is a document as a program reads it.
type written struct {
	Revision int64  `json:"revision"`
	Mode     string `json:"mode"`
	Routes   []struct {
		Name             string                                `json:"name"`
		Mode             string                                `json:"mode"`
		GatewayResponses map[string]apigateway.GatewayResponse `json:"gatewayResponses"`
	} `json:"routes"`
}

// read reads a document that is delivered.
func (w *world) read(document deliver.Document) (doc written) {
	w.Helper()
	if err := json.Unmarshal(document.Text, &doc); err != nil {
		w.Fatalf("%s: %v", document.Text, err)
	}
	if doc.Revision != document.Revision || hashOf(document.Text) != document.Hash {
		w.Fatalf("revision %d hash %s, text %s", document.Revision, document.Hash, document.Text)
	}
	return doc
}

// template is the reply of the shop in a document that is delivered.
func (w *world) template(document deliver.Document) string {
	w.Helper()
	doc := w.read(document)
	if len(doc.Routes) != 1 {
		w.Fatalf("want one route, got %s", document.Text)
	}
	return doc.Routes[0].GatewayResponses["THROTTLED"].ResponseTemplates["application/json"]
}

// do does what is due.
func (w *world) do() {
	w.Helper()
	next, err := w.step(w.Context())
	must(w, next, err)
}

// awaitNothingDue waits until what was deployed is in a revision.
func (w *world) awaitNothingDue() {
	w.Helper()
	waittest.Until(w, "nothing is due", func() bool {
		standing, err := w.Standing(w.Context(), w.by, DefaultGateway)
		return must(w, standing, err).Due.IsZero()
	})
}
