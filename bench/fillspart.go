// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"gatewayresponses/bench/result"
)

// measureFills fills a server on every store with APIs and adds the memory that it then has to r.
func (b *bench) measureFills(ctx context.Context, stores []serverStore, r *result.Server) error {
	for _, on := range stores {
		b.say("memory with %d APIs on %s", b.server.apis, on.name)
		fill, err := b.measureFill(ctx, on)
		if err != nil {
			return err
		}
		r.Fills = append(r.Fills, fill)
	}
	return nil
}

func (b *bench) measureFill(ctx context.Context, on serverStore) (f result.Fill, err error) {
	f = result.Fill{Store: on.name, APIs: b.server.apis}
	s, err := b.startServer(ctx, on, nil)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	var problems []error
	memory := func() float64 {
		megabytes, err := s.megabytes()
		problems = append(problems, err)
		return megabytes
	}
	f.EmptyMB = memory()
	begun := time.Now()
	if _, err := s.Import(ctx, b.server.apis); err != nil {
		return f, err
	}
	f.Seconds = time.Since(begun).Seconds()
	f.FilledMB = memory()
	problems = append(problems, s.list(ctx))
	f.ListedMB = memory()
	problems = append(problems, s.restart())
	f.RestartedMB = memory()
	return f, errors.Join(problems...)
}

// list reads the list of APIs to its end, in pages as large as AWS's API gives them.
func (s *runningServer) list(ctx context.Context) error {
	position := ""
	for {
		var page struct{ Position string }
		if err := s.Call(ctx, http.MethodGet, "/restapis?limit=500"+position, nil, &page); err != nil || page.Position == "" {
			return err
		}
		position = "&position=" + url.QueryEscape(page.Position)
	}
}
