// SPDX-License-Identifier: Apache-2.0

package survey

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
)

// Question is what a Matrix is to show.
type Question struct {
	// Routes are the names of the routes to look at, "" for requests that belong to none; nil is all of them, and none.
	Routes []string
	// Types are the types to look at; nil is all that the document has.
	Types []config.ResponseType
	// Request is what the client sends, as far as it is not empty, in the place of a request that the route takes. One that says what it
	// accepts, or is of gRPC, makes the matrix have one column.
	Request exchange.Request
	// Resource is a path template below the path prefix of each route, which requests are for; "" for one of the route's.
	Resource string
	// Before is what the document is compared with; nil for nothing.
	Before *exchange.Document
	// Most is how many bytes the replies may have together, each counting as its body and ReplySize.
	Most int
}

// Any is the column of clients that accept any media type, as curl does.
const Any = "*/*"

// Matrix is who sees what of a document: rows of types and routes, columns of media types.
type Matrix struct {
	// Media are the columns: Any, the media types that clients may choose from, and GRPC. "" is the only one where the client says
	// what it accepts.
	Media []string
	// Rows are in the order of the types, then in that of the routes.
	Rows []Row
}

// Row is what clients see of a type on routes where they see the same, but for the addresses of their own requests in headers.
type Row struct {
	Type   config.ResponseType
	Routes []string
	// Cells are the different replies, by their first columns. There are none where nothing is ever taken for the type.
	Cells []Cell
	// Why is why no error is taken for the type; nil if one is. With Cells one was before.
	Why error
}

// Cell is a reply, with the columns that have it.
type Cell struct {
	Media []string
	// Facts are those of the exchange on the first of the routes.
	Facts facts.Facts
	Reply preview.Reply
	// Before is the reply to the same error before, nil if a client cannot tell the two apart.
	Before *preview.Reply
}

// MatrixOf answers a question about a document. It reports false when the replies have more bytes than the question allows.
func MatrixOf(document exchange.Document, q Question) (Matrix, bool) {
	m := &matrixMaker{document: document, question: q, left: q.Most, choices: []*Choices{ChoicesOf(document)}}
	if q.Before != nil {
		m.choices = append(m.choices, ChoicesOf(*q.Before))
	}
	m.meet()
	m.columns()
	made := Matrix{Media: m.media}
	for len(m.met) > 0 {
		of := m.met[0].key.Type
		end := 1 + slices.IndexFunc(m.met[1:], func(e met) bool { return e.key.Type != of })
		if end == 0 {
			end = len(m.met)
		}
		made.Rows = append(made.Rows, m.rows(m.met[:end])...)
		m.met = m.met[end:]
		if m.left < 0 {
			return Matrix{}, false
		}
	}
	return made, true
}

// matrixMaker makes a matrix.
type matrixMaker struct {
	document exchange.Document
	question Question
	// choices are those of the document, and of the one before.
	choices []*Choices
	met     []met
	media   []string
	// left is how many bytes further replies may have; below 0 none are made.
	left int
}

// met is an error of a type on a route.
type met struct {
	key Key
	// isRaised reports whether there is one, facts are those of its exchange.
	isRaised bool
	facts    facts.Facts
	why      error
}

// meet finds the errors, type by type.
func (m *matrixMaker) meet() {
	types := m.question.Types
	if types == nil {
		types = exchange.Types(m.document.Config)
	}
	routes := m.routes()
	for _, t := range types {
		for _, r := range routes {
			x := r.exchange
			x.Error = exchange.Error{Type: t}
			e := met{key: Key{Route: r.name, Type: t}}
			made, err := exchange.Make(x, m.document)
			if e.why = err; err != nil && m.question.Before != nil {
				made, err = exchange.Make(x, *m.question.Before)
			}
			e.isRaised, e.facts = err == nil, made.Facts
			m.met = append(m.met, e)
		}
	}
}

// like is a route, and a request that it takes.
type like struct {
	name     string
	exchange exchange.Exchange
}

// routes are the routes that the question is about, in the order of the document.
func (m *matrixMaker) routes() []like {
	isAsked := func(name string) bool { return m.question.Routes == nil || slices.Contains(m.question.Routes, name) }
	var all []like
	if isAsked("") {
		all = append(all, like{exchange: m.question.over(exchange.Exchange{})})
	}
	for i := range m.document.Config.Routes {
		route := m.document.Config.Routes[i]
		if !isAsked(route.Name.Value) {
			continue
		}
		if m.question.Resource != "" {
			route.Resources = []config.Text{{Value: m.question.Resource}}
		}
		all = append(all, like{route.Name.Value, m.question.over(exchange.To(&route))})
	}
	return all
}

