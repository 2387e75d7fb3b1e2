// SPDX-License-Identifier: Apache-2.0

package grpcreply

import "testing"

func TestStatus(t *testing.T) {
	for http, want := range map[int]int{
		400: 13, 401: 16, 403: 7, 404: 12, 429: 14, 502: 14, 503: 14, 504: 14, 500: 2, 413: 2,
	} {
		if got := Status(http); got != want {
			t.Errorf("Status(%d) = %d, want %d", http, got, want)
		}
	}
}

// TestHTTPStatus holds that an error which is read back from its gRPC status gets that status again.
func TestHTTPStatus(t *testing.T) {
	for http := 400; http <= 599; http++ {
		status := Status(http)
		if again := Status(HTTPStatus(status)); again != status {
			t.Errorf("%d becomes %d, which is read as %d, which becomes %d", http, status, HTTPStatus(status), again)
		}
	}
	for status, want := range map[int]int{OK: 200, 1: 400, 3: 400, DeadlineExceeded: 504, NotFound: 404, ResourceExhausted: 429, 15: 400, 99: 400} {
		if got := HTTPStatus(status); got != want {
			t.Errorf("HTTPStatus(%d) = %d, want %d", status, got, want)
		}
	}
}

func TestIsRequest(t *testing.T) {
	for contentType, want := range map[string]bool{
		"application/grpc": true, "application/grpc+proto": true, "application/grpc-web": false, "application/json": false, "": false,
	} {
		if got := IsRequest(contentType); got != want {
			t.Errorf("IsRequest(%q) = %t", contentType, got)
		}
	}
}

func TestMessage(t *testing.T) {
	for text, want := range map[string]string{"RBAC: access denied": "RBAC: access denied", "50%\n~é": "50%25%0A%7E%C3%A9"} {
		if got := Message(text); got != want {
			t.Errorf("Message(%q) = %q, want %q", text, got, want)
		}
	}
}
