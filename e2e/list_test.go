// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// listed is a request of the list with what the line above promises.
type listed struct {
	envoytest.Request
	promise string
}

// parseList reads the list: a line "# ABOUT: PROMISE" and below it a command for a shell.
func parseList(t *testing.T, text string) []listed {
	t.Helper()
	var list []listed
	promise := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "# "):
			promise = line[strings.LastIndex(line, ": ")+2:]
		case strings.Contains(line, "curl -i "):
			list = append(list, listed{parseCommand(t, line), promise})
		}
	}
	if len(list) < 21 {
		t.Fatalf("the list has %d requests, want at least 21:\n%s", len(list), text)
	}
	return list
}

// parseCommand reads a command as a shell and curl would, as far as the list uses them.
func parseCommand(t *testing.T, command string) envoytest.Request {
	t.Helper()
	r := envoytest.Request{Method: http.MethodGet, Headers: http.Header{"Accept": {"*/*"}}}
	words := shellWords(command)
	for i := 0; i < len(words); i++ {
		switch word := words[i]; word {
		case "curl", "-i", "|":
		case "seq":
			i++
			n, err := strconv.Atoi(words[i])
			if err != nil {
				t.Fatal(err)
			}
			for k := range n {
				r.Body += strconv.Itoa(k+1) + "\n"
			}
		case "--data-binary":
			i++
			r.Method = http.MethodPost
		case "-H":
			i++
			name, value, _ := strings.Cut(words[i], ": ")
			r.Headers.Set(name, value)
		case "-u":
			i++
			name, password, _ := strings.Cut(words[i], ":")
			sent := http.Request{Header: r.Headers}
			sent.SetBasicAuth(name, password)
		default:
			_, rest, ok := strings.Cut(word, "://localhost:")
			_, path, hasPath := strings.Cut(rest, "/")
			if !ok || !hasPath {
				t.Fatalf("%q: what is %q?", command, word)
			}
			r.Path = "/" + path
		}
	}
	return r
}

// shellWords splits a command at its spaces, but for those in single quotes.
func shellWords(command string) []string {
	var words []string
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	return words
}
