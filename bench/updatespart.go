// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"gatewayresponses/bench/gwrd"
	"gatewayresponses/bench/result"
	"gatewayresponses/internal/engine"
)

const (
	// apart is how far changes are apart that are timed: by more than the second within which they would share a revision.
	apart = 1100 * time.Millisecond
	// compilations is how often a document is compiled.
	compilations = 10
)

// measureUpdates times on every store how a change of one of many stages becomes a revision, and adds that to r.
func (b *bench) measureUpdates(ctx context.Context, stores []serverStore, r *result.Server) error {
	for _, on := range stores {
		b.say("a gateway of %d stages on %s", b.server.stages, on.name)
		update, err := b.measureUpdate(ctx, on)
		if err != nil {
			return err
		}
		r.Updates = append(r.Updates, update)
	}
	return nil
}

func (b *bench) measureUpdate(ctx context.Context, on serverStore) (u result.Update, err error) {
	u = result.Update{Store: on.name, Stages: b.server.stages}
	s, err := b.startServer(ctx, on, nil)
	if err != nil {
		return u, err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	apis, err := s.Import(ctx, b.server.stages)
	if err != nil {
		return u, err
	}
	if _, err := s.Bind(ctx, apis); err != nil {
		return u, err
	}
	var newest revision
	for i := range b.server.updates {
		time.Sleep(apart)
		if newest, err = s.newest(ctx); err != nil {
			return u, err
		}
		if newest, err = s.update(ctx, apis[i%len(apis)], i, newest.Number, &u); err != nil {
			return u, err
		}
	}
	u.Bytes = newest.Bytes
	var document []byte
	if err := s.Get(ctx, fmt.Sprintf("/gateways/default/revisions/%d/document", newest.Number), &document); err != nil {
		return u, err
	}
	u.Compiled, err = compiled(document)
	return u, err
}

// update changes a stage, awaits the revision after another one, and adds how long that took.
func (s *runningServer) update(ctx context.Context, api string, number int, after int64, u *result.Update) (revision, error) {
	patch := fmt.Appendf(nil, `{"patchOperations": [{"op": "replace", "path": "/variables/number", "value": "update %d"}]}`, number)
	begun := time.Now()
	if err := s.Call(ctx, http.MethodPatch, "/restapis/"+api+"/stages/"+gwrd.Stage, patch, nil); err != nil {
		return revision{}, err
	}
	u.Answered = append(u.Answered, time.Since(begun).Seconds())
	for {
		made, err := s.newest(ctx)
		if err != nil || made.Number > after {
			u.Listed = append(u.Listed, time.Since(begun).Seconds())
			return made, err
		}
	}
}

// revision is what /v1 says of a revision.
type revision struct {
	Number int64 `json:"number"`
	Bytes  int   `json:"bytes"`
}

// newest is the newest revision of the gateway "default".
func (s *runningServer) newest(ctx context.Context) (revision, error) {
	var page struct{ Items []revision }
	if err := s.Get(ctx, "/gateways/default/revisions?limit=1", &page); err != nil {
		return revision{}, err
	}
	if len(page.Items) == 0 {
		return revision{}, errors.New("the gateway has no revision")
	}
	return page.Items[0], nil
}

// compiled compiles a document some times, and gives the seconds that each took.
func compiled(document []byte) (seconds []float64, err error) {
	for range compilations {
		begun := time.Now()
		if program, found := engine.Load(document, engine.Everything()); program == nil {
			return nil, fmt.Errorf("the document of the gateway does not compile: %v", found)
		}
		seconds = append(seconds, time.Since(begun).Seconds())
	}
	return seconds, nil
}
