// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	data "github.com/envoyproxy/go-control-plane/envoy/data/accesslog/v3"
	logs "github.com/envoyproxy/go-control-plane/envoy/service/accesslog/v3"
	"golang.org/x/time/rate"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/facts"
)

const (
	// linesPerSecond is how many messages with lines are read of a stream, and linesAtOnce how many at once. Whoever can send requests
	// through an Envoy can make it send lines: what is not read Envoy drops, and nothing else waits for it.
	linesPerSecond, linesAtOnce = 20, 100
	// maxLogged is the length of what is kept of a text of a line, in bytes.
	maxLogged = 8 << 10
)

// logService takes the lines of access logs that Envoys send, until ctx ends.
type logService struct {
	reader deliver.LogReader
	ctx    context.Context
}

// StreamAccessLogs takes the lines of a node until its stream ends.
func (s *logService) StreamAccessLogs(stream logs.AccessLogService_StreamAccessLogsServer) error {
	ctx, cancel := context.WithCancel(stream.Context())
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	who, gateway := clientOf(ctx), ""
	for pace := rate.NewLimiter(linesPerSecond, linesAtOnce); ; {
		if pace.Wait(ctx) != nil {
			return nil
		}
		message, err := stream.Recv()
		if err != nil {
			return nil //nolint:nilerr // the stream has ended, which is no news
		}
		if gateway == "" {
			if gateway, err = logged(who, message.GetIdentifier()); err != nil {
				return err
			}
		}
		for _, entry := range message.GetHttpLogs().GetLogEntry() {
			if word := entry.GetRequest().GetRequestHeaders()[envoy.TryHeader]; word != "" {
				s.reader.Logged(ctx, gateway, word, lineOf(entry))
			}
		}
	}
}

// logged is the gateway that a stream of lines is about, if its client is what it says.
func logged(who client, said *logs.StreamAccessLogsMessage_Identifier) (string, error) {
	if err := who.checkNode(said.GetNode().GetId()); err != nil {
		return "", err
	}
	resource, found := envoy.ParseResource(said.GetLogName())
	if !found {
		return "", status.Errorf(codes.InvalidArgument, "log_name %q is none; it should be %s", readable(said.GetLogName(), maxNodeID), envoy.ResourceForms)
	}
	return resource.Gateway, who.checkGateway(resource.Gateway)
}

// lineOf is an entry of Envoy's access log service in the words of docs/observability.md.
func lineOf(entry *data.HTTPAccessLogEntry) deliver.LogLine {
	common, request, response := entry.GetCommonProperties(), entry.GetRequest(), entry.GetResponse()
	line := deliver.LogLine{
		ResponseCode: int(response.GetResponseCode().GetValue()), ResponseCodeDetails: word(response.GetResponseCodeDetails()),
		ResponseFlags: word(flags(common.GetResponseFlags())),
		Type:          state(common, envoy.TypeState), OriginalStatus: state(common, envoy.OriginalStatusState), Entry: state(common, envoy.EntryState),
		ReplyOwner: state(common, envoy.OwnerState), BytesSent: response.GetResponseBodyBytes(),
		GRPCStatus: word(cmp.Or(response.GetResponseHeaders()["grpc-status"], response.GetResponseTrailers()["grpc-status"])),
		RouteName:  word(common.GetRouteName()), UpstreamCluster: word(common.GetUpstreamCluster()), UpstreamHost: word(address(common.GetUpstreamRemoteAddress())),
		Method: method(request), Path: readable(cmp.Or(request.GetOriginalPath(), request.GetPath()), maxLogged), Authority: readable(request.GetAuthority(), maxLogged),
		Scheme: word(request.GetScheme()), Protocol: word(protocols[entry.GetProtocolVersion()]), RequestID: word(request.GetRequestId()),
		RemoteAddress: word(address(common.GetDownstreamRemoteAddress())),
	}
	if at := common.GetStartTime(); at.IsValid() {
		line.StartTime = at.AsTime().UTC().Format(time.RFC3339Nano)
	}
	took := common.GetDuration().AsDuration()
	if common.GetDuration() == nil {
		took = common.GetTimeToLastDownstreamTxByte().AsDuration()
	}
	line.Duration = took.Milliseconds()
	return line
}

// protocols are the versions of HTTP, as access logs write them.
var protocols = map[data.HTTPAccessLogEntry_HTTPVersion]string{
	data.HTTPAccessLogEntry_HTTP10: "HTTP/1.0", data.HTTPAccessLogEntry_HTTP11: "HTTP/1.1",
	data.HTTPAccessLogEntry_HTTP2: "HTTP/2", data.HTTPAccessLogEntry_HTTP3: "HTTP/3",
}

// word is a text that may be missing.
func word(text string) *string {
	if text == "" {
		return nil
	}
	text = readable(text, maxLogged)
	return &text
}

// method is the method of a request; Envoy has no word for those that it does not know.
func method(request *data.HTTPRequestProperties) string {
	if request.GetRequestMethod() == core.RequestMethod_METHOD_UNSPECIFIED {
		return ""
	}
	return request.GetRequestMethod().String()
}

// address is an address, IP:PORT.
func address(at *core.Address) string {
	s := at.GetSocketAddress()
	if s == nil {
		return at.GetPipe().GetPath()
	}
	host := s.GetAddress()
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return host + ":" + strconv.Itoa(int(s.GetPortValue()))
}

// state is the filter state of a name, as text.
func state(common *data.AccessLogCommon, name string) *string {
	packed := common.GetFilterStateObjects()[name]
	if packed == nil {
		return nil
	}
	return word(textOf(packed))
}

// textOf is the text in a packed value: filters in Wasm set bytes, and others of Envoy strings.
func textOf(packed *anypb.Any) string {
	var text wrapperspb.StringValue
	if packed.UnmarshalTo(&text) == nil {
		return text.GetValue()
	}
	var octets wrapperspb.BytesValue
	if packed.UnmarshalTo(&octets) == nil {
		return string(octets.GetValue())
	}
	return ""
}

// flags are response flags as access logs write them, "UF,URX"; "" for none. The number of a field is that of Envoy's bit and one more,
// but for the last: a bit that the service does not have stands before it.
// Source: envoy api/envoy/data/accesslog/v3/accesslog.proto, envoy/stream_info/stream_info.h.
func flags(set *data.ResponseFlags) string {
	var all facts.Flags
	set.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		if number := field.Number(); number < downstreamReset {
			all |= 1 << (number - 1)
		} else if number == downstreamReset {
			all |= facts.ParseFlag("DR")
		}
		return true
	})
	if all == 0 {
		return ""
	}
	return all.String()
}

// downstreamReset is the number of the field of DR.
const downstreamReset = 28
