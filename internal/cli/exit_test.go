// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestExitCodes holds that the exit code tells what went wrong.
func TestExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"good.json": "{}", "bad.json": `{"mode": "on"}`, "log": "no line\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		args string
		out  io.Writer
		want int
	}{
		{"validate good.json", io.Discard, exitFine},
		{"--help", io.Discard, exitFine},
		{"validate bad.json", io.Discard, exitFindings},
		{"explain bad.json --type THROTTLED", io.Discard, exitFindings},
		{"validate --nothing", io.Discard, exitUsage},
		{"validte good.json", io.Discard, exitUsage},
		{"emit apache", io.Discard, exitUsage},
		{"diff good.json", io.Discard, exitUsage},
		{"validate -o yaml good.json", io.Discard, exitUsage},
		{"explain good.json --type NOTHING", io.Discard, exitUsage},
		{"validate nowhere.json", io.Discard, exitUnreadable},
		{"validate .", io.Discard, exitUnreadable},
		{"explain good.json --log-line log", io.Discard, exitUnreadable},
		{"test --plugin log", io.Discard, exitUnreadable},
		{"import good.json", io.Discard, exitUnreadable},
		{"validate bad.json", full{}, exitInternal},
	} {
		var messages bytes.Buffer
		if got := Run(t.Context(), strings.Fields(test.args), strings.NewReader(""), test.out, &messages); got != test.want {
			t.Errorf("gwr %s: exit code %d, want %d\n%s", test.args, got, test.want, &messages)
		}
	}
}
