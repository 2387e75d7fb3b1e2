// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"bytes"
	"io"
	"strings"
	"sync"

	"gatewayresponses/internal/accesslog"
)

// accessLog reads Envoy's access log in the format of envoy.yaml. It keeps the lines of our own requests and passes on the others.
type accessLog struct {
	next   io.Writer
	mu     sync.Mutex
	parser *accesslog.Parser
	// rest is the beginning of a line of which the end has not come yet.
	rest []byte
	// ours are the lines of our requests, by request id.
	ours map[string]*accesslog.Line
}

// newAccessLog is a log that passes lines on to next, which may be nil.
func newAccessLog(next io.Writer) *accessLog {
	return &accessLog{next: next, parser: accesslog.NewParser(accesslog.DefaultFields()), ours: map[string]*accesslog.Line{}}
}

// Write implements io.Writer.
func (a *accessLog) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.rest = append(a.rest, p...)
	for {
		end := bytes.IndexByte(a.rest, '\n')
		if end < 0 {
			return len(p), nil
		}
		line := a.rest[:end+1]
		a.rest = a.rest[end+1:]
		if a.keep(bytes.Clone(line)) || a.next == nil {
			continue
		}
		if _, err := a.next.Write(line); err != nil {
			return 0, err
		}
	}
}

// keep keeps a line that is one of ours.
func (a *accessLog) keep(text []byte) bool {
	line, err := a.parser.Parse(text)
	if err != nil || !strings.HasPrefix(line.RequestID(), idPrefix) {
		return false
	}
	a.ours[line.RequestID()] = &line
	return true
}

// take returns the line of a request, nil until it is there, and forgets it.
func (a *accessLog) take(id string) *accesslog.Line {
	a.mu.Lock()
	defer a.mu.Unlock()
	line := a.ours[id]
	delete(a.ours, id)
	return line
}
