// SPDX-License-Identifier: Apache-2.0

// Package waittest waits for what must come true, and keeps what is written
// meanwhile, for tests.
package waittest

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// Soon is how long anything may take that follows something else: much longer than it does, also on a machine that is busy.
const Soon = time.Minute

// step is how often Until looks.
const step = 5 * time.Millisecond

// Until waits until something holds. If that is not soon, the test ends and says what was waited for.
func Until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	Within(t, Soon, what, holds)
}

// Within is Until for what takes longer, or must not.
func Within(t testing.TB, most time.Duration, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(most); !holds(); time.Sleep(step) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s in vain until %s", most, what)
		}
	}
}

// Text keeps what is written, for tests that read it while it grows. The zero value is empty. It is safe for concurrent use.
type Text struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write adds to the text.
func (t *Text) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(p)
}

// String is the text so far.
func (t *Text) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}
