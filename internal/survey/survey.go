// SPDX-License-Identifier: Apache-2.0

// Package survey lists what clients can see of a document: the reply to a typical error of every type, on every route, in every
// media type that the entry has.
package survey

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
)

// Survey is what clients can see of a document.
type Survey struct {
	// Views are the replies: without a route first, then route by route; within these in the order of exchange.Types, and then in
	// that of the media types.
	Views []View
	// Unraised are the types that no error is taken for.
	Unraised []Unraised
}

// View is what a client sees of one error.
type View struct {
	Key
	// Facts are those of the exchange.
	Facts facts.Facts
	Reply preview.Reply
	// SameAsDocument reports that a client outside of all routes sees the same reply, status, headers and body.
	SameAsDocument bool
}

// Key tells views apart.
type Key struct {
	// Route is the name of a route of the document, "" for requests that belong to none.
	Route string
	Type  config.ResponseType
	// Media is what the client accepts: a media type, as the document writes it but without parameters, or "" where there is no choice.
	Media string
}

// Unraised is a type that nothing raises.
type Unraised struct {
	// Route is "" where no request raises it outside of routes.
	Route string
	Type  config.ResponseType
	// Why says why, for people.
	Why error
}

// Of surveys a document.
func Of(document exchange.Document) Survey {
	survey, _ := Within(document, math.MaxInt)
	return survey
}

// Within surveys a document whose replies have at most some bytes together, each counting as its body and ReplySize. Of one that has
// more it reports false.
func Within(document exchange.Document, most int) (Survey, bool) {
	s := &surveyor{document: document, choices: ChoicesOf(document), seen: map[Key]*preview.Reply{}, left: most}
	s.route("", exchange.Exchange{})
	for i := range document.Config.Routes {
		route := &document.Config.Routes[i]
		s.route(route.Name.Value, exchange.To(route))
	}
	return s.survey, s.left >= 0
}

// ReplySize is what a reply takes beside its body, in bytes, about.
const ReplySize = 512

// surveyor makes a survey.
type surveyor struct {
	document exchange.Document
	choices  *Choices
	survey   Survey
	// seen are the replies outside of routes.
	seen map[Key]*preview.Reply
	// left is how many bytes further replies may have; below 0 none are made.
	left int
}

// route looks at all types, for requests like one.
func (s *surveyor) route(name string, x exchange.Exchange) {
	for _, t := range exchange.Types(s.document.Config) {
		x.Error = exchange.Error{Type: t}
		made, err := exchange.Make(x, s.document)
		if err != nil {
			s.survey.Unraised = append(s.survey.Unraised, Unraised{name, t, err})
			continue
		}
		for _, media := range s.choices.Of(made.Facts) {
			if s.left < 0 {
				return
			}
			s.view(Key{name, t, media}, Accepting(made.Facts, media))
		}
	}
}

// GRPC is the media type of a client of gRPC. It sends it rather than accepting it.
const GRPC = "application/grpc"

// Choices are the media types that clients may choose from, by the entry that answers them.
type Choices struct {
	document exchange.Document
	byEntry  map[string][]string
}

// ChoicesOf finds the choices that a document gives.
func ChoicesOf(document exchange.Document) *Choices {
	c := &Choices{document: document, byEntry: map[string][]string{}}
	c.add("", document.Config.GatewayResponses)
	for i := range document.Config.Routes {
		route := &document.Config.Routes[i]
		c.add(route.Name.Value+"/", route.GatewayResponses)
	}
	return c
}

// add adds entries. prefix is what traces put before the type of an entry.
func (c *Choices) add(prefix string, entries []config.GatewayResponse) {
	for i := range entries {
		if len(entries[i].Templates) < 2 {
			continue
		}
		var media []string
		for _, template := range entries[i].Templates {
			media = append(media, chars.MediaType(template.Key.Value))
		}
		slices.Sort(media)
		c.byEntry[prefix+string(entries[i].Type)] = slices.Compact(media)
	}
}

// Of are the media types that the client of an exchange may choose from, in order, and GRPC where the document says something to
// clients of gRPC. The first is "" where there is no choice.
func (c *Choices) Of(f facts.Facts) []string {
	media := []string{""}
	if choices := c.byEntry[c.document.Program.Decide(&f).Trace.Entry]; choices != nil {
		media = choices
	}
	if c.document.Config.GRPC != nil {
		media = append(slices.Clip(media), GRPC)
	}
	return media
}

// Accepting is an exchange whose client accepts one media type, or does not say when it is "".
func Accepting(f facts.Facts, media string) facts.Facts {
	switch media {
	case "":
		return f
	case GRPC:
		return exchange.AsGRPC(f)
	}
	headers := slices.DeleteFunc(slices.Clone(f.Request.Headers), func(line facts.Header) bool { return line.Name == "accept" })
	headers = append(headers, facts.Header{Name: "accept", Value: media})
	f.Request.Headers = headers
	return f
}

// view looks at one reply.
func (s *surveyor) view(key Key, f facts.Facts) {
	v := View{Key: key, Facts: f, Reply: preview.Of(s.document.Program, f)}
	s.left -= len(v.Reply.Body) + ReplySize
	outside := Key{"", key.Type, key.Media}
	if key.Route == "" {
		s.seen[outside] = &v.Reply
	} else if known := s.seen[outside]; known != nil {
		v.SameAsDocument = Same(known, &v.Reply)
	}
	s.survey.Views = append(s.survey.Views, v)
}

// Same reports whether a client cannot tell two replies apart. The order of headers with different names means nothing.
func Same(a, b *preview.Reply) bool {
	return a.Status == b.Status && string(a.Body) == string(b.Body) && slices.Equal(SortedHeaders(a), SortedHeaders(b))
}

// SortedHeaders are the headers of a reply in the order of their names; lines with one name stay in theirs.
func SortedHeaders(r *preview.Reply) facts.Headers {
	headers := slices.Clone(r.Headers)
	slices.SortStableFunc(headers, func(x, y facts.Header) int { return cmp.Compare(x.Name, y.Name) })
	return headers
}

// MediaType is the media type of a reply's body, without parameters; "" for a reply without a body.
func MediaType(r *preview.Reply) string {
	if len(r.Body) == 0 {
		return ""
	}
	value, _ := r.Headers.First("content-type")
	return strings.ToLower(chars.MediaType(value))
}
