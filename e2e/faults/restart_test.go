// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"os"
	"strconv"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestHotRestart replaces a running Envoy by another one that takes its sockets over, under load. No request is lost, each is
// answered as the document says, and the counters go on.
func TestHotRestart(t *testing.T) {
	t.Parallel()
	config := setup{listeners: []listener{{name: "gateway", document: teapot, port: envoytest.FreePort(t)}}}.render(t)
	epoch := func(n string) *envoytest.Proxy {
		return envoytest.StartConfig(t, config, "--base-id", strconv.Itoa(os.Getpid()), "--restart-epoch", n,
			"--drain-time-s", "1", "--drain-strategy", "immediate", "--parent-shutdown-time-s", "2")
	}
	old := epoch("0")
	l := startLoad(t, old.Address(t, "gateway"), 2, "/denied", "/ok")
	l.await(t, "200 ok", 100)
	next := epoch("1")
	envoytest.Eventually(t, "the first Envoy has ended", func() bool {
		select {
		case <-old.Envoy.Done():
			return true
		default:
			return false
		}
	})
	pass()
	replies := l.finish()
	t.Log(replies)
	wantOnly(t, replies, 100, "200 ok", `418 {"teapot":1}`)
	// What an Envoy counts in its last moments is lost with it, of its own counters as of ours.
	ours, own := next.Counter(t, "ACCESS_DENIED.418"), next.Stat(t, "http.gateway.downstream_rq_4xx")
	if sent := replies[`418 {"teapot":1}`]; max(ours, own)-min(ours, own) > 4 || ours > sent || ours < sent-max(sent/100, 10) {
		t.Errorf("ACCESS_DENIED.418 = %d after the restart, and Envoy's own counter %d, want both about %d, as many as came before and after it", ours, own, sent)
	}
	if got := next.Counter(t, "config_invalid"); got != 0 {
		t.Errorf("config_invalid = %d, want 0", got)
	}
}
