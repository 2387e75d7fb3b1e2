// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

// buffer is a log that can be read while it grows.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

// String returns what has been written so far.
func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// accessLine is a line of the access log: what stands before and behind the "=" of its fields.
type accessLine map[string]string

// accessLine waits for the line of a request.
func (p *proxy) accessLine(t *testing.T, id string) accessLine {
	t.Helper()
	var found string
	eventually(t, "the access log has a line for "+id, func() bool {
		for line := range strings.Lines(p.access.String()) {
			if strings.HasSuffix(line, " id="+id+"\n") {
				found = line
			}
		}
		return found != ""
	})
	return parseAccessLine(found)
}

// parseAccessLine reads a line as envoy.yaml formats it.
func parseAccessLine(line string) accessLine {
	fields := accessLine{}
	for word := range strings.FieldsSeq(line) {
		if name, value, ok := strings.Cut(word, "="); ok {
			fields[name] = value
		}
	}
	return fields
}

// text writes some fields, in the order given.
func (l accessLine) text(names ...string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = name + "=" + l[name]
	}
	return strings.Join(words, " ") + "\n"
}
