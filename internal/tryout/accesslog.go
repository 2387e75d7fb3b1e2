// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// accessLog reads Envoy's access log in the format of envoy.yaml. It keeps the lines of our own requests and passes on the others.
type accessLog struct {
	next io.Writer
	mu   sync.Mutex
	// rest is the beginning of a line of which the end has not come yet.
	rest []byte
	// ours are the fields of the lines of our requests, by request id.
	ours map[string]map[string]string
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
		if a.keep(string(line)) || a.next == nil {
			continue
		}
		if _, err := a.next.Write(line); err != nil {
			return 0, err
		}
	}
}

// keep keeps a line that is one of ours.
func (a *accessLog) keep(line string) bool {
	fields := map[string]string{}
	for word := range strings.FieldsSeq(line) {
		if name, value, ok := strings.Cut(word, "="); ok {
			fields[name] = value
		}
	}
	if !strings.HasPrefix(fields["id"], idPrefix) {
		return false
	}
	if a.ours == nil {
		a.ours = map[string]map[string]string{}
	}
	a.ours[fields["id"]] = fields
	return true
}

// take returns the fields of the line of a request, once it is there, and forgets them.
func (a *accessLog) take(id string) (fields map[string]string, found bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	fields, found = a.ours[id]
	delete(a.ours, id)
	return fields, found
}
