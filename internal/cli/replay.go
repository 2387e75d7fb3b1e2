// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/accesslog"
	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/replay"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/terminal"
)

// replayOptions are the flags of gwr replay.
type replayOptions struct {
	against, fields, format string
	adapter                 ability.Host
	each                    bool
	rows, groups            int
}

func newReplay(a *app) *cobra.Command {
	var o replayOptions
	cmd := &cobra.Command{
		Use:   "replay DOCUMENT [LOG...]",
		Short: "Send the errors of an access log through a document",
		Long: `replay reads access logs of Envoy, finds the errors in them, and says what their clients would have seen with a document:
errors that are alike in a row, counted. With --against it says what changes from another document to this one, be it in the
status, in a header or in the body. At the end stand the errors whose details no table knows.

--adapter says what sees the errors: the dynamic module sees some that the wasm filter does not, and what it cannot tell has no
value.

A log is lines of JSON in the format of docs/observability.md, of Istio or of Envoy Gateway, or in another one that --fields
describes; it may be gzip. Without LOG, or with -, it is stdin. What the log does not say is assumed, and named at the end.
Lines that cannot be read are counted and named; they end nothing.`,
		Example: `  gwr replay gwr.yaml access.log
  gwr replay new.yaml --against old.yaml access-*.log.gz
  gwr replay gwr.yaml access.log --adapter module@1.40
  kubectl logs deploy/gateway | gwr replay gwr.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.replay(cmd.Context(), args[0], orStdin(args[1:]), o)
		},
	}
	addFormat(cmd, &o.format, "text", "json")
	addAdapter(cmd, &o.adapter, "which `adapter` sees the errors, and its Envoy")
	flags := cmd.Flags()
	flags.StringVar(&o.against, "against", "", "the `file` of the document to compare with")
	flags.StringVar(&o.fields, "fields", "", "a `file` that maps the names of docs/observability.md to those of the log, YAML or JSON")
	flags.BoolVar(&o.each, "each", false, "print the whole reply to each error instead, a line of JSON each")
	flags.IntVar(&o.rows, "rows", 25, "how many rows of a table are printed as text; 0 is all")
	flags.IntVar(&o.groups, "groups", 1000, "how many different groups are told apart")
	return cmd
}

// replay runs gwr replay.
func (a *app) replay(ctx context.Context, name string, logNames []string, o replayOptions) error {
	if o.each && o.against != "" {
		return usage(errors.New("--each has the replies of one document; leave out --against"))
	}
	if o.rows < 0 || o.groups < 1 {
		return usage(errors.New("--rows is 0 or more, --groups 1 or more"))
	}
	documents, err := a.replayDocuments(name, o)
	if err != nil {
		return err
	}
	fields, err := a.logFields(o.fields)
	if err != nil {
		return err
	}
	ctx, stop := commandline.UntilInterrupt(ctx)
	defer stop()
	logs := make([]replay.Log, 0, len(logNames))
	for _, name := range logNames {
		log, err := a.open(name)
		if err != nil {
			return err
		}
		defer log.Close()
		logs = append(logs, replay.Log{Name: shown(name), Reader: commandline.UntilDone(ctx, log)})
	}
	if o.each {
		return commandline.UnlessInterrupted(ctx, a.replayEach(documents[0], logs, fields))
	}
	progress, done := a.progress()
	report, failed := replay.Run(ctx, documents, logs, replay.Options{Fields: fields, MaxGroups: o.groups, Progress: progress})
	done()
	if o.format == "json" {
		err = a.json(report)
	} else {
		err = report.Text(a.out, o.rows)
	}
	switch {
	case err != nil:
		return err
	case failed != nil:
		return commandline.UnlessInterrupted(ctx, unreadable(failed))
	case report.Lines > 0 && report.Broken == report.Lines:
		return unreadable(errors.New("no line can be read; a log is lines of JSON, each with a response_code, or with what --fields leads to"))
	}
	return err
}

// replayDocuments are the document, and in front of it the one to compare with.
func (a *app) replayDocuments(name string, o replayOptions) ([]replay.Document, error) {
	names := []string{name}
	if o.against != "" {
		names = []string{o.against, name}
	}
	var documents []replay.Document
	for _, name := range names {
		checked, err := a.loadFor(name, o.adapter)
		if err != nil {
			return nil, err
		}
		document := exchange.Document{Config: checked.Document, Program: checked.Program}
		documents = append(documents, replay.Document{Name: shown(name), Document: document, Host: o.adapter})
	}
	return documents, nil
}

// logFields reads a field map; without a name it is that of our own format.
func (a *app) logFields(name string) (*accesslog.Fields, error) {
	if name == "" {
		return accesslog.DefaultFields(), nil
	}
	text, err := a.text(name, source.MaxSize)
	if err != nil {
		return nil, err
	}
	written, found := source.Read(shown(name), text)
	var fields *accesslog.Fields
	if written != nil {
		fields, found = accesslog.NewFields(written)
	}
	if err := found.Text(a.err, colour(a.err)); err != nil {
		return nil, err
	}
	if fields == nil {
		return nil, errFindings
	}
	return fields, nil
}

// replayEach prints the reply to each error.
func (a *app) replayEach(document replay.Document, logs []replay.Log, fields *accesslog.Fields) error {
	lines := jsonwrite.Lines(a.out)
	for _, log := range logs {
		var written error
		err := replay.ForEach(document, log, fields, func(e replay.Each) error {
			written = lines.Encode(e)
			return written
		})
		if written != nil {
			return written
		}
		if err != nil {
			return unreadable(err)
		}
	}
	return nil
}

// progressInterval is how often progress is shown.
const progressInterval = 200 * time.Millisecond

// progress shows how many lines there are so far, where stderr is a terminal; done takes that away again.
func (a *app) progress() (show func(lines int), done func()) {
	f, ok := a.err.(terminal.Terminal)
	if !ok {
		return nil, func() {}
	}
	begun, last := time.Now(), time.Time{}
	show = func(lines int) {
		if now := time.Now(); now.Sub(last) >= progressInterval {
			last = now
			_, _ = fmt.Fprintf(f.Raw(), "\r\x1b[K%d lines, %.0f a second", lines, float64(lines)/now.Sub(begun).Seconds())
		}
	}
	return show, func() { _, _ = io.WriteString(f.Raw(), "\r\x1b[K") }
}
