// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gatewayresponses/internal/accesslog"
	"gatewayresponses/internal/facts"
)

// Each is the reply to one error.
type Each struct {
	Place
	// RequestID is that of the request, "" when the log does not have it.
	RequestID string `json:"requestId,omitempty"`
	// EnvoyStatus is the status that Envoy, or the upstream, gave the error, and LoggedStatus the one that the client got at the time.
	EnvoyStatus  int `json:"envoyStatus"`
	LoggedStatus int `json:"loggedStatus"`
	// Outcome is what the document makes of it.
	Outcome
	// Headers and Body are those of the new reply. The log does not have those of one that is left.
	Headers map[string][]string `json:"headers,omitempty"`
	Body    string              `json:"body,omitempty"`
	// Assumed names what the line lacks.
	Assumed []string `json:"assumed,omitempty"`
}

// ForEach calls do with the reply to every error of a log, in its order. Lines that cannot be read are passed over.
func ForEach(document Document, log Log, fields *accesslog.Fields, do func(Each) error) error {
	chunks, err := accesslog.NewChunks(log.Reader)
	if err != nil {
		return fmt.Errorf("%s: %w", log.Name, err)
	}
	if fields == nil {
		fields = accesslog.DefaultFields()
	}
	parser := accesslog.NewParser(fields)
	lowest := document.Program.Needs().LowestStatus
	for {
		chunk, err := chunks.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", log.Name, err)
		}
		number := chunk.First - 1
		for text := range bytes.Lines(chunk.Text) {
			number++
			line, err := parser.Parse(bytes.TrimSpace(text))
			if err != nil || !line.IsError(lowest) {
				continue
			}
			if err := do(document.each(&line, Place{log.Name, number})); err != nil {
				return err
			}
		}
	}
}

// each is the reply to one error.
func (d *Document) each(line *accesslog.Line, at Place) Each {
	o := d.outcome(line.Exchange())
	e := Each{
		Place: at, RequestID: line.RequestID(), EnvoyStatus: line.EnvoyStatus(), LoggedStatus: line.Status, Outcome: o.Outcome, Assumed: line.Lacks(),
	}
	if o.reply.Replaced {
		e.Headers, e.Body = byName(o.reply.Headers), string(o.reply.Body)
	}
	return e
}

// byName are headers by name.
func byName(headers facts.Headers) map[string][]string {
	all := map[string][]string{}
	for _, line := range headers {
		all[line.Name] = append(all[line.Name], line.Value)
	}
	return all
}
