// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"gatewayresponses/bench/result"
	"gatewayresponses/bench/variant"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
)

const (
	// lookEvery is how often the reply of an Envoy is looked at.
	lookEvery = time.Millisecond
	// deliveryTimeout is how long it may take until it is the new one.
	deliveryTimeout = 30 * time.Second
	// answer says with what an Envoy answers that has no route: the number of the deployment.
	answer = `{"statusCode": "404", "responseTemplates": {"text/plain": "number $stageVariables.number"}}`
)

// measureDeliveries times how deployments reach a real Envoy, on a server that keeps things in the first store, and adds that to r: alone, and
// with other nodes.
func (b *bench) measureDeliveries(ctx context.Context, stores []serverStore, r *result.Server) (err error) {
	s, err := b.startServer(ctx, stores[0], nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	apis, err := s.Import(ctx, 1)
	if err != nil {
		return err
	}
	d := &deliveries{server: s, api: apis[0]}
	if err := d.prepare(ctx); err != nil {
		return err
	}
	if d.envoy, err = b.startServed(ctx, s.XDS); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.envoy.stop()) }()
	for _, streams := range []int{0, b.server.streams} {
		b.say("%d deployments with %d other streams", b.server.deployments, streams)
		delivery, err := d.measure(ctx, streams, b.server.deployments)
		if err != nil {
			return err
		}
		r.Deliveries = append(r.Deliveries, delivery)
	}
	return nil
}

// startServed starts an Envoy as gwr emit envoy makes it, for the gateway "default" of a server.
func (b *bench) startServed(ctx context.Context, server string) (*proxy, error) {
	at, err := envoy.ParseEndpoint(server)
	if err != nil {
		return nil, err
	}
	files, err := envoy.Files(envoy.Options{
		Plugin: emit.Plugin{Name: envoy.ResourceName("default"), RootID: envoy.RootID("default"), Document: []byte("{}")},
		Wasm:   b.builds[0].path, Upstream: envoy.Endpoint{Host: "127.0.0.1", Port: b.upstreamPort}, Prefix: "/api/",
		Server: &envoy.Server{Endpoint: at, Node: "edge", Cluster: "edge"},
	})
	if err != nil {
		return nil, err
	}
	return b.startConfig(ctx, variant.Variant{Name: "of gwrd"}, files[len(files)-1].Text, 1, nil)
}

// deliveries are a server with one API, and an Envoy that it delivers to.
type deliveries struct {
	server *runningServer
	api    string
	envoy  *proxy
	// number is that of the last deployment.
	number int
}

// prepare binds the API, so that every reply without a route has the number of a deployment.
func (d *deliveries) prepare(ctx context.Context) error {
	if err := d.server.Call(ctx, http.MethodPut, "/restapis/"+d.api+"/gatewayresponses/MISSING_AUTHENTICATION_TOKEN", []byte(answer), nil); err != nil {
		return err
	}
	if _, err := d.server.Deploy(ctx, d.api, d.number); err != nil {
		return err
	}
	return d.server.BindEverywhere(ctx, d.api)
}

// measure makes deployments, some time apart, while other nodes have streams.
func (d *deliveries) measure(ctx context.Context, streams, count int) (r result.Delivery, err error) {
	r = result.Delivery{Streams: streams}
	if streams > 0 {
		others, err := startReady(nil, nodesCommand, d.server.XDS, strconv.Itoa(streams))
		if err != nil {
			return r, err
		}
		defer func() { err = errors.Join(err, others.end()) }()
	}
	if err := d.await(ctx, d.number); err != nil {
		return r, err
	}
	for range count {
		time.Sleep(apart)
		sent, answered, err := d.deploy(ctx)
		if err != nil {
			return r, err
		}
		r.Sent, r.Answered = append(r.Sent, sent.Seconds()), append(r.Answered, answered.Seconds())
	}
	return r, nil
}

// deploy makes a deployment while the replies of the Envoy are looked at. It gives the time until the first new one: from when the request was
// sent, and from when its answer was there.
func (d *deliveries) deploy(ctx context.Context) (sent, answered time.Duration, err error) {
	d.number++
	seen := make(chan error, 1)
	var first time.Time
	go func() {
		err := d.await(ctx, d.number)
		first = time.Now()
		seen <- err
	}()
	begun := time.Now()
	_, err = d.server.Deploy(ctx, d.api, d.number)
	done := time.Now()
	if err := errors.Join(err, <-seen); err != nil {
		return 0, 0, err
	}
	return first.Sub(begun), first.Sub(done), nil
}

// await waits until the Envoy replies with the number of a deployment.
func (d *deliveries) await(ctx context.Context, number int) error {
	ctx, cancel := context.WithTimeout(ctx, deliveryTimeout)
	defer cancel()
	want := fmt.Sprintf("number %d", number)
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+d.envoy.address+"/", http.NoBody)
		if err != nil {
			return err
		}
		reply, err := http.DefaultClient.Do(request)
		if err != nil {
			return fmt.Errorf("%q is not there after %s: %w", want, deliveryTimeout, err)
		}
		body, err := io.ReadAll(reply.Body)
		if err := errors.Join(err, reply.Body.Close()); err != nil {
			return err
		}
		if string(body) == want {
			return nil
		}
		time.Sleep(lookEvery)
	}
}
