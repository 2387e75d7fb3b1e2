// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

// Buffer is a log that can be read while it grows.
type Buffer struct {
	mu   sync.Mutex
	Text bytes.Buffer
}

// Write implements io.Writer.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Text.Write(p)
}

// String returns what has been written so far.
func (b *Buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Text.String()
}

// AccessLine is a line of the access log: what stands before and behind the "=" of its fields.
type AccessLine map[string]string

// AccessLine waits for the line of a request.
func (p *Proxy) AccessLine(t *testing.T, id string) AccessLine {
	t.Helper()
	var found string
	Eventually(t, "the access log has a line for "+id, func() bool {
		for line := range strings.Lines(p.Access.String()) {
			if strings.HasSuffix(line, " id="+id+"\n") {
				found = line
			}
		}
		return found != ""
	})
	return ParseAccessLine(found)
}

// NextAccessLine waits for the first line of the access log after mark.
func (p *Proxy) NextAccessLine(t *testing.T, mark int) string {
	t.Helper()
	var line string
	Eventually(t, "a line of the access log", func() bool {
		text, _, found := strings.Cut(p.Access.String()[mark:], "\n")
		line = text
		return found
	})
	return line
}

// ParseAccessLine reads a line as envoy.yaml formats it.
func ParseAccessLine(line string) AccessLine {
	fields := AccessLine{}
	for word := range strings.FieldsSeq(line) {
		if name, value, ok := strings.Cut(word, "="); ok {
			fields[name] = value
		}
	}
	return fields
}

// Text writes some fields, in the order given.
func (l AccessLine) Text(names ...string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = name + "=" + l[name]
	}
	return strings.Join(words, " ") + "\n"
}
