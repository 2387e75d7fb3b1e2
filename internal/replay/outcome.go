// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/typetable"
)

// Outcome is what a document makes of an error, but for its body.
type Outcome struct {
	Type string `json:"type,omitempty"`
	// Status is the one that the client gets.
	Status int `json:"status"`
	// GRPC is the name of the gRPC status, "" over HTTP.
	GRPC string `json:"grpcStatus,omitempty"`
	// Entry answers, or would have with mode observe; else it is "" when the reply is left.
	Entry string `json:"entry,omitempty"`
	// Left says why the reply is left, "" when it is replaced: a word of the engine, or "unseen" where the filter does not see it.
	Left string `json:"left,omitempty"`
	// MediaType is the Content-Type of the new body, "" without one.
	MediaType string `json:"mediaType,omitempty"`
}

// outcome is an Outcome with the reply itself.
type outcome struct {
	Outcome
	reply preview.Reply
	// hash is that of the body; "" when the reply is left, whose body the log does not have.
	hash string
	// unclassified reports that the tables do not know the details.
	unclassified bool
}

// outcome is what the document makes of an exchange.
func (d *Document) outcome(x exchange.Exchange) outcome {
	reply, err := d.reply(x)
	if err != nil {
		return outcome{Outcome: Outcome{Status: x.Error.Status, Left: err.Error()}}
	}
	class := reply.Trace.Class
	o := outcome{
		Outcome:      Outcome{Type: string(class.Type), Status: reply.Status, Left: string(reply.Trace.Left)},
		reply:        reply,
		unclassified: reply.Trace.Left != engine.LeftOff && !class.Upstream && !class.Known && !class.Deliberate,
	}
	if reply.Replaced && typetable.Unseen(x.Error.Details, x.Error.Status, d.Host.SeesEarlyReplies) {
		o.Status, o.Left, o.reply = x.Error.Status, leftUnseen, preview.Reply{}
	}
	if reply.Trace.Left == engine.LeftObserve {
		o.Entry = reply.Trace.Entry
	}
	if o.Left != "" || !reply.Replaced {
		return o
	}
	o.Entry = reply.Trace.Entry
	o.MediaType, _ = reply.Headers.First("content-type")
	if status, found := reply.Headers.First("grpc-status"); found {
		o.GRPC = config.ParseGRPCStatus(status).String()
	}
	sum := sha256.Sum256(reply.Body)
	o.hash = hex.EncodeToString(sum[:6])
	return o
}

// leftUnseen is why replies stay as they are that the filter does not see.
const leftUnseen = "unseen"

// looksLike reports whether a client cannot tell the two apart.
func (o *outcome) looksLike(other *outcome) bool {
	return o.Status == other.Status && slices.Equal(o.reply.Headers, other.reply.Headers) && bytes.Equal(o.reply.Body, other.reply.Body)
}

// reply is what the client would see of an exchange.
func (d *Document) reply(x exchange.Exchange) (preview.Reply, error) {
	made, err := exchange.Make(x, d.Document)
	if err != nil {
		return preview.Reply{}, err
	}
	d.Host.Withhold(&made.Facts)
	return preview.Of(d.Program, made.Facts), nil
}

// noTime is that of a request without one.
var noTime time.Time

// withoutID are headers without the id of the request.
func withoutID(headers facts.Headers) facts.Headers {
	return slices.DeleteFunc(slices.Clone(headers), func(line facts.Header) bool {
		return line.Name == facts.RequestIDHeader || line.Name == facts.OtherRequestIDHeader
	})
}
