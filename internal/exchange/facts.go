// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"cmp"
	"slices"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/grpcreply"
)

// Document is the document that an exchange is about, and what it was compiled to.
type Document struct {
	Config  *config.Document
	Program *engine.Program
}

// Made are the facts of one exchange.
type Made struct {
	// Facts are complete, the reply's body included.
	Facts facts.Facts
	// Error is the error that the facts hold: what was written, and what was assumed.
	Error Error
	// Assumed names what of the error was not written, "details", "status", "flags", "owner", "headers", "body" and, where a rule
	// or a producer asks for it, "request header NAME" and "metadata", in this order. That an error has no body is assumed as well.
	Assumed []string
}

// Make makes the facts of an exchange. The error says what is missing or contradicts itself, for whoever wrote it.
func Make(x Exchange, document Document) (Made, error) {
	if x.Error.Type != "" {
		return ofType(x, document)
	}
	completed, err := complete(x.Error, x.Request.url())
	if err != nil {
		return Made{}, err
	}
	return x.made(completed), nil
}

// complete adds to an error what Envoy gives to its details.
func complete(e Error, url string) (Error, error) {
	if e.Upstream {
		e.Details = cmp.Or(e.Details, viaUpstream)
	}
	for i := range typical {
		if known := &typical[i]; e.Details != "" && known.details == e.Details && (e.Status == 0 || e.Status == known.status) {
			return e.over(known.error(url)), nil
		}
	}
	return e, e.checkStatus()
}

// viaUpstream are the details of the upstream's replies.
const viaUpstream = "via_upstream"

// over is the error, with what is not written taken from another one.
func (e Error) over(base Error) Error {
	e.Details = cmp.Or(e.Details, base.Details)
	e.Status = cmp.Or(e.Status, base.Status)
	e.Flags = cmp.Or(e.Flags, base.Flags)
	e.Owner = cmp.Or(e.Owner, base.Owner)
	e.Upstream = e.Upstream || base.Upstream
	if e.Body == nil {
		e.Body = base.Body
	}
	for _, line := range base.Headers {
		if _, written := e.Headers.First(line.Name); !written {
			e.Headers = append(slices.Clip(e.Headers), line)
		}
	}
	return e
}

// made is the exchange with an error that is complete.
func (x Exchange) made(e Error) Made {
	e.Type = ""
	return Made{Facts: x.facts(e), Error: e, Assumed: assumed(x.Error, e)}
}

// assumed names what of an error was not written.
func assumed(written, whole Error) []string {
	var names []string
	for _, field := range []struct {
		name    string
		assumed bool
	}{
		{"details", written.Details != whole.Details},
		{"status", written.Status != whole.Status},
		{"flags", written.Flags != whole.Flags},
		{"owner", written.Owner != whole.Owner},
		{"headers", len(written.Headers) != len(whole.Headers)},
		{"body", written.Body == nil},
	} {
		if field.assumed {
			names = append(names, field.name)
		}
	}
	return names
}

// facts are those of the exchange with an error that is complete. Where Envoy found no route it knows of none.
func (x Exchange) facts(e Error) facts.Facts {
	f := facts.Facts{
		Request: x.Request.facts(),
		Reply: facts.Reply{
			Status: e.Status, Details: e.Details, Flags: e.Flags, Owner: e.Owner,
			Headers: append(facts.Headers{{Name: ":status", Value: strconv.Itoa(e.Status)}}, e.Headers...),
		},
		Attributes: x.Envoy.Attributes,
	}
	if classify.HasRoute(e.Details) {
		f.Route = facts.Route{
			Name: x.Envoy.RouteName, VirtualHost: x.Envoy.VirtualHost, Cluster: x.Envoy.Cluster, Upstream: x.Envoy.Upstream,
			DocumentRoute: x.Envoy.DocumentRoute, Document: x.Envoy.RouteDocument,
		}
	}
	if e.Body != nil && *e.Body != "" {
		f.Reply.Body, f.Reply.HasBody = []byte(*e.Body), true
	}
	if _, typed := e.Headers.First("content-type"); f.Reply.HasBody && !typed && !e.Upstream {
		f.Reply.Headers = append(f.Reply.Headers, facts.Header{Name: "content-type", Value: "text/plain"})
	}
	if contentType, _ := f.Request.Headers.First("content-type"); grpcreply.IsRequest(contentType) && !e.Upstream {
		asTrailersOnly(&f.Reply)
	}
	return f
}

// facts are those of the request, with defaults for what is empty.
func (r Request) facts() facts.Request {
	headers := facts.Headers{
		{Name: ":method", Value: cmp.Or(r.Method, DefaultMethod)},
		{Name: ":path", Value: cmp.Or(r.Path, DefaultPath)},
		{Name: ":authority", Value: cmp.Or(r.Host, DefaultHost)},
		{Name: ":scheme", Value: cmp.Or(r.Scheme, DefaultScheme)},
	}
	headers = append(headers, r.Headers...)
	if _, found := headers.First(facts.RequestIDHeader); !found {
		headers = append(headers, facts.Header{Name: facts.RequestIDHeader, Value: DefaultRequestID})
	}
	made := facts.Request{Headers: headers, Protocol: cmp.Or(r.Protocol, DefaultProtocol), Source: r.Source}
	if !r.Time.IsZero() {
		made.Time = r.Time.UnixNano()
	}
	return made
}

// url is the URL of the request as challenges name it.
func (r Request) url() string {
	return cmp.Or(r.Scheme, DefaultScheme) + "://" + cmp.Or(r.Host, DefaultHost) + cmp.Or(r.Path, DefaultPath)
}
