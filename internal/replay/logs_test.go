// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
)

// document is a document without errors.
func document(t testing.TB, name, text string) Document {
	t.Helper()
	written, findings := config.Decode([]byte(text))
	program, more := engine.Load([]byte(text), engine.Everything())
	if program == nil {
		t.Fatalf("%s%s", findings, more)
	}
	return Document{name, exchange.Document{Config: written, Program: program}, ability.Hosts()[0]}
}

// logWith is a log of some lines.
func logWith(lines ...string) Log { return Log{"log", strings.NewReader(strings.Join(lines, "\n"))} }
