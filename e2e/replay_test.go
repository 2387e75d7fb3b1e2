// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestReplay sends the requests of the demo to an Envoy with the filter and to one without, and both access logs through gwr replay:
// either gives the replies that the clients of the filter got.
func TestReplay(t *testing.T) {
	cases := demoCases(t)
	bare := envoytest.Start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{{Name: "gateway", Filter: envoyrun.FilterNone}}})
	for _, document := range []string{"aws", "problem"} {
		t.Run(document, func(t *testing.T) {
			path := "../config/" + document + ".json"
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			filtered := envoytest.Start(t, envoytest.Gateway(t, string(text)))
			replies := map[string]envoytest.Reply{}
			errors := 0
			sendAll(t, filtered, cases, func(id string, reply envoytest.Reply) {
				if replies[id] = reply; reply.Status >= 400 {
					errors++
				}
			})
			for name, log := range map[string]string{
				"with the filter":    filtered.Access.String(),
				"without the filter": logOf(t, bare, cases, replies),
			} {
				same := 0
				for _, got := range replayed(t, path, log) {
					want, sent := replies[got.RequestID]
					switch {
					case !sent:
						t.Errorf("%s: nobody has sent the request %q", name, got.RequestID)
					case got.Status != want.Status:
						t.Errorf("%s, %s: status %d, the client got %d", name, got.RequestID, got.Status, want.Status)
					case got.Left == "" && got.Body != string(want.Body):
						t.Errorf("%s, %s: body %q, the client got %q", name, got.RequestID, got.Body, want.Body)
					case got.Left == "" && got.MediaType != want.Headers.Get("Content-Type"):
						t.Errorf("%s, %s: media type %q, the client got %q", name, got.RequestID, got.MediaType, want.Headers.Get("Content-Type"))
					default:
						same++
					}
				}
				t.Logf("%s, %s: gwr replay gives the reply that the client got to %d of %d errors", document, name, same, errors)
				if same != errors || errors < 60 {
					t.Errorf("%s: %d replies of %d are right", name, same, errors)
				}
			}
		})
	}
}

// sendAll sends every request of the demo in all ways.
func sendAll(t *testing.T, p *envoytest.Proxy, cases []demoCase, do func(id string, reply envoytest.Reply)) {
	t.Helper()
	url := "http://" + p.Address(t, "gateway")
	// /limited lets one request through.
	envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/limited"})
	for _, c := range cases {
		for i, tr := range c.trials() {
			// The same for each Envoy, so that the bodies are the same.
			id := fmt.Sprintf("%s-%d", c.name, i)
			reply := tr.client.Send(t, url, id, tr.request)
			p.AccessLine(t, id)
			do(id, reply)
		}
	}
}

// logOf is the access log of an Envoy to which the requests were sent, once.
func logOf(t *testing.T, p *envoytest.Proxy, cases []demoCase, replies map[string]envoytest.Reply) string {
	t.Helper()
	mark := len(p.Access.String())
	if mark > 0 {
		return p.Access.String()
	}
	sendAll(t, p, cases, func(id string, _ envoytest.Reply) {
		if _, sent := replies[id]; !sent {
			t.Errorf("the request %s was not sent before", id)
		}
	})
	return p.Access.String()
}

// replayedReply is what gwr replay --each prints of one error.
type replayedReply struct {
	RequestID       string
	Status          int
	Left, MediaType string
	Body            string
}

// replayed runs gwr replay on a log.
func replayed(t *testing.T, document, log string) []replayedReply {
	t.Helper()
	command := exec.CommandContext(t.Context(), "../dist/gwr", "replay", "--each", document, "-")
	var errs bytes.Buffer
	command.Stdin, command.Stderr = strings.NewReader(log), &errs
	out, err := command.Output()
	if err != nil {
		t.Fatalf("gwr replay: %v\n%s", err, &errs)
	}
	var replies []replayedReply
	for line := range bytes.Lines(out) {
		var r replayedReply
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		replies = append(replies, r)
	}
	return replies
}