// over puts what the client sends over an exchange.
func (q *Question) over(x exchange.Exchange) exchange.Exchange {
	r := q.Request
	for _, field := range []struct{ to, from *string }{
		{&x.Request.Method, &r.Method},
		{&x.Request.Path, &r.Path},
		{&x.Request.Host, &r.Host},
		{&x.Request.Scheme, &r.Scheme},
		{&x.Request.Protocol, &r.Protocol},
		{&x.Request.Source, &r.Source},
	} {
		if *field.from != "" {
			*field.to = *field.from
		}
	}
	x.Request.Headers, x.Request.Time = r.Headers, r.Time
	return x
}

// columns finds the media types from which clients may choose.
func (m *matrixMaker) columns() {
	_, accepts := m.question.Request.Headers.First("accept")
	sent, _ := m.question.Request.Headers.First("content-type")
	if accepts || strings.HasPrefix(sent, GRPC) {
		m.media = []string{""}
		return
	}
	seen := map[string]bool{}
	for _, e := range m.met {
		for _, choices := range m.choices {
			if !e.isRaised {
				break
			}
			for _, media := range choices.Of(e.facts) {
				seen[media] = true
			}
		}
	}
	m.media = []string{Any}
	isGRPC := seen[GRPC]
	delete(seen, "")
	delete(seen, GRPC)
	for media := range seen {
		m.media = append(m.media, media)
	}
	slices.Sort(m.media) // "*" is before all letters
	if isGRPC {
		m.media = append(m.media, GRPC)
	}
}

// rows are the rows of one type.
func (m *matrixMaker) rows(of []met) []Row {
	var all []Row
	known := map[string]int{}
	for _, e := range of {
		row := Row{Type: e.key.Type, Routes: []string{e.key.Route}, Why: e.why}
		seen := ""
		if e.isRaised {
			row.Cells, seen = m.cells(e)
		}
		if e.why != nil {
			seen += e.why.Error()
		}
		if at, ok := known[seen]; ok {
			all[at].Routes = append(all[at].Routes, e.key.Route)
			continue
		}
		known[seen] = len(all)
		all = append(all, row)
	}
	return all
}

// cells are the replies to an error in all columns. seen is the same for what clients cannot tell apart.
func (m *matrixMaker) cells(e met) (all []Cell, seen string) {
	known := map[string]int{}
	var whole strings.Builder
	for _, media := range m.media {
		if m.left < 0 {
			return nil, ""
		}
		f := Accepting(e.facts, media)
		cell := Cell{Media: []string{media}, Facts: f, Reply: preview.Of(m.document.Program, f)}
		m.left -= len(cell.Reply.Body) + ReplySize
		at := addressOf(&f.Request)
		digest := digestOf(&cell.Reply, at)
		if m.question.Before != nil {
			before := preview.Of(m.question.Before.Program, f)
			m.left -= len(before.Body) + ReplySize
			if !Same(&before, &cell.Reply) {
				cell.Before = &before
				digest += digestOf(&before, at)
			}
		}
		whole.WriteString(digest)
		if at, ok := known[digest]; ok {
			all[at].Media = append(all[at].Media, media)
			continue
		}
		known[digest] = len(all)
		all = append(all, cell)
	}
	return all, whole.String()
}

// addressOf is the address of a request, as challenges quote it.
func addressOf(r *facts.Request) string {
	scheme, _ := r.Headers.First(":scheme")
	host, _ := r.Headers.First(":authority")
	path, _ := r.Headers.First(":path")
	return scheme + "://" + host + path
}

// digestOf is the same for replies that a client cannot tell apart, but for the address of its own request.
func digestOf(r *preview.Reply, at string) string {
	sum := sha256.New()
	put := func(text string) {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(text)))
		sum.Write(size[:])
		sum.Write([]byte(text))
	}
	put(strconv.Itoa(r.Status))
	for _, line := range SortedHeaders(r) {
		put(line.Name)
		put(strings.ReplaceAll(line.Value, at, "address"))
	}
	put(string(r.Body))
	return string(sum.Sum(nil))
}
