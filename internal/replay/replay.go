// SPDX-License-Identifier: Apache-2.0

// Package replay sends the errors of an access log through one document, or through two, and counts who would have seen what.
//
// Its memory is bounded whatever the log: chunks of the log are read one after the other (package accesslog), a worker for each
// core tallies one at a time, and the tallies are added up in the order of the log, so that the result is always the same. What
// is beyond the limits is counted as others.
//
//	replay.go   Run: chunks, workers, the sum
//	tally.go    the lines of one chunk
//	outcome.go  what a document makes of one line
//	group.go    lines that are alike
//	report.go   the sum, as JSON
//	text.go     the sum, for people
//	each.go     the reply to every error
package replay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/accesslog"
	"gatewayresponses/internal/exchange"
)

// Document is a document to send errors through.
type Document struct {
	// Name is what the report calls it.
	Name string
	exchange.Document
	// Host is what sees the errors.
	Host ability.Host
}

// Log is an access log.
type Log struct {
	// Name is what the report calls it.
	Name   string
	Reader io.Reader
}

// Options are what a run can be told. The zero value is good.
type Options struct {
	// Fields say where lines have what; nil for accesslog.DefaultFields.
	Fields *accesslog.Fields
	// MaxGroups is how many groups are told apart, 0 for 1,000. The rest counts as others.
	MaxGroups int
	// Workers is how many lines are looked at at the same time, 0 for one on each core.
	Workers int
	// Progress is called now and then with the lines so far; nil for nobody.
	Progress func(lines int)
}

// Run sends the errors of logs through one document or two. The error names the log that cannot be read to its end; the report
// has what came before.
func Run(ctx context.Context, documents []Document, logs []Log, options Options) (*Report, error) {
	if options.Fields == nil {
		options.Fields = accesslog.DefaultFields()
	}
	if options.MaxGroups == 0 {
		options.MaxGroups = defaultGroups
	}
	if options.Workers == 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := run{documents: documents, options: options, jobs: make(chan job), done: make(chan chan *tally, 2*options.Workers)}
	var workers sync.WaitGroup
	for range options.Workers {
		workers.Go(r.work)
	}
	var failed error
	go func() {
		failed = r.read(ctx, logs)
		close(r.jobs)
		workers.Wait()
		close(r.done)
	}()
	report := newReport(documents, options.MaxGroups)
	for next := range r.done {
		if t := <-next; t != nil {
			report.add(t)
		}
		if options.Progress != nil {
			options.Progress(report.Lines)
		}
	}
	report.finish()
	return report, failed
}

// defaultGroups is how many groups are told apart.
const defaultGroups = 1000

// run is a run at work.
type run struct {
	documents []Document
	options   Options
	jobs      chan job
	// done has, for each chunk in the order of the log, where its tally comes. What it holds bounds the chunks in memory.
	done chan chan *tally
}

// job is a chunk to tally.
type job struct {
	log   string
	chunk accesslog.Chunk
	done  chan *tally
}

// work tallies chunks until there are no more.
func (r *run) work() {
	parser := accesslog.NewParser(r.options.Fields)
	for j := range r.jobs {
		t := newTally(r.documents, j.log)
		t.addChunk(parser, j.chunk)
		j.done <- t
	}
}

// read hands out the chunks of all logs.
func (r *run) read(ctx context.Context, logs []Log) error {
	for _, log := range logs {
		if err := r.readLog(ctx, log); err != nil {
			return fmt.Errorf("%s: %w", log.Name, err)
		}
	}
	return nil
}

// readLog hands out the chunks of one log.
func (r *run) readLog(ctx context.Context, log Log) error {
	chunks, err := accesslog.NewChunks(log.Reader)
	if err != nil {
		return err
	}
	for {
		chunk, err := chunks.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		j := job{log.Name, chunk, make(chan *tally, 1)}
		select {
		case r.done <- j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		r.jobs <- j
	}
}
