// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/accesslog"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/explain"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/tryrequest"
)

// Difference is where a reply is another one than expected.
type Difference struct {
	What     string `json:"what" about:"status, body, or the name of a header."`
	Expected string `json:"expected" about:"What the document in force says; empty for a header that should not be there."`
	Seen     string `json:"seen" about:"What came; empty for a header that is not there."`
}

// The reasons why there is nothing to compare with.
const (
	noLine = "No line of the access log has come, so it is not known which error this was. Either the Envoy has no access_log for it, which gwr emit envoy --from writes " +
		"(access_log.yaml), or it cannot reach the server, or what came is not from it."
	noExplanation = "The document in force cannot be asked about this exchange: "
)

// expect adds what the document in force says of the exchange that was seen.
func (s *Server) expect(ctx context.Context, by control.Caller, gateway string, r *tryrequest.Request, tried *Tried) {
	if tried.Line == nil {
		tried.Missing = noLine
		return
	}
	x, err := exchangeOf(r, tried)
	if err != nil {
		tried.Missing = noExplanation + err.Error()
		return
	}
	tried.Revision, err = s.options.Control.Delivered(ctx, by, gateway)
	if err != nil {
		tried.Missing = noExplanation + err.Error()
		return
	}
	document, err := s.good(ctx, by, Document{Gateway: gateway, Revision: tried.Revision})
	if err != nil {
		tried.Missing = noExplanation + err.Error()
		return
	}
	made, err := exchange.Make(x, document)
	if err != nil {
		tried.Missing = noExplanation + err.Error()
		return
	}
	explained := explain.Of(document, made)
	tried.Expected = &explained
	tried.Differences = differences(r.Method, &explained, &tried.Reply)
}

// exchangeOf is the exchange that was seen, before the filter saw the reply: the error is in the line, the headers of the request were
// sent, and a reply that the filter left is as it came.
func exchangeOf(r *tryrequest.Request, tried *Tried) (exchange.Exchange, error) {
	text, err := json.Marshal(tried.Line)
	if err != nil {
		return exchange.Exchange{}, err
	}
	line, err := accesslog.NewParser(accesslog.DefaultFields()).Parse(text)
	if err != nil {
		return exchange.Exchange{}, err
	}
	x := line.Exchange()
	x.Request.Method, x.Request.Path = r.Method, r.Path
	for _, h := range r.Headers {
		if name := chars.Lower(h.Name); name != facts.RequestIDHeader {
			x.Request.Headers = append(x.Request.Headers, facts.Header{Name: name, Value: h.Value})
		}
	}
	if tried.Line.Type == nil {
		body := tried.Reply.Body + tried.Reply.BodyBase64
		x.Error.Headers, x.Error.Body = tried.Reply.Headers, &body
	}
	return x, nil
}

// differences are where a reply is another one than expected: in its status, in its body, and in the headers that the document decides.
func differences(method string, expected *explain.Explanation, seen *SeenReply) []Difference {
	var all []Difference
	if expected.Reply.Status != seen.Status {
		all = append(all, Difference{"status", strconv.Itoa(expected.Reply.Status), strconv.Itoa(seen.Status)})
	}
	if !expected.Reply.Replaced {
		return all
	}
	for _, h := range expected.Headers {
		var values []string
		for _, line := range slices.Concat(seen.Headers, seen.Trailers) {
			if line.Name == h.Name {
				values = append(values, line.Value)
			}
		}
		decided := h.Action == "set" && !slices.Equal(h.Values, values) || h.Action == "removed" && len(values) > 0
		if !decided || h.Name == "content-length" {
			continue
		}
		d := Difference{What: h.Name, Seen: strings.Join(values, ", ")}
		if h.Action == "set" {
			d.Expected = strings.Join(h.Values, ", ")
		}
		all = append(all, d)
	}
	if body := seen.Body + seen.BodyBase64; method != http.MethodHead && !seen.Cut && expected.Reply.Body != body {
		all = append(all, Difference{"body", expected.Reply.Body, body})
	}
	return all
}
