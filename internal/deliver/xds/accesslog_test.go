// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	data "github.com/envoyproxy/go-control-plane/envoy/data/accesslog/v3"
	logs "github.com/envoyproxy/go-control-plane/envoy/service/accesslog/v3"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc/credentials"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"gatewayresponses/internal/certtest"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/waittest"
)

// lines remembers lines by gateway and word.
type lines struct {
	mu    sync.Mutex
	lines map[string]deliver.LogLine
	count atomic.Int64
}

func (l *lines) Logged(_ context.Context, gateway, word string, line deliver.LogLine) {
	l.count.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lines == nil {
		l.lines = map[string]deliver.LogLine{}
	}
	l.lines[gateway+" "+word] = line
}

func (l *lines) of(key string) (deliver.LogLine, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	line, ok := l.lines[key]
	return line, ok
}

// message is what a node sends: an entry for each word.
func message(node, logName string, words ...string) *logs.StreamAccessLogsMessage {
	m := &logs.StreamAccessLogsMessage{Identifier: &logs.StreamAccessLogsMessage_Identifier{Node: &core.Node{Id: node}, LogName: logName}}
	of := &logs.StreamAccessLogsMessage_HTTPAccessLogEntries{}
	for _, w := range words {
		of.LogEntry = append(of.LogEntry, &data.HTTPAccessLogEntry{Request: &data.HTTPRequestProperties{RequestHeaders: map[string]string{envoy.TryHeader: w}}})
	}
	m.LogEntries = &logs.StreamAccessLogsMessage_HttpLogs{HttpLogs: of}
	return m
}

func pack(t *testing.T, m proto.Message) *anypb.Any {
	t.Helper()
	packed, err := anypb.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return packed
}

// TestLines holds an entry of Envoy's service against the words of docs/observability.md.
func TestLines(t *testing.T) {
	reader := &lines{}
	address, _ := serve(t, Options{Source: delivertest.NewSource(), Watcher: delivertest.NewWatcher(), Lines: reader})
	stream, err := logs.NewAccessLogServiceClient(dial(t, address, nil)).StreamAccessLogs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := message("edge-1", "gateway-responses/default", "a-word", "")
	entry := m.GetHttpLogs().GetLogEntry()[0]
	entry.ProtocolVersion = data.HTTPAccessLogEntry_HTTP2
	entry.CommonProperties = &data.AccessLogCommon{
		ResponseFlags: &data.ResponseFlags{UpstreamConnectionFailure: true, UpstreamRetryLimitExceeded: true, DownstreamRemoteReset: true},
		RouteName:     "shop", UpstreamCluster: "shop", Duration: durationpb.New(12 * time.Millisecond), StartTime: timestamppb.New(time.Unix(1, 5000)),
		UpstreamRemoteAddress:   &core.Address{Address: &core.Address_SocketAddress{SocketAddress: &core.SocketAddress{Address: "::1", PortSpecifier: &core.SocketAddress_PortValue{PortValue: 80}}}},
		DownstreamRemoteAddress: &core.Address{Address: &core.Address_Pipe{Pipe: &core.Pipe{Path: "/x"}}},
		FilterStateObjects: map[string]*anypb.Any{
			envoy.TypeState: pack(t, wrapperspb.Bytes([]byte("THROTTLED"))), envoy.OriginalStatusState: pack(t, wrapperspb.Bytes([]byte("429\xff"))),
			envoy.OwnerState: pack(t, wrapperspb.String("a\x00b")), envoy.EntryState: pack(t, wrapperspb.Bool(true)),
		},
	}
	request := entry.GetRequest()
	request.RequestMethod, request.Path, request.OriginalPath, request.Authority, request.Scheme, request.RequestId = core.RequestMethod_GET, "/new", strings.Repeat("x", 2*maxLogged), "shop.example.com", "http", "an-id"
	entry.Response = &data.HTTPResponseProperties{
		ResponseCode: wrapperspb.UInt32(420), ResponseCodeDetails: "local_rate_limited", ResponseBodyBytes: 7,
		ResponseHeaders: map[string]string{"grpc-status": ""}, ResponseTrailers: map[string]string{"grpc-status": "8"},
	}
	if err := stream.Send(m); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the line is there", func() bool { _, ok := reader.of("default a-word"); return ok })
	got, _ := reader.of("default a-word")
	if len(got.Path) != maxLogged {
		t.Errorf("the path has %d bytes, want %d", len(got.Path), maxLogged)
	}
	got.Path = "cut"
	text, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
 "response_code": 420,
 "response_code_details": "local_rate_limited",
 "response_flags": "UF,URX,DR",
 "gateway_response_type": "THROTTLED",
 "gateway_response_original_status": "429�",
 "reply_owner": "a b",
 "duration": 12,
 "bytes_sent": 7,
 "grpc_status": "8",
 "route_name": "shop",
 "upstream_cluster": "shop",
 "upstream_host": "[::1]:80",
 "method": "GET",
 "path": "cut",
 "authority": "shop.example.com",
 "scheme": "http",
 "protocol": "HTTP/2",
 "request_id": "an-id",
 "start_time": "1970-01-01T00:00:01.000005Z",
 "downstream_remote_address": "/x"
}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("line (-want +got):\n%s", diff)
	}
	if reader.count.Load() != 1 {
		t.Errorf("%d lines were taken, want the one with a word", reader.count.Load())
	}
}

