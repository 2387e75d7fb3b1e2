// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"gatewayresponses/internal/commandline"
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
		{"validate good.json", io.Discard, commandline.ExitFine},
		{"--help", io.Discard, commandline.ExitFine},
		{"validate bad.json", io.Discard, commandline.ExitFindings},
		{"explain bad.json --type THROTTLED", io.Discard, commandline.ExitFindings},
		{"validate --nothing", io.Discard, commandline.ExitUsage},
		{"validte good.json", io.Discard, commandline.ExitUsage},
		{"emit apache", io.Discard, commandline.ExitUsage},
		{"diff good.json", io.Discard, commandline.ExitUsage},
		{"validate -o yaml good.json", io.Discard, commandline.ExitUsage},
		{"explain good.json --type NOTHING", io.Discard, commandline.ExitUsage},
		{"validate nowhere.json", io.Discard, commandline.ExitUnreadable},
		{"validate .", io.Discard, commandline.ExitUnreadable},
		{"explain good.json --log-line log", io.Discard, commandline.ExitUnreadable},
		{"test --plugin log", io.Discard, commandline.ExitUnreadable},
		{"import good.json", io.Discard, commandline.ExitUnreadable},
		{"validate bad.json", full{}, commandline.ExitInternal},
	} {
		var messages bytes.Buffer
		if got := Run(t.Context(), strings.Fields(test.args), strings.NewReader(""), test.out, &messages); got != test.want {
			t.Errorf("gwr %s: exit code %d, want %d\n%s", test.args, got, test.want, &messages)
		}
	}
}
