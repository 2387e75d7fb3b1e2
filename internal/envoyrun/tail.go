// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"fmt"
	"io"
	"strings"
	"sync"
)

// tailSize is how much of a log is kept, in bytes.
const tailSize = 4 << 10

// tail passes a log on, and keeps its end for an error. next may be nil.
type tail struct {
	next io.Writer
	mu   sync.Mutex
	kept []byte
}

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, p...)
	if excess := len(t.kept) - tailSize; excess > 0 {
		t.kept = t.kept[excess:]
	}
	if t.next == nil {
		return len(p), nil
	}
	return t.next.Write(p)
}

// explain adds the last line of the log to an error.
func (t *tail) explain(err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if line := lastLine(string(t.kept)); line != "" {
		return fmt.Errorf("%w: %s", err, line)
	}
	return err
}

// lastLine returns the last line of a text that is not empty.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
