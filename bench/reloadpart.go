// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/bench/load"
	"gatewayresponses/bench/result"
	"gatewayresponses/bench/variant"
	"gatewayresponses/internal/envoyrun"
)

const (
	// pacedRate is how many good requests a second are sent while a document arrives.
	pacedRate = 1000
	// calm is how long they are sent before each comes, for comparison, and after it is in force.
	calm = 500 * time.Millisecond
	// arrivals is how often a document of each size arrives.
	arrivals = 3
	// reloadTimeout is how long a document may take to be in force.
	reloadTimeout = 30 * time.Second
)

// reloadSizes are the sizes of documents, in KiB.
var reloadSizes = []int{10, 18, 100, 500, 1000}

// measureReloads delivers documents to the variants that ask for it and adds what good requests notice to r.
func (b *bench) measureReloads(ctx context.Context, r *result.Run) error {
	for _, v := range b.variants {
		if !v.Reload {
			continue
		}
		for _, size := range reloadSizes {
			for _, equal := range []bool{true, false} {
				b.say("a document of %d KiB for %s", size, v.Name)
				reload, err := b.measureReload(ctx, v, size, equal)
				if err != nil {
					return fmt.Errorf("variant %s, a document of %d KiB: %w", v.Name, size, err)
				}
				r.Reloads = append(r.Reloads, reload)
			}
		}
	}
	return nil
}

// measureReload starts an Envoy that reads the variant's filter from a file, and replaces the document in it: by a large one,
// and back, several times.
func (b *bench) measureReload(ctx context.Context, v variant.Variant, size int, equal bool) (r result.Reload, err error) {
	r = result.Reload{Variant: v.Name, KiB: size, Equal: equal}
	folder, err := os.MkdirTemp(b.folder, "reload-")
	if err != nil {
		return r, err
	}
	path := filepath.Join(folder, "filter.yaml")
	small := b.values(v)
	if err := deliver(path, v, small, 0); err != nil {
		return r, err
	}
	config, err := v.RenderDiscovered(small, path)
	if err != nil {
		return r, err
	}
	p, err := b.startConfig(ctx, v, config, 1, nil)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	for revision := 1; revision < 2*arrivals; revision += 2 {
		before, err := b.worst(p, func() error { time.Sleep(calm); return nil })
		if err != nil {
			return r, err
		}
		r.Before = append(r.Before, before)
		large := small
		large.Document, r.APIs = makeDocument(size<<10, equal, revision)
		during, err := b.worst(p, func() error {
			if err := deliver(path, v, large, revision); err != nil {
				return err
			}
			err := p.awaitReply(ctx, fmt.Sprint(marker, revision, `"`))
			time.Sleep(calm)
			return err
		})
		if err != nil {
			return r, err
		}
		r.During = append(r.During, during)
		tiny := small
		tiny.Document, _ = makeDocument(0, equal, revision+1)
		if err := errors.Join(deliver(path, v, tiny, revision+1), p.awaitReply(ctx, fmt.Sprint(marker, revision+1, `"`))); err != nil {
			return r, err
		}
	}
	return r, nil
}

// deliver puts the filter into the file that Envoy reads.
func deliver(path string, v variant.Variant, values variant.Values, version int) error {
	text, err := v.Discovery(values, strconv.Itoa(version))
	if err != nil {
		return err
	}
	return envoyrun.Replace(path, text)
}

// worst is the worst latency of good requests, in milliseconds, while something happens.
func (b *bench) worst(p *proxy, happens func() error) (float64, error) {
	g, err := startGenerator(nil, load.Spec{
		Address: p.address, Method: http.MethodGet, Path: "/ok", Connections: 1, Rate: pacedRate,
		Status: http.StatusOK, Length: len(load.GoodBody), WarmUp: calm,
	})
	if err != nil {
		return 0, err
	}
	if err := g.begin(); err != nil {
		return 0, err
	}
	failure := happens()
	if err := g.begin(); err != nil {
		return 0, errors.Join(failure, err)
	}
	o, err := g.outcome()
	return microseconds(o.Max) / 1000, errors.Join(failure, err)
}

// awaitReply waits until the body of an error has a text.
func (p *proxy) awaitReply(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, reloadTimeout)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.address+"/missing", http.NoBody)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return fmt.Errorf("the document is not in force after %s: %w", reloadTimeout, err)
		}
		body, err := io.ReadAll(response.Body)
		if err := errors.Join(err, response.Body.Close()); err != nil {
			return err
		}
		if strings.Contains(string(body), text) {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
}
