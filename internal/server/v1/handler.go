// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/server/request"
)

// Options are what a Server works with.
type Options struct {
	// Control carries out the operations.
	Control *control.Control
	// Authenticate says who sent a request with this body. Its errors are apigateway.Error.
	Authenticate func(*http.Request, []byte) (control.Caller, error)
	// Admit refuses a caller who is too fast by an apigateway.Error; nil admits everybody.
	Admit func(*http.Request, control.Caller) error
	// AdmitTry refuses a caller who sends requests through Envoys too fast; nil admits everybody.
	AdmitTry func(control.Caller) error
}

// Server answers requests below /v1. It is safe for concurrent use.
type Server struct {
	options   Options
	paths     *node
	documents documents
	// description gives that of the API, which is made when somebody asks.
	description func() ([]byte, error)
}

// New makes a Server.
func New(options Options) *Server {
	return &Server{options: options, paths: newRouter(table()), description: sync.OnceValues(Description)}
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	info := request.From(r.Context())
	r = r.WithContext(request.With(r.Context(), info))
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Request-Id", info.ID)
	err := s.serve(w, r, info)
	if err == nil {
		return
	}
	p, isOurs := problemOf(err)
	if isOurs {
		info.Err = err
	}
	header.Set("Content-Type", "application/problem+json")
	if after := retryAfter(err); after != "" {
		header.Set("Retry-After", after)
	}
	if p.status == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.status)
	_ = writeJSON(w, p.shown(info.ID)) // a client that is gone needs no answer
}

// serve answers a request, or says what is wrong with it.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, info *request.Info) error {
	found, parameters := s.paths.find(r.URL.EscapedPath())
	if found == nil {
		return &problem{kind: "no-such-path", status: http.StatusNotFound, detail: "there is no such path; /v1/openapi.json describes all"}
	}
	o := found.byMethod[r.Method]
	if o == nil {
		methods := strings.Join(found.methods(), ", ")
		w.Header().Set("Allow", methods)
		return &problem{kind: "no-such-method", status: http.StatusMethodNotAllowed, detail: "the path does not take " + quote.Text(r.Method) + "; use " + methods}
	}
	info.Operation = o.id
	body, err := readBody(w, r)
	if err != nil {
		return err
	}
	by, err := s.caller(o, r, body, info)
	if err != nil {
		return err
	}
	in, err := o.input(r, parameters, body)
	if err != nil {
		return err
	}
	out, err := s.carryOut(r.Context(), o, by, in, len(body))
	if err != nil {
		return err
	}
	return o.write(w, out)
}

// carryOut carries an operation out, one that takes much memory when there is room. Nobody waits for a client that is slow to read.
func (s *Server) carryOut(ctx context.Context, o *operation, by control.Caller, in any, body int) (any, error) {
	if o.texts {
		done, err := s.options.Control.Reading(ctx, max(body, o.room))
		if err != nil {
			return nil, err
		}
		defer done()
	}
	if tried, ok := in.(interface{ isDryRun() bool }); ok && tried.isDryRun() {
		return s.dryRun(ctx, o, by, in)
	}
	return o.run(ctx, s, by, in)
}

// caller is who sent a request, if the role is enough for the operation. What it is for is asked where the operation is carried out.
func (s *Server) caller(o *operation, r *http.Request, body []byte, info *request.Info) (control.Caller, error) {
	if o.needs == anybody {
		return control.Caller{}, nil
	}
	by, err := s.options.Authenticate(r, body)
	if err != nil {
		return by, unauthenticated(err)
	}
	by = info.By(by)
	if by.IfMatch = ""; r.Method != http.MethodGet {
		by.IfMatch = r.Header.Get("If-Match")
	}
	if s.options.Admit != nil {
		if err := s.options.Admit(r, by); err != nil {
			return by, err
		}
	}
	if !by.Rights.May(o.needs) {
		return by, apigateway.Denied("%s takes the role %s; yours is %s", o.id, o.needs, by.Rights.Role)
	}
	return by, nil
}

// raw is an answer that is not JSON of ours.
type raw struct{ text []byte }

// versioned is a raw answer that has an ETag.
type versioned struct {
	raw
	ETag string `etag:""`
}

// stream is an answer that is written bit by bit.
type stream struct {
	write func(w io.Writer, flush func() error) error
}

// write writes a good answer.
func (o *operation) write(w http.ResponseWriter, out any) error {
	header := w.Header()
	switch out := out.(type) {
	case nothing:
		w.WriteHeader(o.status)
		return nil
	case raw:
		return o.writeText(w, out.text)
	case versioned:
		setETag(header, out)
		return o.writeText(w, out.text)
	case DryRun:
		header.Set("Content-Type", mediaJSON)
		_ = writeJSON(w, out) // a client that is gone needs no answer
		return nil
	case stream:
		header.Set("Content-Type", o.media)
		w.WriteHeader(o.status)
		if out.write(w, http.NewResponseController(w).Flush) != nil {
			panic(http.ErrAbortHandler) // the status is out; only a broken connection says that the rest is missing
		}
		return nil
	}
	text, err := json.Marshal(out, asJSON)
	if err != nil {
		return err
	}
	header.Set("Content-Type", mediaJSON)
	setETag(header, out)
	w.WriteHeader(o.status)
	_, _ = w.Write(append(text, '\n')) // a client that is gone needs no answer
	return nil
}

// writeText writes an answer that is no JSON of ours.
func (o *operation) writeText(w http.ResponseWriter, text []byte) error {
	w.Header().Set("Content-Type", o.media)
	w.WriteHeader(o.status)
	_, _ = w.Write(text) // a client that is gone needs no answer
	return nil
}

// asJSON is how answers are written: lists and maps that are nil are empty, omitempty means what it does in
// encoding/json, and what is no UTF-8 becomes U+FFFD: bodies of replies are shown as text.
var asJSON = json.JoinOptions(jsonv1.OmitEmptyWithLegacySemantics(true), json.Deterministic(true), jsontext.AllowInvalidUTF8(true))

// writeJSON writes a value and a line end.
func writeJSON(w io.Writer, value any) error {
	text, err := json.Marshal(value, asJSON)
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	return err
}

// setETag sets the header of an answer that has an ETag.
func setETag(header http.Header, out any) {
	if etag := etagOf(out); etag != "" {
		header.Set("ETag", etag)
	}
}

// etagOf is the ETag of an answer, "" for none.
func etagOf(out any) string {
	at := etagField(reflect.TypeOf(out))
	if at == nil {
		return ""
	}
	return reflect.ValueOf(out).FieldByIndex(at).String()
}

// etagField is where a type has the field with the tag etag, nil for nowhere.
func etagField(t reflect.Type) []int {
	if t.Kind() != reflect.Struct {
		return nil
	}
	for _, f := range reflect.VisibleFields(t) {
		if _, ok := f.Tag.Lookup("etag"); ok {
			return f.Index
		}
	}
	return nil
}
