// SPDX-License-Identifier: Apache-2.0

package v1client

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestStrangeAnswers holds what is said of servers that are none of gateway responses.
func TestStrangeAnswers(t *testing.T) {
	for _, test := range []struct {
		what   string
		answer http.HandlerFunc
		want   string
	}{
		{"a page", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, "answers with something else than was asked for"},
		{"an error of another server", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, "answers with the status 502, and not as a server of gateway responses does"},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://login.example.com", http.StatusFound)
		}, "answers with the status 302"},
		{"a problem that is none", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte("{"))
		}, "answers with the status 404"},
		{"an answer without end", func(w http.ResponseWriter, _ *http.Request) {
			for range 10 {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		}, "has more than 8 MiB"},
		{"an answer that breaks off", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "cannot be reached: EOF"},
	} {
		t.Run(test.what, func(t *testing.T) {
			server := httptest.NewServer(test.answer)
			defer server.Close()
			client, err := New(server.URL, "key", false)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := client.Gateway(t.Context(), "default"); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Gateway says %v, want %q", err, test.want)
			}
		})
	}
}

// TestNew holds which addresses and keys are refused before anything is sent.
func TestNew(t *testing.T) {
	for _, test := range []struct {
		server, key string
		insecure    bool
		want        string
	}{
		{server: "http://127.0.0.1:8400"},
		{server: "http://[::1]:8400/"},
		{server: "http://localhost"},
		{server: "https://gwrd.example.com/behind/a/proxy"},
		{server: "http://gwrd.example.com", insecure: true},
		{server: "http://gwrd.example.com", want: "unencrypted"},
		{server: "http://127.0.0.1.example.com", want: "unencrypted"},
		{server: "127.0.0.1:8400", want: "is not the address of a server"},
		{server: "ftp://127.0.0.1", want: "is not the address of a server"},
		{server: "http://user:password@127.0.0.1", want: "is not the address of a server"},
		{server: "https://gwrd.example.com?x=1", want: "is not the address of a server"},
		{server: "https://gwrd.example.com", key: "a\nb", want: "the key is none"},
	} {
		_, err := New(test.server, test.key, test.insecure)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("New(%q, %q, %t) says %v, want %q", test.server, test.key, test.insecure, err, test.want)
		}
	}
}

// TestPaths holds that names stay one segment.
func TestPaths(t *testing.T) {
	var got string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.URL.EscapedPath() }))
	defer server.Close()
	client, err := New(server.URL+"/base/", "key", false)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.On(t.Context(), Target{Gateways, "a/../b?c"}); err != nil {
		t.Fatal(err)
	}
	if want := "/base/v1/gateways/a%2F..%2Fb%3Fc/switch"; got != want {
		t.Errorf("the path is %s, want %s", got, want)
	}
}
