// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestReloadUnderLoad delivers a hundred documents to an Envoy under load, good and bad in turn. No request is lost, each is answered by one
// of the good documents, and good traffic is never touched.
func TestReloadUnderLoad(t *testing.T) {
	d := startDiscovered(t, teapot)
	wantTeapot(t, d.proxy, "gateway")
	finish := startLoad(t, d.proxy)
	for range 34 {
		d.deliver(t, kettle)
		d.await(t, 420)
		d.deliver(t, invalidMode)
		wantInvalid(t, d.proxy, 1)
		d.deliver(t, teapot)
		d.await(t, 418)
		wantInvalid(t, d.proxy, 0)
	}
	finish()
}

// startLoad sends requests over each version of HTTP until finish is called: denials, which teapot or kettle must have
// answered, and good ones, which must pass.
func startLoad(t *testing.T, p *envoytest.Proxy) (finish func()) {
	t.Helper()
	url := "http://" + p.Address(t, "gateway")
	var stop atomic.Bool
	var replies atomic.Int64
	var group sync.WaitGroup
	for _, client := range envoytest.Clients {
		for range 2 {
			group.Go(func() {
				for !stop.Load() && !t.Failed() {
					denied := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/rbac"})
					if answer := fmt.Sprintf("%d %s", denied.Status, denied.Body); answer != `418 {"teapot":1}` && answer != `420 {"kettle":1}` {
						t.Errorf("%s: a denial is answered by no document that was delivered: %s", client.Name, answer)
					}
					if ok := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/ok"}); ok.Status != 200 {
						t.Errorf("%s: /ok has status %d", client.Name, ok.Status)
					}
					replies.Add(1)
				}
			})
		}
	}
	return func() {
		stop.Store(true)
		group.Wait()
		t.Logf("%d denials", replies.Load())
		if replies.Load() < 100 {
			t.Errorf("only %d requests; that is no load", replies.Load())
		}
	}
}
