// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"context"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// grpcDocument gives calls other statuses and messages than Envoy does. The entries for HTTP have no say in them.
const grpcDocument = `{
	"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 418}, "DEFAULT_5XX": {"statusCode": 418}},
	"grpc": {
		"statuses": {"ACCESS_DENIED": "UNAUTHENTICATED", "THROTTLED": 8, "INTEGRATION_TIMEOUT": "DEADLINE_EXCEEDED", "DEFAULT_4XX": "NOT_FOUND"},
		"message": "100% $context.error.message für $method.request.header.x-client"
	}
}`

// grpcCalls are calls to the demo that Envoy refuses, and what their clients see.
var grpcCalls = []struct {
	name, method string
	// before is how many calls to the method have to go first.
	before int
	// own is what Envoy answers itself, want what it answers with grpcDocument.
	own, want grpcResult
	// result is the last word of the counter that moves.
	result string
}{
	{
		name: "denied by RBAC", method: "/rbac",
		own:    grpcResult{codes.PermissionDenied, "RBAC: access denied"},
		want:   grpcResult{codes.Unauthenticated, "100% User is not authorized to access this resource für Zoe"},
		result: "ACCESS_DENIED.UNAUTHENTICATED",
	},
	{
		name: "rate limit", method: "/limited", before: 1,
		own:    grpcResult{codes.Unavailable, "local_rate_limited"},
		want:   grpcResult{codes.ResourceExhausted, "100% Too Many Requests für Zoe"},
		result: "THROTTLED.RESOURCE_EXHAUSTED",
	},
	{
		name: "no route", method: "/pets.Pets/Get",
		own:    grpcResult{codes.Unimplemented, "no route"},
		want:   grpcResult{codes.NotFound, "100% Not Found für Zoe"},
		result: "RESOURCE_NOT_FOUND.NOT_FOUND",
	},
	{
		name: "timeout", method: "/slow",
		own:    grpcResult{codes.Unavailable, "upstream request timeout"},
		want:   grpcResult{codes.DeadlineExceeded, "100% Endpoint request timed out für Zoe"},
		result: "INTEGRATION_TIMEOUT.DEADLINE_EXCEEDED",
	},
	{
		name: "no healthy upstream, a type without a status", method: "/no-host",
		own:    grpcResult{codes.Unavailable, "no healthy upstream"},
		want:   grpcResult{codes.Unavailable, "100% Network error communicating with endpoint für Zoe"},
		result: "INTEGRATION_FAILURE.UNAVAILABLE",
	},
	{
		name: "a direct_response is left", method: "/direct",
		own:    grpcResult{codes.Unknown, "gone, on purpose\n"},
		want:   grpcResult{codes.Unknown, "gone, on purpose\n"},
		result: "left.deliberate",
	},
}

// TestGRPC makes calls that fail with a client of grpc-go, unary and streaming.
func TestGRPC(t *testing.T) {
	p := envoytest.Start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{
		envoytest.Listener(t, "grpc", grpcDocument),
		envoytest.Listener(t, "without", `{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 418}, "DEFAULT_5XX": {"statusCode": 418}}}`),
	}})
	ours, without := dial(t, p, "grpc"), dial(t, p, "without")
	for _, call := range grpcCalls {
		t.Run(call.name, func(t *testing.T) {
			for range call.before {
				ours.unary(t, call.method)
				without.unary(t, call.method)
			}
			before := p.Counter(t, call.result)
			for way, do := range map[string]func(grpcClient, *testing.T, string) grpcResult{
				"unary": grpcClient.unary, "streaming": grpcClient.streaming,
			} {
				if got := do(ours, t, call.method); got != call.want {
					t.Errorf("%s: %s, want %s", way, got, call.want)
				}
				if got := do(without, t, call.method); got != call.own {
					t.Errorf("%s, without the key grpc: %s, want %s", way, got, call.own)
				}
			}
			if got := p.Counter(t, call.result) - before; got != 2 {
				t.Errorf("%s moved by %d, want 2", call.result, got)
			}
		})
	}
}

// TestGRPCAccessLog holds that the log names type, status and entry of a call.
func TestGRPCAccessLog(t *testing.T) {
	p := envoytest.Start(t, envoytest.Gateway(t, grpcDocument))
	id := envoytest.NewID()
	ctx := metadata.AppendToOutgoingContext(t.Context(), "x-request-id", id)
	dial(t, p, "gateway").unaryIn(ctx, t, "/rbac")
	const want = "details=rbac_access_denied_matched_policy[none] type=ACCESS_DENIED original_status=403 entry=ACCESS_DENIED\n"
	if got := p.AccessLine(t, id).Text("details", "type", "original_status", "entry"); got != want {
		t.Errorf("access log: %swant %s", got, want)
	}
}

// grpcResult is how a call ended for the client.
type grpcResult struct {
	code    codes.Code
	message string
}

// String is the result for people.
func (r grpcResult) String() string { return r.code.String() + " " + r.message }

// resultOf is how a call with an error ended.
func resultOf(err error) grpcResult {
	s := status.Convert(err)
	return grpcResult{s.Code(), s.Message()}
}

// grpcClient makes calls without a schema: messages are bytes.
type grpcClient struct{ connection *grpc.ClientConn }

// dial connects a client to a listener.
func dial(t *testing.T, p *envoytest.Proxy, listener string) grpcClient {
	t.Helper()
	connection, err := grpc.NewClient(p.Address(t, listener),
		grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultCallOptions(grpc.ForceCodec(rawCodec{})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return grpcClient{connection}
}

// unary makes a call with one message for each side.
func (c grpcClient) unary(t *testing.T, method string) grpcResult {
	t.Helper()
	return c.unaryIn(t.Context(), t, method)
}

// unaryIn is unary with metadata.
func (c grpcClient) unaryIn(ctx context.Context, t *testing.T, method string) grpcResult {
	t.Helper()
	ctx, cancel := callContext(ctx)
	defer cancel()
	var received []byte
	err := c.connection.Invoke(ctx, method, []byte("pet"), &received)
	if err == nil {
		t.Fatalf("%s: the call succeeds", method)
	}
	return resultOf(err)
}

// streaming opens a stream in both directions and reads from it.
func (c grpcClient) streaming(t *testing.T, method string) grpcResult {
	t.Helper()
	ctx, cancel := callContext(t.Context())
	defer cancel()
	stream, err := c.connection.NewStream(ctx, &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}, method)
	if err != nil {
		t.Fatal(err)
	}
	// What the server thinks of the message shows when it is read from.
	_ = stream.SendMsg([]byte("pet"))
	_ = stream.CloseSend()
	var received []byte
	err = stream.RecvMsg(&received)
	if err == nil {
		t.Fatalf("%s: the stream brings a message", method)
	}
	return resultOf(err)
}

// callContext is that of a call which ends some time.
func callContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(metadata.AppendToOutgoingContext(ctx, "x-client", "Zoe"), 30*time.Second)
}

// rawCodec passes messages on as they are.
type rawCodec struct{}

// Marshal returns the bytes that v is.
func (rawCodec) Marshal(v any) ([]byte, error) { return v.([]byte), nil }

// Unmarshal puts the bytes where v points.
func (rawCodec) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = append([]byte(nil), data...)
	return nil
}

// Name is the subtype of the content type.
func (rawCodec) Name() string { return "raw" }
