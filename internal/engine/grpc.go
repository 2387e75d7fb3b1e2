// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/template"
)

// GRPCStatus is the header that says to a client of gRPC how a call ended, grpcMessage the one that words it.
const (
	GRPCStatus  = "grpc-status"
	grpcMessage = "grpc-message"
)

// statusOfGRPC is the status under which every reply of gRPC is sent, errors too.
const statusOfGRPC = 200

// MayHideError reports whether a reply may be an error that a client of gRPC reads. It is one when it has the header GRPCStatus
// and the attribute response.code is an error: that is what Envoy made of the request before it became a reply for gRPC, and
// goes to facts.Reply.Status. Of an upstream's reply the attribute is what the upstream sent, so that GRPCStatus there is the
// upstream's own.
func (n Needs) MayHideError(status int, endOfStream bool) bool {
	return n.GRPC && endOfStream && status == statusOfGRPC
}

// grpc is the compiled key grpc.
type grpc struct {
	// scope holds the entries by type. AWS has no gRPC, hence no built-in reply for what is left.
	scope scope
	// message words the message of every entry, nil to keep Envoy's.
	message *filled
	// other answers types without an entry: it keeps the status, and words the message. Nil without a message.
	other *entry
}

// grpcEntry is what an entry of the key grpc has in the place of a status, headers and bodies.
type grpcEntry struct {
	// status is the number to send, "" to keep Envoy's.
	status string
	// message words the message, nil to keep Envoy's.
	message *filled
}

// grpc compiles the key grpc.
func (c *compiler) grpc(block *config.GRPC) grpc {
	if block == nil {
		return grpc{}
	}
	message := c.grpcMessage(block.Message)
	g := grpc{message: message, scope: scope{entries: map[config.ResponseType]*entry{}}}
	for _, mapping := range block.Statuses {
		g.scope.entries[mapping.Type] = &entry{
			name: string(mapping.Type),
			raw:  c.scope.isRaw(),
			grpc: &grpcEntry{status: mapping.Status.Number(), message: message},
		}
	}
	if message != nil {
		g.other = &entry{name: GRPCMessage, raw: c.scope.isRaw(), grpc: &grpcEntry{message: message}}
	}
	return g
}

// grpcMessage compiles the template of the message, nil without one.
func (c *compiler) grpcMessage(text *config.Text) *filled {
	if text == nil {
		return nil
	}
	parsed, ok := c.parse(*text, template.Options{MediaType: "text/plain"})
	if !ok {
		return nil
	}
	c.checkAbilities(*text, parsed)
	return &parsed
}

// isGRPC tells, of error replies with the header GRPCStatus, those that a client of gRPC reads: those that Envoy sends under
// status 200, and those of its grpc_web filter, which have the status of the error.
func isGRPC(headers facts.Headers) bool {
	status, _ := headers.First(":status")
	media, _ := headers.First(contentType)
	return status == strconv.Itoa(statusOfGRPC) || strings.HasPrefix(media, "application/grpc")
}

// isGRPCWeb tells those of them that a page in a browser reads.
func isGRPCWeb(headers facts.Headers) bool {
	media, _ := headers.First(contentType)
	return strings.HasPrefix(media, "application/grpc-web")
}

// withGRPCBody is f with the body that the reply would have over HTTP: for gRPC, Envoy has put it into grpc-message.
func withGRPCBody(f *facts.Facts) *facts.Facts {
	message, _ := f.Reply.Headers.First(grpcMessage)
	withBody := *f
	withBody.Reply.HasBody = message != ""
	body := []byte(decodeGRPCMessage(message))
	withBody.Reply.Body = body[:min(len(body), facts.MaxBody)]
	return &withBody
}

// answerGRPC sets the two headers, and nothing else.
func (x *exchange) answerGRPC() {
	e := x.entry.grpc
	sent, _ := x.facts.Reply.Headers.First(GRPCStatus)
	if e.status != "" {
		sent = e.status
		x.headers.set(GRPCStatus, sent)
	}
	x.reply.GRPC = config.ParseGRPCStatus(sent).String()
	if e.message == nil {
		return
	}
	text, whole := e.message.render(nil, x.environment(), config.MaxHeaderValue)
	message := encodeGRPCMessage(string(text))
	switch {
	case !whole:
		x.trace.Dropped = append(x.trace.Dropped, grpcMessage)
	case message != "" && validValue(message):
		x.headers.set(grpcMessage, message)
	case message != "":
		x.trace.Dropped = append(x.trace.Dropped, grpcMessage)
	case x.facts.Reply.HasBody:
		x.dropWatched(hasGRPCMessage)
	}
}

// encodeGRPCMessage writes text as the header grpc-message: printable ASCII but "%" as it is, every other byte of its
// UTF-8 as %XX. What is not UTF-8 becomes U+FFFD. A space at an end is encoded too: header values are trimmed on their way
// (RFC 9110, 5.5). Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, Status-Message.
func encodeGRPCMessage(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	encoded := make([]byte, 0, len(text))
	for i := range len(text) {
		c := text[i]
		atEnd := i == 0 || i == len(text)-1
		if c < ' ' || c > '~' || c == '%' || c == ' ' && atEnd {
			encoded = chars.AppendPercentEscape(encoded, c)
			continue
		}
		encoded = append(encoded, c)
	}
	return string(encoded)
}

// decodeGRPCMessage reads a grpc-message. A "%" without two digits stands for itself, as the protocol asks.
func decodeGRPCMessage(encoded string) string {
	return string(chars.AppendUnescaped(make([]byte, 0, len(encoded)), encoded, 0))
}