// TestFlags holds the flags of Envoy's service against those that access logs write.
func TestFlags(t *testing.T) {
	for want, set := range map[string]*data.ResponseFlags{
		"": nil, "LH": {FailedLocalHealthcheck: true}, "UT": {UpstreamRequestTimeout: true}, "UF": {UpstreamConnectionFailure: true},
		"NR": {NoRouteFound: true}, "RL": {RateLimited: true}, "UAEX": {UnauthorizedDetails: &data.ResponseFlags_Unauthorized{}},
		"URX": {UpstreamRetryLimitExceeded: true}, "NFCF": {NoFilterConfigFound: true}, "NC": {NoClusterFound: true}, "OM": {OverloadManager: true},
		"DF": {DnsResolutionFailure: true}, "DR": {DownstreamRemoteReset: true}, "UH,RL": {NoHealthyUpstream: true, RateLimited: true},
	} {
		if got := flags(set); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestWhoLogs: lines are taken of nodes that are what they say, for gateways that they may have.
func TestWhoLogs(t *testing.T) {
	a := certtest.New(t)
	files := serverFiles(a, t.TempDir())
	reader := &lines{}
	address, _ := serve(t, Options{
		Source: delivertest.NewSource(), Watcher: delivertest.NewWatcher(), Lines: reader, TLS: &files, Grants: []Grant{{"edge-1", []string{"default"}}},
	})
	for _, tc := range []struct {
		name    string
		creds   credentials.TransportCredentials
		message *logs.StreamAccessLogsMessage
		want    string
	}{
		{"itself", issued(a, "edge-1"), message("edge-1", "gateway-responses/default", "good"), ""},
		{"another node", issued(a, "edge-1"), message("edge-2", "gateway-responses/default", "bad"), "is none of its certificate"},
		{"another gateway", issued(a, "edge-1"), message("edge-1", "gateway-responses/shop", "bad"), `may not have gateway "shop"`},
		{"nobody", issued(a, "edge-1"), &logs.StreamAccessLogsMessage{}, "the node has no id"},
		{"another log", issued(a, "edge-1"), message("edge-1", "shop", "bad"), `log_name "shop" is none`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			stream, err := logs.NewAccessLogServiceClient(dial(t, address, tc.creds)).StreamAccessLogs(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := stream.Send(tc.message); err != nil {
				t.Fatal(err)
			}
			if tc.want == "" {
				waittest.Until(t, "the line is there", func() bool { _, ok := reader.of("default good"); return ok })
				return
			}
			if _, err := stream.CloseAndRecv(); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
	if reader.count.Load() != 1 {
		t.Errorf("%d lines were taken, want 1", reader.count.Load())
	}
}

// TestFloodOfLines has somebody send requests with the header without end: no more is read than the pace allows.
func TestFloodOfLines(t *testing.T) {
	reader := &lines{}
	address, _ := serve(t, Options{Source: delivertest.NewSource(), Watcher: delivertest.NewWatcher(), Lines: reader})
	stream, err := logs.NewAccessLogServiceClient(dial(t, address, nil)).StreamAccessLogs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	go func() {
		for large := message("edge-1", "gateway-responses/default", strings.Repeat("x", 8<<10)); stream.Send(large) == nil; {
		}
	}()
	waittest.Until(t, "as many as may come at once", func() bool { return reader.count.Load() >= linesAtOnce })
	time.Sleep(500 * time.Millisecond)
	read, most := reader.count.Load(), linesAtOnce+int64(linesPerSecond*time.Since(begun).Seconds())+1
	if read > most {
		t.Errorf("%d lines were read, want %d at most", read, most)
	}
}
