// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"bytes"
	"context"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// These are the ways in which a start fails. That it works is seen on a real Envoy, in e2e.

func TestStartErrors(t *testing.T) {
	for _, tc := range []struct{ name, script, want string }{
		{"ends with a reason", "echo 'one' >&2; echo 'bad configuration' >&2; exit 1", "envoy did not start: exit status 1: bad configuration"},
		{"ends without one", "exit 0", "envoy did not start: exit status 0"},
		{"never ready", "exec /bin/sleep 60", "envoy did not start: context deadline exceeded"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "envoy")
			write(t, path, "#!/bin/sh\n"+tc.script+"\n")
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			var stderr bytes.Buffer
			_, err := Start(ctx, Command{Path: path, Stderr: &stderr})
			if err == nil || err.Error() != tc.want {
				t.Errorf("Start = %v, want %s", err, tc.want)
			}
		})
	}
}

func TestCheckPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := taken.Addr().(*net.TCPAddr).Port
	err = CheckPort(port, "PORT")
	if err == nil || !strings.HasSuffix(err.Error(), "address already in use); set PORT to a free one") {
		t.Errorf("CheckPort of a taken port = %v", err)
	}
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	if err := CheckPort(port, "PORT"); err != nil {
		t.Errorf("CheckPort of a free port = %v", err)
	}
}

func TestTail(t *testing.T) {
	var next bytes.Buffer
	log := &tail{next: &next}
	long := strings.Repeat("x", tailSize) + "\nlast\n\n"
	for _, part := range []string{"first\n", long} {
		if n, err := log.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
	}
	if next.String() != "first\n"+long {
		t.Error("the log was not passed on as it is")
	}
	if len(log.kept) != tailSize {
		t.Errorf("%d bytes are kept, want %d", len(log.kept), tailSize)
	}
	if got, want := log.explain(context.Canceled).Error(), "context canceled: last"; got != want {
		t.Errorf("explain = %q, want %q", got, want)
	}
}
