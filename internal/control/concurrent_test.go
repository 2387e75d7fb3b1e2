// SPDX-License-Identifier: Apache-2.0

package control

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store/sqlite"
)

// sharing runs two servers on a store of their own, which they share, until the test ends.
func (w *world) sharing(t *testing.T, options Options) (servers []*Control) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gwrd.db")
	var running sync.WaitGroup
	for range 2 {
		s, err := sqlite.Open(t.Context(), path)
		must(w, s, err)
		t.Cleanup(func() { _ = s.Close() })
		c := New(s, options)
		servers = append(servers, c)
		running.Go(func() {
			if err := c.Run(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(running.Wait)
	return servers
}

// TestConcurrentDeployments says that of 200 deployments at once, on two servers that share a store, all are in the last revision, and
// that these share revisions.
func TestConcurrentDeployments(t *testing.T) {
	const apis, each = 40, 5
	w := newWorld(t)
	ctx := t.Context()
	servers := w.sharing(t, Options{Account: "123456789012"})
	w.Control = servers[0]
	ids := make([]string, apis)
	for i := range ids {
		ids[i] = w.api(fmt.Sprintf("api%d", i), "THROTTLED", `{"n":0}`)
		must(w, 0, w.toProd(ids[i]))
		w.bind("shared.example.com", fmt.Sprintf("p%d", i), ids[i])
	}

	before := len(must2(w.Revisions(ctx, w.by, DefaultGateway, 0, 0))(w))
	began := time.Now()
	var writers sync.WaitGroup
	for i, id := range ids {
		c := servers[i%2]
		writers.Go(func() {
			for n := 1; n <= each; n++ {
				stage := "prod"
				_, err := c.PutGatewayResponse(ctx, w.by, apigateway.PutGatewayResponseInput{
					RestAPIID: id, ResponseType: "THROTTLED", ResponseTemplates: map[string]string{"application/json": fmt.Sprintf(`{"n":%d}`, n)},
				})
				if err == nil {
					_, err = c.CreateDeployment(ctx, w.by, apigateway.CreateDeploymentInput{RestAPIID: id, StageName: &stage})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	took := time.Since(began)
	w.awaitNothingDue()
	for i, c := range servers {
		w.Control = c
		doc := w.read(w.fleetOf(DefaultGateway).Stable)
		if len(doc.Routes) != apis {
			t.Errorf("server %d: %d routes, want %d", i, len(doc.Routes), apis)
		}
		for _, route := range doc.Routes {
			if got := route.GatewayResponses["THROTTLED"].ResponseTemplates["application/json"]; got != fmt.Sprintf(`{"n":%d}`, each) {
				t.Errorf("server %d: %s has %s", i, route.Name, got)
			}
		}
	}
	made := len(must2(w.Revisions(ctx, w.by, DefaultGateway, 0, 0))(w)) - before
	t.Logf("%d deployments in %v, %d revisions", apis*each, took.Round(time.Millisecond), made)
	if most := 2 + int(time.Since(began)/together); made > most {
		t.Errorf("%d revisions, want %d at most", made, most)
	}
}
