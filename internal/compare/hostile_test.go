// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"bytes"
	"net"
	"strings"
	"testing"
	"time"
)

// sending runs a server that answers every connection with head, and then with rest for as long as it is taken.
func sending(t *testing.T, head, rest string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer connection.Close()
				_, _ = connection.Read(make([]byte, 4096))
				_, err := connection.Write([]byte(head))
				for err == nil && rest != "" {
					_, err = connection.Write([]byte(rest))
				}
			}()
		}
	}()
	return listener.Addr().String()
}

// TestHostile holds that a server that means ill gives a short error, soon, and that no password is printed.
func TestHostile(t *testing.T) {
	for _, tc := range []struct{ name, head, rest, want string }{
		{"nothing", "", "", "EOF"},
		{"headers without end", "HTTP/1.1 404 Not Found\r\n", "x-a: " + strings.Repeat("a", 1000) + "\r\n", "server response headers exceeded"},
		{"hints without end", "", "HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n", "server response headers exceeded"},
		{"a body that ends too early", "HTTP/1.1 404 Not Found\r\ncontent-length: 100\r\n\r\nx", "", "unexpected EOF"},
		{"no HTTP", strings.Repeat("\x00\x1b", 1<<12) + "\r\n", "", `malformed HTTP response "\x00\x1b`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var gateways [2]*Gateway
			for i := range gateways {
				var err error
				if gateways[i], err = NewGateway("http://user:hunter2@"+sending(t, tc.head, tc.rest), 5*time.Second); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Run(t.Context(), gateways[0], gateways[1], []Request{{Method: "GET", Path: "/"}}, Options{Rate: 100})
			if err == nil || !strings.Contains(err.Error(), tc.want) || len(err.Error()) > 2*maxError || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

// TestEndlessBody holds that of a body without end the report keeps little, and that the password is not in it.
func TestEndlessBody(t *testing.T) {
	address := sending(t, "HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\n\r\n", strings.Repeat("[", 1<<16))
	gateway, err := NewGateway("http://user:hunter2@"+address, 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	report, err := Run(t.Context(), gateway, gateway, []Request{{Method: "GET", Path: "/"}}, Options{Rate: 100})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := report.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	if kept := report.Results[0].ReplyA; !kept.Cut || len(kept.Body) > maxKept || strings.Contains(text.String(), "hunter2") {
		t.Errorf("%d bytes are kept, and the report is %.200s", len(kept.Body), text.String())
	}
}
