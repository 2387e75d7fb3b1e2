// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"context"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/emit/envoy"
)

// linesSeen has the lines that come, by their words.
type linesSeen chan struct {
	word string
	line deliver.LogLine
}

func (l linesSeen) Logged(_ context.Context, gateway, word string, line deliver.LogLine) {
	l <- struct {
		word string
		line deliver.LogLine
	}{gateway + " " + word, line}
}

// TestLinesOfEnvoy holds which lines Envoy sends, and what is in them.
func TestLinesOfEnvoy(t *testing.T) {
	address, lines := gwrdtest.FreeAddress(t), make(linesSeen, 10)
	serve(t, address, xds.Options{Source: newFleet(nil), Watcher: delivertest.NewWatcher(), Lines: lines})
	p := startEnvoy(t, "edge-1", address)
	awaitReply(t, p, "revision 1")
	send := func(path string, headers http.Header) {
		envoytest.Clients[0].Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: "GET", Path: path, Headers: headers})
	}
	send("/x", nil) // nobody waits for its line
	for _, tc := range []struct {
		path string
		want deliver.LogLine
	}{
		{"/x", deliver.LogLine{
			ResponseCode: 404, ResponseCodeDetails: new("route_not_found"), ResponseFlags: new("NR"), Type: new("RESOURCE_NOT_FOUND"),
			OriginalStatus: new("404"), Entry: new("RESOURCE_NOT_FOUND"),
		}},
		{"/api/x", deliver.LogLine{
			ResponseCode: 503, ResponseFlags: new("UF"), UpstreamCluster: new("upstream"), UpstreamHost: new("127.0.0.1:1"),
			ResponseCodeDetails: new("upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}"),
		}},
	} {
		send(tc.path, http.Header{envoy.TryHeader: {"word" + tc.path}})
		got := <-lines
		if got.word != "default word"+tc.path {
			t.Errorf("%s: the line is of %s", tc.path, got.word)
		}
		want := tc.want
		want.Method, want.Path, want.Authority, want.Scheme, want.Protocol = "GET", tc.path, "gateway.example.com", new("http"), new("HTTP/1.1")
		want.ReplyOwner = new("envoy.filters.http.router")
		if diff := cmp.Diff(want, got.line, cmpopts.IgnoreFields(deliver.LogLine{}, "Duration", "RequestID", "StartTime", "RemoteAddress", "BytesSent")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.path, diff)
		}
		if got.line.RequestID == nil || got.line.StartTime == "" || got.line.RemoteAddress == nil || got.line.BytesSent == 0 {
			t.Errorf("%s: the line lacks something: %+v", tc.path, got.line)
		}
	}
}
