// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// AccessLine is a line of the access log: its fields by the names below, "-" for what has no value.
type AccessLine map[string]string

// accessNames are what fields are called here, by their names in the log.
var accessNames = map[string]string{
	"method": "method", "path": "path", "response_code": "status", "response_code_details": "details", "response_flags": "flags", "request_id": "id",
	"gateway_response_type": "type", "gateway_response_original_status": "original_status", "gateway_response_entry": "entry",
}

// AccessLine waits for the line of a request.
func (p *Proxy) AccessLine(t *testing.T, id string) AccessLine {
	t.Helper()
	var found string
	Eventually(t, "the access log has a line for "+id, func() bool {
		for line := range strings.Lines(p.Access.String()) {
			if strings.Contains(line, `"request_id":"`+id+`"`) && strings.HasSuffix(line, "\n") {
				found = line
			}
		}
		return found != ""
	})
	return ParseAccessLine(t, found)
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
func ParseAccessLine(t *testing.T, line string) AccessLine {
	t.Helper()
	var values map[string]any
	if err := json.Unmarshal([]byte(line), &values); err != nil {
		t.Fatalf("%v in the line %q of the access log", err, line)
	}
	fields := AccessLine{}
	for name, short := range accessNames {
		if fields[short] = "-"; values[name] != nil {
			fields[short] = fmt.Sprint(values[name])
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
